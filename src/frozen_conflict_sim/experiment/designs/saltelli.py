"""Saltelli: the points from which Sobol's sensitivity indices are estimated."""

from __future__ import annotations

import numpy as np

from .kind import samples
from .sampled import POINTS, sequence

ONE_BY_ONE, BY_GRADE = "one_by_one", "grade"


def _steps(options: dict) -> int:
    return 2 + len(options["exchanged"]) * (2 if options["second_order"] else 1)


@samples(
    "saltelli",
    "points between pairs of Sobol points in",
    rows=lambda count, options: options["points"] * _steps(options),
    points=POINTS,
    second_order=False,
    exchange=ONE_BY_ONE,
)
def saltelli(count: int, options: dict, seed: int):
    """Pairs of points A and B, and between them A with one number of B each, or all of one grade [@saltelli2010].

    With ``second_order`` also B with one of A each. The order is the one that SALib's ``sobol.analyze`` reads. A pair
    and the points between are one draw and use common random numbers: two of its rows differ only in what was exchanged.
    """
    pairs, steps, exchanged = options["points"], _steps(options), options["exchanged"]
    both = sequence(2 * count, pairs, seed)
    first, second = both[:, :count], both[:, count:]
    cube = np.empty((pairs, steps, count))
    last = 1 + len(exchanged)
    cube[:, :last], cube[:, last:] = first[:, None], second[:, None]
    for step, axes in enumerate(exchanged):
        cube[:, 1 + step, axes] = second[:, axes]
        if options["second_order"]:
            cube[:, last + step, axes] = first[:, axes]
    return cube.reshape(-1, count), np.repeat(np.arange(pairs), steps)
