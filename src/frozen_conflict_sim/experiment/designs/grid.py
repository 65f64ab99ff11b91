"""Grid: every value of every lever with every value of every other. Zip: the first with the first, and so on."""

from __future__ import annotations

import numpy as np

from .kind import DesignMatrix, DesignSpec, builds

LEVELS = 5


@builds("grid", "point of", rows=lambda spec: 1, levels=LEVELS)
def grid(spec: DesignSpec) -> DesignMatrix:
    """One row, with which the levers are crossed."""
    return DesignMatrix({}, np.zeros(1, np.int64), spec.inherited | spec.uncertainties)


def _pairs(spec: DesignSpec) -> int:
    return len(next(iter(spec.listed().values()), (None,)))


@builds("zip", "points, side by side, of", rows=_pairs, crosses=lambda spec: {}, levels=LEVELS)
def zipped(spec: DesignSpec) -> DesignMatrix:
    """A row for each place in the lists, which are equally long."""
    columns = {key: column(values) for key, values in spec.listed().items()}
    return DesignMatrix(columns, np.zeros(_pairs(spec), np.int64), spec.inherited | spec.uncertainties)


def column(values) -> np.ndarray:
    """Values as a column: numbers, or words."""
    numbers = not any(isinstance(value, str) for value in values)
    return np.array(
        [np.nan if value is None else value for value in values] if numbers else values, float if numbers else object
    )
