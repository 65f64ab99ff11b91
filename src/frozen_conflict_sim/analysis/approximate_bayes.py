"""Approximate Bayesian computation by rejection and regression adjustment, over runs that are already stored.

A set of parameter values is accepted if the summary statistics of its runs are near their targets. The statistics are first
projected on the values that they predict, and the accepted values are corrected by a local linear regression on the
remaining residuals.
Reference: @beaumont2002 on the regression; @fearnhead2012 on the summary statistics.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..engine.numerics import exp, log

ACCEPTANCE, FEWEST_ACCEPTED, ACCEPTED_PER_VALUE = 0.05, 50, 20
_EDGE, _RIDGE = 1e-6, 1e-2


@dataclass(frozen=True)
class AcceptedSets:
    """A weighted sample of the approximate posterior distribution.

    ``values`` has the shape ``(set, value)``, ``weights`` (their sum is one) and ``accepted`` (the rows of the proposals that
    the sets come from) the shape ``(set,)``. ``largest_distance`` is that of the last accepted set, in standard deviations of
    the statistics; it is zero if all accepted sets meet all targets.
    """

    values: np.ndarray
    weights: np.ndarray
    accepted: np.ndarray
    largest_distance: float

    def draw(self, count: int) -> np.ndarray:
        """A systematic resample of ``count`` sets, each in proportion to its weight; shape ``(count, value)``."""
        quantiles = (np.arange(count) + 0.5) / count
        return self.values[np.searchsorted(np.cumsum(self.weights), quantiles).clip(0, len(self.values) - 1)]

    def interval(self, level: float = 0.9) -> np.ndarray:
        """The central credible interval of each value, shape ``(value, 2)``."""
        tails = (1 - level) / 2, (1 + level) / 2
        return np.array([weighted_quantile(column, self.weights, tails) for column in self.values.T])


def approximate_posterior(
    values: np.ndarray,
    statistics: np.ndarray,
    targets: np.ndarray,
    bounds: np.ndarray,
    acceptance: float = ACCEPTANCE,
    likelihood: np.ndarray | None = None,
) -> AcceptedSets:
    """Accept the sets whose statistics are nearest to their targets.

    ``values`` has the shape ``(set, value)`` and ``bounds`` ``(value, 2)``; ``statistics`` has the shape ``(set, statistic)``,
    NaN where a statistic is missing, and ``targets`` ``(statistic, 2)``: lower and upper end, which may be infinite.
    ``acceptance`` is the share of sets to accept, but at least fifty sets, and twenty per value. ``likelihood`` is the
    log-likelihood of the observed cases under each set, shape ``(set,)``; if given, accepted sets are weighted by it.
    """
    free = _unbounded(values, bounds)
    misses = _projected(free, residuals(statistics, targets), statistics)
    distance = np.sqrt(np.mean(misses**2, axis=1))
    count = min(len(values), max(FEWEST_ACCEPTED, ACCEPTED_PER_VALUE * values.shape[1], round(acceptance * len(values))))
    nearest = np.argsort(distance, kind="stable")[:count]
    largest = float(distance[nearest[-1]])
    relative = distance[nearest] / largest if largest > 0 else np.zeros(count)
    weights = np.maximum(1 - relative**2, _EDGE)
    if likelihood is not None:
        weights = weights * exp(likelihood[nearest] - likelihood[nearest].max())
    adjusted = _adjusted(free[nearest], misses[nearest], weights)
    return AcceptedSets(_bounded(adjusted, bounds), weights / weights.sum(), nearest, largest)


def residuals(statistics: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """How far each statistic is outside its target, in standard deviations of the statistic; shape ``(set, statistic)``.

    A missing statistic has the largest residual that occurs, and at least one; a target without ends has none.
    """
    low, high = targets.T
    found = (statistics - np.clip(statistics, low, high)) / _scale(statistics)
    found = np.where(np.isinf(low) & np.isinf(high), 0.0, found)
    largest = np.max(np.nan_to_num(np.abs(found)), axis=0)
    return np.where(np.isnan(found), np.maximum(largest, 1.0), found)


def _scale(statistics: np.ndarray) -> np.ndarray:
    """The standard deviation of each statistic over the sets where it is known; one where it is constant."""
    known = ~np.isnan(statistics)
    count = np.maximum(known.sum(axis=0), 1)
    middle = np.where(known, statistics, 0.0).sum(axis=0) / count
    spread = np.sqrt(np.where(known, (statistics - middle) ** 2, 0.0).sum(axis=0) / count)
    return np.where(spread > 0, spread, 1.0)


def _projected(free: np.ndarray, misses: np.ndarray, statistics: np.ndarray) -> np.ndarray:
    """Residuals in units of the values, shape ``(set, value)``: their linear prediction from all statistics."""
    known = ~np.isnan(statistics)
    scaled = statistics / _scale(statistics)
    middle = np.where(known, scaled, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    centred = np.where(known, scaled - middle, 0.0)
    squares = centred.T @ centred + _RIDGE * len(centred) * np.eye(centred.shape[1])
    slopes = np.linalg.solve(squares, centred.T @ (free - free.mean(axis=0)))
    predicted = (centred @ slopes).std(axis=0)
    return misses @ slopes / np.where(predicted > 0, predicted, 1.0)


def _adjusted(free: np.ndarray, misses: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The values less what a weighted linear regression attributes to the residuals."""
    varies = misses.std(axis=0) > 0
    if not varies.any() or len(free) <= varies.sum() + 2:
        return free
    design = np.column_stack([np.ones(len(free)), misses[:, varies]])
    weighted = design * weights[:, None]
    slopes = np.linalg.lstsq(weighted.T @ design, weighted.T @ free, rcond=None)[0][1:]
    adjusted = free - misses[:, varies] @ slopes
    # The regression overfits and so shrinks the spread: correct by the degrees of freedom.
    effective = weights.sum() ** 2 / np.sum(weights**2)
    middle = weights @ adjusted / weights.sum()
    return middle + (adjusted - middle) * np.sqrt(effective / max(effective - varies.sum() - 1, 1.0))


def _unbounded(values: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Values between bounds as log odds, so that an adjustment cannot leave the bounds."""
    share = np.clip((values - bounds[:, 0]) / (bounds[:, 1] - bounds[:, 0]), _EDGE, 1 - _EDGE)
    return log(share / (1 - share))


def _bounded(free: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    return bounds[:, 0] + (bounds[:, 1] - bounds[:, 0]) / (1 + exp(-free))


def weighted_quantile(values: np.ndarray, weights: np.ndarray, shares) -> np.ndarray:
    """The quantiles of a weighted sample; ``shares`` are between 0 and 1.

    >>> weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0]), [0.5]).tolist()
    [2.0]
    """
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order]) - weights[order] / 2
    return np.interp(np.asarray(shares) * weights.sum(), below, values[order])
