"""Grid: every value of every lever with every value of every other. Zip: the first with the first, and so on."""

from __future__ import annotations

import numpy as np

from .kind import Laid, Material, lays

LEVELS = 5


@lays("grid", "point of", rows=lambda material: 1, levels=LEVELS)
def grid(material: Material) -> Laid:
    """One row, with which the levers are crossed."""
    return Laid({}, np.zeros(1, np.int64), material.inherited | material.uncertainties)


def _pairs(material: Material) -> int:
    return len(next(iter(material.listed().values()), (None,)))


@lays("zip", "points, side by side, of", rows=_pairs, crosses=lambda material: {}, levels=LEVELS)
def zipped(material: Material) -> Laid:
    """A row for each place in the lists, which are equally long."""
    columns = {key: column(values) for key, values in material.listed().items()}
    return Laid(columns, np.zeros(_pairs(material), np.int64), material.inherited | material.uncertainties)


def column(values) -> np.ndarray:
    """Values as a column: numbers, or words."""
    numbers = not any(isinstance(value, str) for value in values)
    return np.array(
        [np.nan if value is None else value for value in values] if numbers else values, float if numbers else object
    )
