"""What the record constrains: the accepted sets of values beside all sets that were tried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...analysis.approximate_bayes import ACCEPTANCE, AcceptedSets, approximate_posterior, residuals
from ...engine.random_streams import RandomStreams
from .statistics import PointStatistics

DRAWN, TRUTHS, SEED = 500, 300, 1
CONSTRAINED, A_LITTLE = 0.5, 0.8


@dataclass(frozen=True)
class Constraint:
    """One value before and after the fit: 90 % intervals, the share of the width that is left, and the most informative part.

    ``correlation`` is the rank correlation of the value with the statistic of ``most_informative``. ``coverage`` is how often
    the 90 % interval contained a known value that was recovered from runs of its own.
    """

    key: str
    before: tuple[float, float]
    after: tuple[float, float]
    mean: float
    width_left: float
    most_informative: str
    correlation: float
    coverage: float

    @property
    def verdict(self) -> str:
        """``constrained``, ``a little`` or ``hardly``."""
        return "constrained" if self.width_left < CONSTRAINED else "a little" if self.width_left < A_LITTLE else "hardly"


@dataclass(frozen=True)
class Posterior:
    """The accepted sets of a calibration, and what they say of each value and each part of a pattern.

    ``met`` is the weighted share of accepted sets whose simulated statistic meets the target of a part. The distances are
    averages over all points and over the accepted sets, in standard deviations of the statistics.
    """

    accepted: AcceptedSets
    constraints: tuple[Constraint, ...]
    met: dict[tuple[str, str], float]
    distance_before: float
    distance_after: float


def fitted(points: PointStatistics, used: np.ndarray | None = None, acceptance: float = ACCEPTANCE) -> AcceptedSets:
    """Accept the sets nearest to the targets of the ``used`` parts (a mask; by default all), weighted by their likelihood."""
    used = np.ones(len(points.parts), bool) if used is None else used
    statistics, targets = points.statistics[:, used], points.targets[used]
    likelihood = points.likelihood[:, used].sum(axis=1)
    return approximate_posterior(points.values, statistics, targets, points.bounds, acceptance, likelihood)


def posterior(points: PointStatistics, acceptance: float = ACCEPTANCE) -> Posterior:
    """Fit to all patterns, and say how far each value is constrained."""
    accepted = fitted(points, acceptance=acceptance)
    after, covered = accepted.interval(), coverage(points, acceptance)
    before = np.quantile(points.values, [0.05, 0.95], axis=0).T
    constraints = []
    for at, key in enumerate(points.keys):
        part, correlation = _most_informative(points.values[:, at], points)
        width_left = float(np.ptp(after[at]) / np.ptp(before[at]))
        mean = float(np.average(accepted.values[:, at], weights=accepted.weights))
        intervals = tuple(before[at]), tuple(after[at])
        constraints.append(Constraint(key, *intervals, mean, width_left, part, correlation, float(covered[at])))
    distance = np.sqrt(np.mean(residuals(points.statistics, points.targets) ** 2, axis=1))
    low, high = points.targets.T
    meets = (low <= points.statistics) & (points.statistics <= high)
    met = dict(zip(points.parts, map(float, accepted.weights @ meets[accepted.accepted])))
    distance_after = float(accepted.weights @ distance[accepted.accepted])
    return Posterior(accepted, tuple(constraints), met, float(distance.mean()), distance_after)


def coverage(points: PointStatistics, acceptance: float = ACCEPTANCE) -> np.ndarray:
    """How often the 90 % interval of each value contains the truth, shape ``(key,)``.

    Up to 300 points in turn are taken as the truth and recovered from all other points, as in the fit: by the distance of their
    statistics, weighted by the likelihood of cases. The cases of a truth are drawn with its own probabilities.
    """
    count = len(points.values)
    truths = np.unique(np.linspace(0, count - 1, min(TRUTHS, count)).astype(int))
    covered = np.zeros(len(points.keys))
    for truth in truths:
        others = np.arange(count) != truth
        seen = points.statistics[truth]
        low, high = np.where(np.isnan(seen), -np.inf, seen), np.where(np.isnan(seen), np.inf, seen)
        targets = np.column_stack([low, high])
        found = approximate_posterior(
            points.values[others], points.statistics[others], targets, points.bounds, acceptance,
            likelihood_of_cases(points, truth)[others],
        )  # fmt: skip
        ends = found.interval()
        covered += (ends[:, 0] <= points.values[truth]) & (points.values[truth] <= ends[:, 1])
    return covered / len(truths)


def likelihood_of_cases(points: PointStatistics, truth: int) -> np.ndarray:
    """The log-likelihood by point of as many cases as the record has, drawn at the point ``truth``; shape ``(point,)``."""
    probability = np.exp(points.likelihood / np.maximum(points.cases, 1))
    most = int(points.cases.max(initial=0))
    uniform = RandomStreams(SEED, np.array([truth])).uniform("cases of a truth", 0, most * len(points.cases))
    drawn = uniform.reshape(most, len(points.cases)) < probability[truth]
    happened = np.sum(drawn & (np.arange(most)[:, None] < points.cases), axis=0)
    other = np.log(np.maximum(1.0 - probability, np.finfo(float).tiny))
    return np.where(points.cases > 0, happened * np.log(probability) + (points.cases - happened) * other, 0.0).sum(axis=1)


def _most_informative(values: np.ndarray, points: PointStatistics) -> tuple[str, float]:
    """The part whose statistic has the largest rank correlation with a value over the points, and that correlation."""
    best = ("", 0.0)
    for (pattern, part), column in zip(points.parts, points.statistics.T):
        known = ~np.isnan(column)
        if known.sum() > 10 and np.ptp(column[known]) > 0:
            ranks = (np.argsort(np.argsort(each)) for each in (values[known], column[known]))
            correlation = float(np.corrcoef(*ranks)[0, 1])
            if abs(correlation) > abs(best[1]):
                best = (f"{pattern}: {part}" if part else pattern, correlation)
    return best
