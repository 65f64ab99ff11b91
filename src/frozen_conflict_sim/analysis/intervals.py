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
    """The 90 % interval of a mean, by the normal approximation; none without two different values.

    >>> low, high = mean_interval(np.array([1.0, 2.0, 3.0]))
    >>> round(low, 3), round(high, 3)
    (1.05, 2.95)
    """
    if len(values) < 2 or np.ptp(values) == 0:
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


def independent_change_interval(
    before: float, of_before: tuple[float, float], after: float, of_after: tuple[float, float]
) -> tuple[float, float]:
    """The 90 % interval of the difference of two independent shares, from their own intervals [@newcombe1998].

    >>> low, high = independent_change_interval(0.0, share_interval(0, 20), 0.5, share_interval(10, 20))
    >>> round(low, 3), round(high, 3)
    (0.29, 0.673)
    """
    change = after - before
    down = sqrt((after - of_after[0]) ** 2 + (of_before[1] - before) ** 2)
    up = sqrt((of_after[1] - after) ** 2 + (before - of_before[0]) ** 2)
    return max(-1.0, change - down), min(1.0, change + up)


JACKKNIFE_GROUPS = 20


@dataclass(frozen=True)
class Means:
    """Means of several columns over ``runs`` runs (or cases).

    Their ``covariance``, shape ``(column, column)``, is robust to the dependence of runs of one cluster.
    """

    values: np.ndarray
    covariance: np.ndarray
    clusters: int
    runs: int = 0

    @property
    def critical_value(self) -> float:
        """Half the width of a 90 % interval in standard errors: Student's t with one degree of freedom less than clusters."""
        return critical_value(self.clusters - 1)

    def interval(self, column: int = 0, level: float = LEVEL) -> tuple[float, float] | None:
        """The interval of one mean, at 90 % unless said; none for fewer than two clusters."""
        if self.clusters < 2:
            return None
        deviation = float(np.sqrt(self.covariance[column, column]))
        value, reach = float(self.values[column]), critical_value(self.clusters - 1, level) * deviation
        return value - reach, value + reach

    def interval_of_share(self, column: int = 0) -> tuple[float, float] | None:
        """Wilson's 90 % interval of the mean of a yes-or-no column, with the effective number of independent runs.

        That number is what gives the mean its variance: at most the number of runs, and that of the clusters where all runs
        are equal. So the interval has a width even if the event never happens. None for fewer than two clusters.

        >>> low, high = means(np.zeros((20, 1)), np.arange(20)).interval_of_share()
        >>> round(low, 3), round(high, 3)
        (0.0, 0.119)
        """
        if self.clusters < 2:
            return None
        share, variance = float(self.values[column]), float(self.covariance[column, column])
        worth = min(share * (1 - share) / variance, self.runs) if variance > 0 else self.clusters
        return share_interval(share * worth, worth)


def clusters(stream: np.ndarray) -> tuple[np.ndarray, str]:
    """Which runs belong together, and by what: those with one stream number, and in a study that samples all those of one draw.

    >>> clusters(np.array([0, 1, 2])), clusters(np.array([0, 1, 1 << 24, (1 << 24) + 1]))
    ((array([0, 1, 2]), 'stream'), (array([0, 0, 1, 1]), 'draw'))
    """
    draws = RunIdentity.of_streams(stream).draw
    return (draws, "draw") if draws.any() else (stream, "stream")


def critical_value(freedom: int, level: float = LEVEL) -> float:
    """How many standard errors an interval reaches, by Student's t; its level is 90 % unless said.

    >>> round(critical_value(9), 3), round(critical_value(9, 0.95), 3)
    (1.833, 2.262)
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + level) / 2))


def together(intervals: int, level: float = LEVEL) -> float:
    """The level of each of several intervals that hold together at ``level``, by Bonferroni's inequality [@dunn1961].

    >>> round(together(10), 3)
    0.99
    """
    return 1 - (1 - level) / max(intervals, 1)


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
    return Means(values, spread / len(table) ** 2, len(names), len(table))


def jackknife(statistic: Callable[[np.ndarray], float], clusters: int) -> tuple[float, tuple[float, float]]:
    """A statistic of some clusters (given as a mask) and its 90 % interval, leaving out a twentieth of them at a time.

    With fewer than twenty clusters one is left out at a time.

    >>> values = np.arange(40) * 7.0 % 41
    >>> value, (low, high) = jackknife(lambda rows: values[rows].mean(), 40)
    >>> value, bool(low < 19.5 < high)
    (19.65, True)
    """
    whole = float(statistic(np.ones(clusters, bool)))
    groups = min(JACKKNIFE_GROUPS, clusters)
    group = np.arange(clusters) % groups
    without = np.array([statistic(group != number) for number in range(groups)])
    variance = (groups - 1) / groups * np.sum((without - without.mean()) ** 2)
    reach = critical_value(groups - 1) * float(np.sqrt(variance))
    return whole, (whole - reach, whole + reach)
