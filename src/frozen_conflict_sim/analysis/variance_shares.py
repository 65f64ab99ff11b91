"""Three kinds of uncertainty apart: the structure of the model, its parameters, and chance; as shares of an outcome's variance.

Levers are taken for structure, points of the design for parameters, replicates for chance. What structure and parameters do
together belongs to structure, what either does together with chance belongs to chance: another structure makes something else of
the same random numbers, and one of longer turns is dealt other random numbers. Reference: @searle1992 on nested analysis of variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..engine.random_streams import COUNT_BITS
from ..experiment.errors import ResultsError
from ..experiment.spec import BASE
from ..files.problems import listed
from ..results import Results
from .intervals import JACKKNIFE_GROUPS, jackknife
from .sobol_indices import Estimate

if TYPE_CHECKING:
    import pandas as pd

    from ..politics.columns import Column


@dataclass(frozen=True)
class VarianceShares:
    """The shares of an outcome's variance, each with its 90 % interval; ``structures`` were compared at ``points``.

    ``structure`` is what differs between values of the levers at the same point, whatever the random numbers; ``levers`` says what
    each of them is owed by itself, averaged over the others. What levers do together is in the structure and in none of them.
    """

    outcome: str
    label: str
    structures: int
    points: int
    replicates: int
    structure: Estimate
    parameters: Estimate
    chance: Estimate
    levers: dict[str, Estimate]


def variance_shares(results: Results, outcomes: tuple[str, ...] = ()) -> tuple[VarianceShares, ...]:
    """The shares of each outcome of a study with levers, sampled points and at least two replicates, in its base."""
    experiment = results.experiment
    if not experiment.levers or experiment.replicates < 2:
        raise ResultsError("kinds of uncertainty are told apart by levers and at least two replicates; this study lacks them")
    wanted = outcomes or experiment.outcomes or results.names("outcome", key_outcomes=True)
    columns = [results.columns[name] for name in wanted]
    levers = results.names("lever")
    runs = results.table([*results.names("about"), *levers, *wanted])
    runs = runs[runs["status"] == "done"]
    if experiment.arms:
        runs = runs[runs["arm"] == BASE]
    draw = runs["stream"].to_numpy() >> COUNT_BITS
    structure = runs.groupby(levers, dropna=False).ngroup()
    kinds = runs[levers].assign(structure=structure).drop_duplicates("structure").set_index("structure")
    found = []
    for column in columns:
        table = runs.assign(draw=draw, structure=structure).pivot_table(
            index=["draw", "replicate"], columns="structure", values=column.name, aggfunc="first", dropna=False
        )
        shares = _shares(column, table, kinds.loc[table.columns])
        found += [shares] if shares else []
    if not found:
        raise ResultsError(f"{listed(wanted)} hardly vary in these runs, or are not defined in enough of them")
    return tuple(found)


def _shares(column: Column, table: pd.DataFrame, kinds: pd.DataFrame) -> VarianceShares | None:
    """Shares from a table with a row a draw and replicate, a column a structure; draws that lack a number are left out.

    ``kinds`` has the levers' values of each structure.
    """
    whole = table[table.notna().all(axis=1)]
    counts = whole.groupby("draw").size()
    replicates = int(table.groupby("draw").size().max())
    whole = whole[whole.index.get_level_values("draw").isin(counts[counts == replicates].index)]
    if len(whole) < JACKKNIFE_GROUPS * replicates or replicates < 2:
        return None
    cube = whole.to_numpy(float).reshape(-1, replicates, table.shape[1])
    if np.ptp(cube) == 0:
        return None

    def share(which: int):
        def of(rows):
            parts = _parts(cube[rows])
            return parts[which] / sum(parts)

        return jackknife(of, len(cube))

    def alone(values):
        return jackknife(lambda rows: _between(cube[rows], values) / sum(_parts(cube[rows])), len(cube))

    levers = {name: alone(kinds[name].to_numpy()) for name in kinds}
    return VarianceShares(
        column.name, column.label, table.shape[1], len(cube), replicates, share(0), share(1), share(2), levers
    )


def _between(cube: np.ndarray, values: np.ndarray) -> float:
    """The variance between the values of one lever, of the means over all structures that have each."""
    means = [cube[:, :, values == value].mean(axis=2) for value in dict.fromkeys(values)]
    return _apart(np.stack(means, axis=2))[0]


def _apart(cube: np.ndarray) -> tuple[float, float]:
    """The variance between structures at the same point: what is there whatever the random numbers, and what differs with it."""
    from_the_middle = cube - cube.mean(axis=2, keepdims=True)
    by_chance = float(np.mean(np.var(from_the_middle, axis=1, ddof=1)))
    at_points = float(np.mean(from_the_middle.mean(axis=1) ** 2))
    return max(at_points - by_chance / cube.shape[1], 0.0), by_chance


def _parts(cube: np.ndarray) -> tuple[float, float, float]:
    """The variance owed to structure, parameters and chance, from numbers ``(point, replicate, structure)``."""
    structure, by_chance = _apart(cube)
    middle = cube.mean(axis=2)
    chance = float(np.mean(np.var(middle, axis=1, ddof=1)))
    points = float(np.var(middle.mean(axis=1), ddof=1)) - chance / cube.shape[1]
    return structure, max(points, 0.0), chance + by_chance
