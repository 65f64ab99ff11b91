"""Which sets of values come near what was observed: approximate Bayesian computation over runs that are stored already.

Many statistics say little each, so they are first summed up by what they predict of the values. Sets are kept by rejection,
and what is kept is then corrected by a local regression on what it still misses.
Reference: @beaumont2002 on the regression; @fearnhead2012 on the summary statistics.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..engine.numerics import exp, log

KEPT, LEAST_KEPT, KEPT_A_VALUE = 0.05, 50, 20
_EDGE, _RIDGE = 1e-6, 1e-2


@dataclass(frozen=True)
class Plausible:
    """Sets of values, a row a set, with their weights (their sum is one); ``kept`` are the rows they come from.

    ``reach`` is the largest distance that was kept, in typical deviations of the statistics: zero where all targets are met.
    """

    values: np.ndarray
    weights: np.ndarray
    kept: np.ndarray
    reach: float

    def draw(self, count: int) -> np.ndarray:
        """``count`` sets, each as often as its weight says, evenly spread: nothing is left to chance."""
        places = (np.arange(count) + 0.5) / count
        return self.values[np.searchsorted(np.cumsum(self.weights), places).clip(0, len(self.values) - 1)]

    def interval(self, level: float = 0.9) -> np.ndarray:
        """The interval of each value, shape ``(value, 2)``."""
        tails = (1 - level) / 2, (1 + level) / 2
        return np.array([weighted_quantile(column, self.weights, tails) for column in self.values.T])


def plausible(
    values: np.ndarray,
    statistics: np.ndarray,
    targets: np.ndarray,
    bounds: np.ndarray,
    kept: float = KEPT,
    likelihood: np.ndarray | None = None,
) -> Plausible:
    """The sets whose statistics come nearest to their targets.

    ``values`` is ``(set, value)``, ``bounds`` ``(value, 2)``, ``statistics`` ``(set, statistic)`` with NaN where a statistic
    could not be taken, ``targets`` ``(statistic, 2)``: within these two ends, which may be infinite, nothing is missed.
    ``kept`` is the share of the sets to keep, but at least fifty, and twenty for each value. ``likelihood`` is the logarithm of
    how probable the observed cases are under each set, where that is known: those that are kept are weighted by it.
    """
    free = _free(values, bounds)
    missed = _in_values(free, gaps(statistics, targets), statistics)
    distance = np.sqrt(np.mean(missed**2, axis=1))
    count = min(len(values), max(LEAST_KEPT, KEPT_A_VALUE * values.shape[1], round(kept * len(values))))
    nearest = np.argsort(distance, kind="stable")[:count]
    reach = float(distance[nearest[-1]])
    near = distance[nearest] / reach if reach > 0 else np.zeros(count)
    weights = np.maximum(1 - near**2, _EDGE)
    if likelihood is not None:
        weights = weights * exp(likelihood[nearest] - likelihood[nearest].max())
    corrected = _corrected(free[nearest], missed[nearest], weights)
    return Plausible(_bound(corrected, bounds), weights / weights.sum(), nearest, reach)


def gaps(statistics: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """How far each statistic lies outside its target, in its standard deviations.

    What could not be taken misses by most; a target without ends is missed by nobody.
    """
    low, high = targets.T
    missed = (statistics - np.clip(statistics, low, high)) / _scale(statistics)
    missed = np.where(np.isinf(low) & np.isinf(high), 0.0, missed)
    worst = np.max(np.nan_to_num(np.abs(missed)), axis=0)
    return np.where(np.isnan(missed), np.maximum(worst, 1.0), missed)


def _scale(statistics: np.ndarray) -> np.ndarray:
    seen = ~np.isnan(statistics)
    count = np.maximum(seen.sum(axis=0), 1)
    middle = np.where(seen, statistics, 0.0).sum(axis=0) / count
    spread = np.sqrt(np.where(seen, (statistics - middle) ** 2, 0.0).sum(axis=0) / count)
    return np.where(spread > 0, spread, 1.0)


def _in_values(free: np.ndarray, missed: np.ndarray, statistics: np.ndarray) -> np.ndarray:
    """What the misses amount to in the values, one column a value: by a linear prediction of the values from all statistics."""
    seen = ~np.isnan(statistics)
    scaled = statistics / _scale(statistics)
    middle = np.where(seen, scaled, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    known = np.where(seen, scaled - middle, 0.0)
    squares = known.T @ known + _RIDGE * len(known) * np.eye(known.shape[1])
    slopes = np.linalg.solve(squares, known.T @ (free - free.mean(axis=0)))
    predicted = (known @ slopes).std(axis=0)
    return missed @ slopes / np.where(predicted > 0, predicted, 1.0)


def _corrected(free: np.ndarray, missed: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The values without what a weighted linear regression ascribes to what is still missed."""
    moves = missed.std(axis=0) > 0
    if not moves.any() or len(free) <= moves.sum() + 2:
        return free
    design = np.column_stack([np.ones(len(free)), missed[:, moves]])
    weighted = design * weights[:, None]
    slopes = np.linalg.lstsq(weighted.T @ design, weighted.T @ free, rcond=None)[0][1:]
    corrected = free - missed[:, moves] @ slopes
    # A regression takes from the spread what it fits by accident: that is given back.
    worth = weights.sum() ** 2 / np.sum(weights**2)
    middle = weights @ corrected / weights.sum()
    return middle + (corrected - middle) * np.sqrt(worth / max(worth - moves.sum() - 1, 1.0))


def _free(values: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Values between their bounds as numbers without bounds (log odds), so that a correction cannot leave them."""
    share = np.clip((values - bounds[:, 0]) / (bounds[:, 1] - bounds[:, 0]), _EDGE, 1 - _EDGE)
    return log(share / (1 - share))


def _bound(free: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    return bounds[:, 0] + (bounds[:, 1] - bounds[:, 0]) / (1 + exp(-free))


def weighted_quantile(values: np.ndarray, weights: np.ndarray, shares) -> np.ndarray:
    """The numbers below which shares of the weight lie.

    >>> weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0]), [0.5]).tolist()
    [2.0]
    """
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order]) - weights[order] / 2
    return np.interp(np.asarray(shares) * weights.sum(), below, values[order])
