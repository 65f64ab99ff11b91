"""Sobol indices: the share of an outcome's variance due to each source, alone and with its interactions.

Chance (the random numbers) is a source like the others. All points of a pair use the same random numbers, so within a replicate
a first-order index would contain the interaction of its source with chance; it is estimated between replicates instead.
Reference: @saltelli2010; total indices after @jansen1999.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from ...experiment.errors import ResultsError
from ...experiment.spec import BASE
from ...experiment.study.resolved_factors import ResolvedFactors
from ...results import Results
from ..intervals import JACKKNIFE_GROUPS, jackknife
from .enough import Estimate, why_not

if TYPE_CHECKING:
    from ...model.columns import Column

CHANCE = "chance"
FEWEST_PAIRS = 2 * JACKKNIFE_GROUPS
ONE_STREAM = "First-order indices need at least two replicates, since all points of a pair use the same random numbers."


@dataclass(frozen=True)
class SobolIndex:
    """The first-order and the total index of one source for one outcome, each with its 90 % interval.

    ``first`` is the share of the variance due to the source alone, ``total`` that with all its interactions, those with chance
    included. A single replicate gives only the total indices of sources, and the first-order index of chance. ``pairs`` of
    points were used; ``left_out`` lack the outcome in one of their runs.
    """

    outcome: str
    label: str
    source: str
    first: Estimate | None
    total: Estimate | None
    pairs: int
    left_out: int


def sobol_indices(results: Results, outcomes: tuple[str, ...] = ()) -> tuple[tuple[SobolIndex, ...], dict[str, str]]:
    """The indices of each outcome, strongest source first and chance last, in the base of the study.

    The variance is that within combinations of levers. The second result says by outcome why it has no indices. Raises
    :class:`ResultsError` for another design.
    """
    experiment = results.experiment
    if experiment.design.kind != "saltelli":
        raise ResultsError("Sobol indices need a design of the kind saltelli: design: {kind: saltelli, points: 256}")
    sources = list(ResolvedFactors(experiment).spec.exchanged())
    steps = 2 + len(sources) * (2 if experiment.design.options.get("second_order") else 1)
    wanted = outcomes or experiment.outcomes or results.names("outcome", key_outcomes=True)
    found: list[SobolIndex] = []
    without = {}
    for column, points in _by_pair(results, [results.columns[name] for name in wanted], steps):
        used = points.of(~np.isnan(points.values).any(axis=(1, 2)))
        lacking, replicates = len(points.values) - len(used.values), points.values.shape[2]
        # The variance is that of the first and the last step, so these must not all be alike.
        ends = (*range(replicates), *range(-replicates, 0))
        flat = used.values.reshape(len(used.values), -1)
        reason = why_not(column, flat, FEWEST_PAIRS, "pairs of points", lacking, bearing=ends)
        if reason:
            without[column.name] = reason
        else:
            found += _indices(column, sources, used.within_combinations(), lacking)
    return tuple(found), without


@dataclass(frozen=True)
class PairedPoints:
    """One outcome at the pairs of points, shape ``(row, step, replicate)``; NaN where it is not defined or a run failed.

    The first step is A, the last B; between them is A with one source from B (and, for second order, B with one from A). Each
    row has the number of its ``pair``, and of its ``combination`` of levers.
    """

    values: np.ndarray
    pair: np.ndarray
    combination: np.ndarray

    def of(self, rows: np.ndarray) -> PairedPoints:
        """The rows of a mask."""
        return PairedPoints(self.values[rows], self.pair[rows], self.combination[rows])

    def within_combinations(self) -> PairedPoints:
        """The deviations from the mean of each combination of levers, over A and B."""
        values = self.values.copy()
        for combination in np.unique(self.combination):
            rows = self.combination == combination
            values[rows] -= values[rows][:, [0, -1]].mean()
        return PairedPoints(values, self.pair, self.combination)

    def estimate(self, statistic: Callable[[np.ndarray], float]) -> Estimate:
        """A statistic of ``values`` as a share of the variance, and its 90 % interval, leaving out pairs."""
        numbers, member = np.unique(self.pair, return_inverse=True)

        def share(kept: np.ndarray) -> float:
            values = self.values[kept[member]]
            return statistic(values) / float(np.var(values[:, [0, -1]]))

        return jackknife(share, len(numbers))


def _by_pair(results: Results, columns: list[Column], steps: int) -> Iterator[tuple[Column, PairedPoints]]:
    experiment = results.experiment
    runs = results.table([*results.names("about"), *(column.name for column in columns)])
    replicates = experiment.until.start if experiment.until else experiment.replicates
    kept = (runs["replicate"] < replicates) & ((runs["arm"] == BASE) if experiment.arms else True)
    runs = runs[kept]
    combinations = prod(len(values) for values in ResolvedFactors(experiment).crossed.values())
    row, combination = np.divmod(runs["point"].to_numpy(), combinations)
    pair, step = np.divmod(row, steps)
    rows, at = np.unique(np.stack([pair, combination]), axis=1, return_inverse=True)
    for column in columns:
        values = runs[column.name].to_numpy(float, na_value=np.nan)
        table = np.full((rows.shape[1], steps, replicates), np.nan)
        table[np.ravel(at), step, runs["replicate"].to_numpy()] = np.where(runs["status"] == "done", values, np.nan)
        yield column, PairedPoints(table, *rows)


def _indices(column: Column, sources: list[str], points: PairedPoints, lacking: int) -> list[SobolIndex]:
    about, counted = (column.name, column.label), (len(points.values), lacking)
    several = points.values.shape[2] > 1
    found = []
    for step, source in enumerate(sources, 1):
        first = points.estimate(partial(_alone, step)) if several else None
        found.append(SobolIndex(*about, source, first, points.estimate(partial(_with_interactions, step)), *counted))
    found.sort(key=lambda index: -index.total[0])
    chance = points.estimate(_chance_alone), points.estimate(_chance_with_interactions) if several else None
    return [*found, SobolIndex(*about, CHANCE, *chance, *counted)]


def _alone(step: int, values: np.ndarray) -> float:
    """The covariance of runs that share one source and nothing else: B, and A with the source from B in another replicate.

    The covariance of B and A, which share nothing, is subtracted: it is zero on average, and so reduces the error.
    """
    base, exchanged, other = values[:, 0], values[:, step], values[:, -1] - values[:, [0, -1]].mean()
    replicates = base.shape[1]
    products = other.sum(axis=1) * (exchanged - base).sum(axis=1) - (other * (exchanged - base)).sum(axis=1)
    return float(np.mean(products)) / (replicates * (replicates - 1))


def _with_interactions(step: int, values: np.ndarray) -> float:
    """Half the mean square of the change when one source is exchanged and all else stays the same, the random numbers too."""
    return float(np.mean((values[:, step] - values[:, 0]) ** 2)) / 2


def _chance_alone(values: np.ndarray) -> float:
    """The covariance of runs that share their random numbers and nothing else."""
    base, other = values[:, 0], values[:, -1]
    middle = (base.mean() + other.mean()) / 2
    return float(np.mean((base - middle) * (other - middle)))


def _chance_with_interactions(values: np.ndarray) -> float:
    """The mean variance over replicates of one point."""
    return float(np.mean(np.var(values[:, [0, -1]], axis=2, ddof=1)))
