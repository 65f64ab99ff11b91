"""Variance shares: how much of an outcome's variance is due to the structure of the model, its parameters, and chance.

Levers count as structure, points of the design as parameters, replicates as chance. An interaction of structure and
parameters counts as structure, and one of either with chance as chance. Reference: @searle1992 on nested analysis of variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..experiment.errors import ResultsError
from ..experiment.spec import BASE
from ..experiment.study.streams import RunIdentity
from ..files.problems import listed
from ..results import Results
from .intervals import JACKKNIFE_GROUPS, jackknife
from .sobol_indices import Estimate

if TYPE_CHECKING:
    import pandas as pd

    from ..model.columns import Column


@dataclass(frozen=True)
class VarianceShares:
    """The shares of an outcome's variance, each with its 90 % interval, over ``structures`` compared at ``points``.

    ``structure`` is the variance between values of the levers at the same point, whatever the random numbers. ``levers`` has
    the main effect of each lever; interactions of levers are in ``structure`` only.
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
    """The shares of each outcome in the base of a study with levers, sampled points and at least two replicates.

    Raises :class:`ResultsError` for other studies, and if no outcome varies or is defined in enough runs.
    """
    experiment = results.experiment
    if not experiment.levers or experiment.replicates < 2:
        raise ResultsError("`sensitivity` needs an experiment with levers and at least two replicates")
    wanted = outcomes or experiment.outcomes or results.names("outcome", key_outcomes=True)
    columns = [results.columns[name] for name in wanted]
    levers = results.names("lever")
    runs = results.table([*results.names("about"), *levers, *wanted])
    runs = runs[runs["status"] == "done"]
    if experiment.arms:
        runs = runs[runs["arm"] == BASE]
    draw = RunIdentity.of_streams(runs["stream"].to_numpy()).draw
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
    """Shares from a table with a row a draw and replicate, and a column a structure; incomplete draws are left out.

    ``kinds`` has the values of the levers by structure.
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
    """The variance between the values of one lever, of means over all structures with that value."""
    means = [cube[:, :, values == value].mean(axis=2) for value in dict.fromkeys(values)]
    return _apart(np.stack(means, axis=2))[0]


def _apart(cube: np.ndarray) -> tuple[float, float]:
    """The variance between structures at the same point: the part independent of chance, and the part that varies with it."""
    from_the_middle = cube - cube.mean(axis=2, keepdims=True)
    by_chance = float(np.mean(np.var(from_the_middle, axis=1, ddof=1)))
    at_points = float(np.mean(from_the_middle.mean(axis=1) ** 2))
    return max(at_points - by_chance / cube.shape[1], 0.0), by_chance


def _parts(cube: np.ndarray) -> tuple[float, float, float]:
    """The variances due to structure, parameters and chance, from numbers of the shape ``(point, replicate, structure)``."""
    structure, by_chance = _apart(cube)
    middle = cube.mean(axis=2)
    chance = float(np.mean(np.var(middle, axis=1, ddof=1)))
    points = float(np.var(middle.mean(axis=1), ddof=1)) - chance / cube.shape[1]
    return structure, max(points, 0.0), chance + by_chance
