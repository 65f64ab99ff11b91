"""Which sets of values come near what was observed: approximate Bayesian computation over runs that are stored already.

Sets are kept by rejection, and what is kept is then corrected by a local regression on what it still misses.
Reference: Beaumont, Zhang and Balding (2002), Approximate Bayesian computation in population genetics, Genetics 162.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...engine.words import exp, log

KEPT, LEAST_KEPT = 0.05, 50
_EDGE = 1e-6


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
    values: np.ndarray, statistics: np.ndarray, targets: np.ndarray, bounds: np.ndarray, kept: float = KEPT
) -> Plausible:
    """The sets whose statistics come nearest to their targets.

    ``values`` is ``(set, value)``, ``bounds`` ``(value, 2)``, ``statistics`` ``(set, statistic)`` with NaN where a statistic
    could not be taken, ``targets`` ``(statistic, 2)``: within these two ends, which may be infinite, nothing is missed.
    ``kept`` is the share of the sets to keep, but at least fifty.
    """
    missed = gaps(statistics, targets)
    distance = np.sqrt(np.mean(missed**2, axis=1))
    count = min(len(values), max(LEAST_KEPT, round(kept * len(values))))
    nearest = np.argsort(distance, kind="stable")[:count]
    reach = float(distance[nearest[-1]])
    near = distance[nearest] / reach if reach > 0 else np.zeros(count)
    weights = np.maximum(1 - near**2, _EDGE)
    corrected = _corrected(_free(values[nearest], bounds), missed[nearest], weights)
    return Plausible(_bound(corrected, bounds), weights / weights.sum(), nearest, reach)


def gaps(statistics: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """How far each statistic lies outside its target, in its typical deviations; what could not be taken misses by most."""
    low, high = targets.T
    missed = statistics - np.clip(statistics, low, high)
    middle = np.nanmedian(statistics, axis=0)
    scale = np.nanmedian(np.abs(statistics - middle), axis=0)
    spread = np.nanstd(statistics, axis=0)
    scale = np.where(scale > 0, scale, np.where(spread > 0, spread, 1.0))
    missed = missed / scale
    worst = np.nanmax(np.abs(missed), axis=0)
    return np.where(np.isnan(missed), np.maximum(worst, 1.0), missed)


def _corrected(free: np.ndarray, missed: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The values without what a weighted linear regression ascribes to what is still missed."""
    moves = missed.std(axis=0) > 0
    if not moves.any() or len(free) <= moves.sum() + 2:
        return free
    design = np.column_stack([np.ones(len(free)), missed[:, moves]])
    weighted = design * weights[:, None]
    slopes = np.linalg.lstsq(weighted.T @ design, weighted.T @ free, rcond=None)[0][1:]
    return free - missed[:, moves] @ slopes


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
