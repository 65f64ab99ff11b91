"""Sobol sequences, which can be extended, and Latin hypercubes, which cannot."""

from __future__ import annotations

import numpy as np

from .kind import samples

POINTS = 64
_INSIDE = 2.0**-33


@samples("sobol", "points of a Sobol sequence in", rows=lambda count, options: options["points"], points=POINTS)
def sobol(count: int, options: dict, seed: int):
    """A scrambled Sobol sequence [@sobol1967; @owen1998]: more points begin with the same points."""
    rows = options["points"]
    return sequence(count, rows, seed), np.arange(rows)


@samples("latin_hypercube", "points of a Latin hypercube in", rows=lambda count, options: options["points"], points=POINTS)
def latin_hypercube(count: int, options: dict, seed: int):
    """A Latin hypercube [@mckay1979]: each number has one point in every slice of equal probability."""
    from scipy.stats.qmc import LatinHypercube

    rows = options["points"]
    return LatinHypercube(count, rng=seed).random(rows), np.arange(rows)


def sequence(count: int, rows: int, seed: int) -> np.ndarray:
    """The first ``rows`` points of a scrambled Sobol sequence, strictly inside the unit cube; shape ``(rows, count)``."""
    from scipy.stats.qmc import Sobol

    points = Sobol(count, scramble=True, rng=seed).random_base2((rows - 1).bit_length())
    return np.clip(points[:rows], _INSIDE, 1.0 - _INSIDE)
