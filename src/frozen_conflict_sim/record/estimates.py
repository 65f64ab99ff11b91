"""Estimates over runs with 90 % intervals: shares, means, medians, and functions of them.

The turns of a run are not independent, so intervals are cluster-robust: each run is a cluster. An estimate keeps the influence
of each run on it, so that the interval of a difference accounts for what both have in common, since runs of one number use the
same random numbers in every ensemble. Nothing is resampled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan, sqrt

import numpy as np

from ..analysis.intervals import LEVEL, Means, critical_value


@dataclass(frozen=True)
class Estimate:
    """An estimate from ``runs`` runs with a case, and its 90 % interval; NaN without cases.

    ``influence`` is that of each run on the value, shape ``(run,)``; None for a median. ``is_share`` marks a share of cases.
    """

    value: float
    low: float
    high: float
    runs: int
    influence: np.ndarray | None = None
    is_share: bool = False

    def __sub__(self, other: Estimate) -> Estimate:
        """The difference of two estimates."""
        return delta_method(self.value - other.value, (self, 1.0), (other, -1.0))

    def __truediv__(self, other: Estimate) -> Estimate:
        """The ratio of two estimates; :data:`NO_ESTIMATE` unless the denominator is positive."""
        if not other.value > 0.0:
            return NO_ESTIMATE
        ratio = self.value / other.value
        return delta_method(ratio, (self, 1.0 / other.value), (other, -ratio / other.value))

    def differs(self, other: Estimate, level: float = LEVEL) -> bool:
        """Whether the interval of the difference excludes zero, at 90 % unless said; for medians, whether two are disjoint."""
        if not (self.runs and other.runs):
            return bool(self.runs)
        if self.influence is None or other.influence is None:
            return self.high < other.low or self.low > other.high
        difference = self - other
        if not difference.runs > 1:
            return False
        wider = critical_value(difference.runs - 1, level) / critical_value(difference.runs - 1)
        return abs(difference.value) > (difference.high - difference.value) * wider


NO_ESTIMATE = Estimate(nan, nan, nan, 0, np.zeros(0))


def average(parts: list[Estimate]) -> Estimate:
    """The mean of several estimates with the same weight each."""
    return delta_method(sum(part.value for part in parts) / len(parts), *((part, 1.0 / len(parts)) for part in parts))


DRAWS = 2000


def widened(chosen: Estimate, among: list[Estimate]) -> Estimate:
    """An estimate that was chosen for its value, with an interval that holds for all that it was chosen among [@montiel2019].

    The reach is that of the band which covers all of them in 90 % of cases. It follows from their correlation: ten estimates
    that move as one are widened as little as one.

    >>> alone = mean(np.arange(100.0))
    >>> same, other = widened(alone, [alone, alone]), widened(alone, [alone, mean(np.arange(100.0) % 7)])
    >>> round((same.high - same.value) / (alone.high - alone.value), 1)
    1.0
    >>> round((other.high - other.value) / (alone.high - alone.value), 1)
    1.2
    """
    moving = [found.influence for found in among if found.influence is not None and found.influence.any()]
    if len(moving) < 2 or chosen.influence is None or not chosen.influence.any():
        return chosen
    table = np.zeros((len(moving), max(map(len, moving))))
    for row, influence in zip(table, moving):
        row[: len(influence)] = influence / np.sqrt(np.sum(influence**2))
    drawn = np.abs(table @ np.random.default_rng(0).standard_normal((table.shape[1], DRAWS))).max(axis=0)
    factor = max(1.0, float(np.quantile(drawn, LEVEL)) / critical_value(10**6))
    low, high = (chosen.value + factor * (end - chosen.value) for end in (chosen.low, chosen.high))
    return replace(chosen, low=low, high=high)


def delta_method(value: float, *parts: tuple[Estimate, float]) -> Estimate:
    """A function of several estimates by the delta method; each part comes with the derivative of ``value`` by it."""
    runs = min(part.runs for part, _ in parts)
    if not runs:
        return NO_ESTIMATE
    influence = np.zeros(max(len(part.influence) for part, _ in parts))
    for part, weight in parts:
        influence[: len(part.influence)] += weight * part.influence
    low, high = _around(value, influence, runs)
    # A share of exactly zero or one has no influences, but still an interval: add it.
    slack = sum(
        abs(weight) * max(part.high - part.value, part.value - part.low) for part, weight in parts if not part.influence.any()
    )
    return Estimate(value, low - slack, high + slack, runs, influence)


def _around(value: float, influence: np.ndarray, runs: int) -> tuple[float, float]:
    if runs < 2:
        return -np.inf, np.inf
    reach = critical_value(runs - 1) * sqrt(float(np.sum(influence**2)) * runs / (runs - 1))
    return value - reach, value + reach


def mean(values: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """The mean of ``values`` over the cases in the mask ``where``; shapes ``(run,)`` or ``(run, turn)``. NaN is no case.

    >>> found = mean(np.array([1.0, 2.0, 3.0]))
    >>> found.value, found.runs, round(found.low, 2)
    (2.0, 3, 0.31)
    """
    values = np.asarray(values, float)
    looked = np.isfinite(values) & (True if where is None else where)
    sums, cases = (np.where(looked, part, 0.0).sum(axis=tuple(range(1, values.ndim))) for part in (values, 1.0))
    runs, total = int(np.sum(cases > 0)), float(cases.sum())
    if not runs:
        return NO_ESTIMATE
    value = float(sums.sum()) / total
    influence = (sums - value * cases) / total
    return Estimate(value, *_around(value, influence, runs), runs, influence)


def share(happened: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """The share of cases in which something happened, as :func:`mean`, with Wilson's interval.

    >>> found = share(np.ones(20, bool))
    >>> found.value, round(found.low, 3), found.high
    (1.0, 0.881, 1.0)
    """
    found = mean(np.asarray(happened, float), where)
    if not found.runs:
        return replace(found, is_share=True)
    variance = float(np.sum(found.influence**2)) * found.runs / max(found.runs - 1, 1)
    cases = int(np.sum(np.isfinite(np.asarray(happened, float)) & (True if where is None else where)))
    as_means = Means(np.array([found.value]), np.array([[variance]]), found.runs, cases)
    low, high = as_means.interval_of_share() or (0.0, 1.0)
    return Estimate(found.value, low, high, found.runs, found.influence, is_share=True)


def median(values: np.ndarray) -> Estimate:
    """The median over runs with its order-statistic interval; infinite values rank above all others, NaN is left out.

    >>> found = median(np.arange(1.0, 100.0))
    >>> found.value, found.low, found.high
    (50.0, 41.0, 59.0)
    """
    ranked = np.sort(values[~np.isnan(values)])
    runs = len(ranked)
    if not runs:
        return NO_ESTIMATE
    reach = critical_value(10**6) * sqrt(runs) / 2
    low, high = (
        int(np.clip(rank, 0, runs - 1)) for rank in (np.floor((runs - 1) / 2 - reach), np.ceil((runs - 1) / 2 + reach))
    )
    return Estimate(
        float(np.quantile(ranked, 0.5, method="median_unbiased" if np.isfinite(ranked[-1]) else "lower")),
        float(ranked[low]),
        float(ranked[high]),
        runs,
    )
