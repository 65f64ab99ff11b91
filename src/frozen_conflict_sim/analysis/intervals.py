"""Means and shares over runs with 90 % intervals, independent or clustered. Nothing is resampled.

Runs with the same random numbers are not independent, so intervals are cluster-robust [@liang1986].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from ..experiment.study.streams import RunIdentity

LEVEL = 0.90
_Z = 1.6448536269514722


def mean_interval(values: np.ndarray) -> tuple[float, float] | None:
    """The 90 % interval of a mean, by the normal approximation; none for fewer than two values.

    >>> low, high = mean_interval(np.array([1.0, 2.0, 3.0]))
    >>> round(low, 3), round(high, 3)
    (1.05, 2.95)
    """
    if len(values) < 2:
        return None
    mean, reach = float(np.mean(values)), _Z * float(np.std(values, ddof=1)) / sqrt(len(values))
    return mean - reach, mean + reach


def share_interval(count: int, of: int) -> tuple[float, float] | None:
    """The 90 % interval of a share [@wilson1927]; none where nothing was counted.

    >>> low, high = share_interval(0, 20)
    >>> round(low, 3), round(high, 3)
    (0.0, 0.119)
    """
    if not of:
        return None
    share, weight = count / of, _Z * _Z / of
    centre = (share + weight / 2) / (1 + weight)
    reach = _Z * sqrt(share * (1 - share) / of + weight / (4 * of)) / (1 + weight)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def change_interval(up: float, down: float, pairs: float) -> tuple[float, float]:
    """The 90 % interval of a difference of shares in independent pairs [@bonett2012].

    Of the pairs a share ``up`` goes from no to yes, ``down`` from yes to no. It has a positive width even if no pair changes.

    >>> low, high = change_interval(0.0, 0.0, 98)
    >>> round(low, 4), round(high, 4)
    (-0.0233, 0.0233)
    """
    more, less = (up * pairs + 1) / (pairs + 2), (down * pairs + 1) / (pairs + 2)
    reach = _Z * sqrt((more + less - (more - less) ** 2) / (pairs + 2))
    return max(-1.0, more - less - reach), min(1.0, more - less + reach)


JACKKNIFE_GROUPS = 20


@dataclass(frozen=True)
class Means:
    """Means of several columns over the same runs, with their cluster-robust ``covariance``, shape ``(column, column)``."""

    values: np.ndarray
    covariance: np.ndarray
    clusters: int

    @property
    def critical_value(self) -> float:
        """Half the width of a 90 % interval in standard errors: Student's t with one degree of freedom less than clusters."""
        return critical_value(self.clusters - 1)

    def interval(self, column: int = 0) -> tuple[float, float] | None:
        """The 90 % interval of one mean; none for fewer than two clusters."""
        if self.clusters < 2:
            return None
        value, reach = float(self.values[column]), self.critical_value * float(np.sqrt(self.covariance[column, column]))
        return value - reach, value + reach


def clusters(stream: np.ndarray) -> tuple[np.ndarray, str]:
    """Which runs belong together, and by what: those with one stream number, and in a study that samples all those of one draw.

    >>> clusters(np.array([0, 1, 2])), clusters(np.array([0, 1, 1 << 24, (1 << 24) + 1]))
    ((array([0, 1, 2]), 'stream'), (array([0, 0, 1, 1]), 'draw'))
    """
    draws = RunIdentity.of_streams(stream).draw
    return (draws, "draw") if draws.any() else (stream, "stream")


def critical_value(freedom: int) -> float:
    """How many standard errors a 90 % interval reaches, by Student's t.

    >>> round(critical_value(9), 3)
    1.833
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + LEVEL) / 2))


def point_weights(points: np.ndarray) -> np.ndarray:
    """Weights of runs by which all points count the same, however many runs each has."""
    _, member, counts = np.unique(points, return_inverse=True, return_counts=True)
    return 1.0 / counts[member]


def means(table: np.ndarray, clusters: np.ndarray, weights: np.ndarray | None = None) -> Means:
    """The means of the columns of ``table``, shape ``(run, column)``, with cluster-robust covariance.

    ``clusters`` has the cluster of each run, ``weights`` its weight; by default all weights are equal.

    >>> found = means(np.array([[1.0], [2.0], [3.0]]), np.array([0, 1, 2]))
    >>> float(found.values[0]), round(float(found.covariance[0, 0]), 4)
    (2.0, 0.3333)
    """
    table = np.asarray(table, float)
    share = np.ones(len(table)) if weights is None else weights * (len(table) / weights.sum())
    values = share @ table / len(table)
    names, member = np.unique(clusters, return_inverse=True)
    sums = np.zeros((len(names), table.shape[1]))
    np.add.at(sums, member, share[:, None] * (table - values))
    spread = sums.T @ sums * (len(names) / max(len(names) - 1, 1))
    return Means(values, spread / len(table) ** 2, len(names))


def jackknife(statistic: Callable[[np.ndarray], float], clusters: int) -> tuple[float, tuple[float, float]]:
    """A statistic of some clusters (given as a mask) and its 90 % interval, leaving out a twentieth of them at a time.

    >>> values = np.arange(40) * 7.0 % 41
    >>> value, (low, high) = jackknife(lambda rows: values[rows].mean(), 40)
    >>> value, bool(low < 19.5 < high)
    (19.65, True)
    """
    whole = float(statistic(np.ones(clusters, bool)))
    group = np.arange(clusters) % JACKKNIFE_GROUPS
    without = np.array([statistic(group != number) for number in range(JACKKNIFE_GROUPS)])
    reach = critical_value(JACKKNIFE_GROUPS - 1) * float(
        np.sqrt((JACKKNIFE_GROUPS - 1) / JACKKNIFE_GROUPS * np.sum((without - without.mean()) ** 2))
    )
    return whole, (whole - reach, whole + reach)


def clustered_share_interval(share: float, variance: float, clusters: int) -> tuple[float, float] | None:
    """Wilson's 90 % interval of a share over clustered runs, with the effective number of independent runs."""
    if clusters < 2:
        return None
    worth = share * (1 - share) / variance if variance > 0 else clusters
    return share_interval(share * worth, worth)
