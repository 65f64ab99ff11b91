"""Variance shares: how much of an outcome's variance is due to the structure of the model, its parameters, and chance.

Levers count as structure, points of the design as parameters, replicates as chance. What structure or parameters do together
with chance is counted as chance; what structure and parameters do together, as structure.
Reference: @searle1992 on nested analysis of variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...experiment.errors import ResultsError
from ...experiment.spec import BASE
from ...experiment.study.streams import RunIdentity
from ...results import Results
from ..intervals import JACKKNIFE_GROUPS, jackknife
from .enough import Estimate, why_not

if TYPE_CHECKING:
    import pandas as pd

    from ...model.columns import Column


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


def variance_shares(results: Results, outcomes: tuple[str, ...] = ()) -> tuple[tuple[VarianceShares, ...], dict[str, str]]:
    """The shares of each outcome in the base of a study with levers, sampled points and at least two replicates.

    The second result says by outcome why it has none. Raises :class:`ResultsError` for other studies.
    """
    experiment = results.experiment
    if not experiment.levers or experiment.replicates < 2:
        raise ResultsError(
            "`sensitivity` needs an experiment with levers and at least two replicates, "
            "or a design of the kind saltelli (Sobol indices) or morris (elementary effects)"
        )
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
    found, without = [], {}
    for column in columns:
        table = runs.assign(draw=draw, structure=structure).pivot_table(
            index=["draw", "replicate"], columns="structure", values=column.name, aggfunc="first", dropna=False
        )
        cube, lacking = _cube(table)
        reason = why_not(column, cube.reshape(len(cube), -1), JACKKNIFE_GROUPS, "points", lacking)
        if reason:
            without[column.name] = reason
        else:
            found.append(_shares(column, cube, kinds.loc[table.columns]))
    return tuple(found), without


def _cube(table: pd.DataFrame) -> tuple[np.ndarray, int]:
    """The shape ``(point, replicate, structure)`` of a table with a row a draw and replicate, and a column a structure.

    Draws in which a run lacks the outcome are left out; the second result is their number.
    """
    whole = table[table.notna().all(axis=1)]
    counts = whole.groupby("draw").size()
    sizes = table.groupby("draw").size()
    replicates = int(sizes.max())
    whole = whole[whole.index.get_level_values("draw").isin(counts[counts == replicates].index)]
    cube = whole.to_numpy(float).reshape(-1, replicates, table.shape[1])
    return cube, len(sizes) - len(cube)


def _shares(column: Column, cube: np.ndarray, kinds: pd.DataFrame) -> VarianceShares:
    """The shares from numbers of the shape ``(point, replicate, structure)``.

    ``kinds`` has the values of the levers by structure.
    """

    def share(which: int):
        def of(rows):
            parts = _parts(cube[rows])
            return parts[which] / sum(parts)

        return jackknife(of, len(cube))

    def alone(values):
        return jackknife(lambda rows: _between(cube[rows], values) / sum(_parts(cube[rows])), len(cube))

    levers = {name: alone(kinds[name].to_numpy()) for name in kinds}
    points, replicates, structures = cube.shape
    return VarianceShares(column.name, column.label, structures, points, replicates, share(0), share(1), share(2), levers)


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
