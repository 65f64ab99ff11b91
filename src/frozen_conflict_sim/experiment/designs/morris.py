"""Morris: paths through the unit cube that change one number a step, for elementary effects."""

from __future__ import annotations

import numpy as np

from ...engine.random_streams import RandomStreams
from .kind import at_level, samples


@samples(
    "morris",
    "points on paths of elementary effects in",
    rows=lambda count, options: options["points"] * (count + 1),
    at=at_level,
    points=10,
    levels=4,
)
def morris(count: int, options: dict, seed: int):
    """Paths from a random point of the grid, each number in turn going half the grid up or down [@morris1991].

    More paths begin with the same paths. All points use the same random numbers, so that a step shows what the number does.
    """
    paths, levels = options["points"], options["levels"]
    chance = RandomStreams(seed, np.arange(paths)).uniform("design:morris", 0, 3 * count).reshape(3, count, paths)
    half = levels // 2
    low = np.floor(chance[0] * half) / (levels - 1)
    step = half / (levels - 1)
    upward = chance[1] < 0.5
    turn = np.argsort(np.argsort(chance[2], axis=0, kind="stable"), axis=0, kind="stable")
    gone = np.arange(count + 1)[:, None, None] > turn
    cube = low + step * (gone == upward)
    return cube.transpose(2, 0, 1).reshape(-1, count), np.zeros(paths * (count + 1), np.int64)
