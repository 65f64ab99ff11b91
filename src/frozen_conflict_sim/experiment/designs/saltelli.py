"""Saltelli: the points from which Sobol's sensitivity indices are estimated."""

from __future__ import annotations

import numpy as np

from .kind import samples
from .sampled import POINTS, sequence


def _steps(count: int, options: dict) -> int:
    return 2 + count * (2 if options["second_order"] else 1)


@samples(
    "saltelli",
    "points between pairs of Sobol points in",
    rows=lambda count, options: options["points"] * _steps(count, options),
    points=POINTS,
    second_order=False,
)
def saltelli(count: int, options: dict, seed: int):
    """Pairs of points A and B, and between them A with one number of B each (Saltelli et al. 2010).

    With ``second_order`` also B with one number of A each. The order is the one that SALib's ``sobol.analyze`` reads. A pair
    and what lies between is one draw and shares its luck: between two of its rows only what was exchanged differs.
    """
    pairs, steps = options["points"], _steps(count, options)
    both = sequence(2 * count, pairs, seed)
    first, second = both[:, :count], both[:, count:]
    cube = np.empty((pairs, steps, count))
    cube[:, : 1 + count], cube[:, 1 + count :] = first[:, None], second[:, None]
    for place in range(count):
        cube[:, 1 + place, place] = second[:, place]
        if options["second_order"]:
            cube[:, 1 + count + place, place] = first[:, place]
    return cube.reshape(-1, count), np.repeat(np.arange(pairs), steps)
