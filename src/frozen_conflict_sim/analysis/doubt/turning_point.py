"""The least joint change of parameters that turns something around, as in structural reliability [@hasofer1974].

Changes are measured in units in which all parameters are equally well supported, so the least change is a distance: the way to
the nearest point at which the margin, positive where a finding holds, reaches zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

ROUNDS, HALVINGS = 3, 5
SMALL = 0.1  # of the largest change: smaller ones are left out if the way hardly grows
LONGER = 1.1


@dataclass(frozen=True)
class TurningPoint:
    """The nearest point found at which the margin is zero: the ``change`` of each parameter in its unit, and the margins.

    ``distance`` is the length of the change, infinite if nothing within ``reach`` turns it around. ``margin`` is that at the
    start, ``beyond`` that just beyond the turning point.
    """

    change: np.ndarray
    distance: float
    margin: float
    beyond: float

    @property
    def turns(self) -> bool:
        """Whether a turning point was found."""
        return np.isfinite(self.distance)


def turning_point(
    margin: Callable[[np.ndarray], float],
    gradient: Callable[[np.ndarray], np.ndarray],
    low: np.ndarray,
    high: np.ndarray,
    reach: float,
) -> TurningPoint:
    """Search for the nearest zero of ``margin`` from the origin, within bounds by parameter and within a distance.

    ``margin`` and ``gradient`` take changes of shape ``(parameter,)``; ``low`` and ``high`` bound them. The way is the steepest
    one, corrected by the gradient at the turning point; parameters that matter little are left out of it.
    """
    start = margin(np.zeros(len(low)))
    sign, best = (1.0 if start >= 0 else -1.0), None
    slope = gradient(np.zeros(len(low)))
    for _ in range(ROUNDS):
        found = _along(margin, -sign * slope, sign, low, high, reach)
        if found is None or (best is not None and np.linalg.norm(found[0]) >= np.linalg.norm(best[0])):
            break
        best = found
        slope = gradient(best[0])
    if best is None:
        return TurningPoint(np.zeros(len(low)), np.inf, start, start)
    best = _without_small(margin, best, sign, low, high, reach)
    return TurningPoint(best[0], float(np.linalg.norm(best[0])), start, best[1])


def _along(margin, direction: np.ndarray, sign: float, low, high, reach: float) -> tuple[np.ndarray, float] | None:
    """The first crossing along a direction, bounded by parameter: the change just beyond it, and the margin there."""
    length = np.linalg.norm(direction)
    if not length > 0:
        return None

    def at(step: float) -> np.ndarray:
        return np.clip(step * direction / length, low, high)

    inside, beyond, step = 0.0, None, reach / 2**HALVINGS
    while step <= reach * (1 + 1e-9):
        value = margin(at(step))
        if sign * value < 0:
            beyond = step, value
            break
        inside, step = step, step * 2
    if beyond is None:
        return None
    for _ in range(HALVINGS):
        middle = (inside + beyond[0]) / 2
        value = margin(at(middle))
        if sign * value < 0:
            beyond = middle, value
        else:
            inside = middle
    return at(beyond[0]), beyond[1]


def _without_small(margin, best: tuple[np.ndarray, float], sign: float, low, high, reach: float) -> tuple[np.ndarray, float]:
    """The same with small changes left out, if the way then is hardly longer."""
    change = best[0]
    kept = np.where(np.abs(change) >= SMALL * np.abs(change).max(), change, 0.0)
    if np.array_equal(kept, change):
        return best
    sparse = _along(margin, kept, sign, low, high, min(reach, LONGER * float(np.linalg.norm(change))))
    return best if sparse is None else sparse
