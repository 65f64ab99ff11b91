"""Estimates over runs with 90 % intervals: shares, means, medians, and what is computed from them.

Turns of one run are not independent: a run counts as one draw, however many turns of it are looked at. Each estimate
remembers how much each run moves it, so that a difference of two knows what they have in common: run 7 uses the same random numbers in
every ensemble. Deterministic: nothing is resampled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan, sqrt

import numpy as np

from ..analysis.intervals import critical, share_interval


@dataclass(frozen=True)
class Estimate:
    """A number estimated from ``runs`` runs, NaN if there was nothing to look at, and its 90 % interval.

    ``of_cases`` says that it is a share of cases in which something happened, and not a number computed from several.
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
        """The ratio of two estimates; there is none to nothing."""
        if not other.value > 0.0:
            return NO_ESTIMATE
        ratio = self.value / other.value
        return delta_method(ratio, (self, 1.0 / other.value), (other, -ratio / other.value))

    def differs(self, other: Estimate) -> bool:
        """Whether two estimates are told apart: their difference by its interval, medians by their own."""
        if not (self.runs and other.runs):
            return bool(self.runs)
        if self.influence is None or other.influence is None:
            return self.high < other.low or self.low > other.high
        difference = self - other
        return difference.low > 0.0 or difference.high < 0.0


NO_ESTIMATE = Estimate(nan, nan, nan, 0, np.zeros(0))


def average(parts: list[Estimate]) -> Estimate:
    """The mean of several estimates, each counting the same."""
    return delta_method(sum(part.value for part in parts) / len(parts), *((part, 1.0 / len(parts)) for part in parts))


def delta_method(value: float, *parts: tuple[Estimate, float]) -> Estimate:
    """What follows from several estimates, each with the weight at which it moves the value."""
    runs = min(part.runs for part, _ in parts)
    if not runs:
        return NO_ESTIMATE
    influence = np.zeros(max(len(part.influence) for part, _ in parts))
    for part, weight in parts:
        influence[: len(part.influence)] += weight * part.influence
    low, high = _around(value, influence, runs)
    # An estimate at which no run pulls (something always happened) is still no certainty.
    slack = sum(
        abs(weight) * max(part.high - part.value, part.value - part.low) for part, weight in parts if not part.influence.any()
    )
    return Estimate(value, low - slack, high + slack, runs, influence)


def _around(value: float, influence: np.ndarray, runs: int) -> tuple[float, float]:
    if runs < 2:
        return -np.inf, np.inf
    reach = critical(runs - 1) * sqrt(float(np.sum(influence**2)) * runs / (runs - 1))
    return value - reach, value + reach


def mean(values: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """The mean of ``values`` over all cases ``where`` it is looked at; shapes ``(run,)`` or ``(run, turn)``. NaN is no case.

    >>> found = mean(np.array([1.0, 2.0, 3.0]))
    >>> found.value, found.runs, round(found.low, 2)
    (2.0, 3, 0.31)
    """
    values = np.asarray(values, float)
    looked = np.isfinite(values) & (True if where is None else where)
    sums, cases = (np.where(looked, part, 0.0).reshape(len(values), -1).sum(axis=1) for part in (values, 1.0))
    runs, total = int(np.sum(cases > 0)), float(cases.sum())
    if not runs:
        return NO_ESTIMATE
    value = float(sums.sum()) / total
    influence = (sums - value * cases) / total
    return Estimate(value, *_around(value, influence, runs), runs, influence)


def share(happened: np.ndarray, where: np.ndarray | None = None) -> Estimate:
    """The share of cases in which something happened, as :func:`mean`; an interval also where it always or never did.

    >>> found = share(np.ones(20, bool))
    >>> found.value, round(found.low, 3), found.high
    (1.0, 0.881, 1.0)
    """
    found = mean(np.asarray(happened, float), where)
    if not found.runs:
        return replace(found, is_share=True)
    low, high = max(found.low, 0.0), min(found.high, 1.0)
    if not np.any(found.influence):
        low, high = share_interval(round(found.value * found.runs), found.runs)
    return Estimate(found.value, low, high, found.runs, found.influence, is_share=True)


def median(values: np.ndarray) -> Estimate:
    """The median over runs, with the interval of its order statistics; infinite values count as larger than all others.

    >>> found = median(np.arange(1.0, 100.0))
    >>> found.value, found.low, found.high
    (50.0, 41.0, 59.0)
    """
    ranked = np.sort(values[~np.isnan(values)])
    runs = len(ranked)
    if not runs:
        return NO_ESTIMATE
    reach = critical(10**6) * sqrt(runs) / 2
    low, high = (
        int(np.clip(rank, 0, runs - 1)) for rank in (np.floor((runs - 1) / 2 - reach), np.ceil((runs - 1) / 2 + reach))
    )
    return Estimate(
        float(np.quantile(ranked, 0.5, method="median_unbiased" if np.isfinite(ranked[-1]) else "lower")),
        float(ranked[low]),
        float(ranked[high]),
        runs,
    )
