"""Intervals for means and shares over runs. Deterministic: nothing is resampled."""

from __future__ import annotations

from math import sqrt

import numpy as np

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
    """The 90 % interval of a share (Wilson 1927); none where nothing was counted.

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
    """The 90 % interval of a difference of shares in independent pairs (Bonett and Price 2012).

    Of the pairs a share ``up`` goes from no to yes, ``down`` from yes to no. It says something also where nothing changes.

    >>> low, high = change_interval(0.0, 0.0, 98)
    >>> round(low, 4), round(high, 4)
    (-0.0233, 0.0233)
    """
    more, less = (up * pairs + 1) / (pairs + 2), (down * pairs + 1) / (pairs + 2)
    reach = _Z * sqrt((more + less - (more - less) ** 2) / (pairs + 2))
    return max(-1.0, more - less - reach), min(1.0, more - less + reach)
