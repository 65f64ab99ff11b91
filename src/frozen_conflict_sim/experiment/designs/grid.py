"""Grid: all combinations of the values of the levers. Zip: the first values together, then the second, and so on."""

from __future__ import annotations

import numpy as np

from .kind import DesignMatrix, DesignSpec, builds

LEVELS = 5


@builds("grid", "point of", rows=lambda spec: 1, levels=LEVELS)
def grid(spec: DesignSpec) -> DesignMatrix:
    """One row, crossed with the levers."""
    return DesignMatrix({}, np.zeros(1, np.int64), spec.inherited | spec.uncertainties)


def _pairs(spec: DesignSpec) -> int:
    return len(next(iter(spec.listed().values()), (None,)))


@builds("zip", "points, side by side, of", rows=_pairs, crosses=lambda spec: {}, levels=LEVELS)
def zipped(spec: DesignSpec) -> DesignMatrix:
    """A row for each position in the lists, which have equal lengths."""
    columns = {key: column(values) for key, values in spec.listed().items()}
    return DesignMatrix(columns, np.zeros(_pairs(spec), np.int64), spec.inherited | spec.uncertainties)


def column(values) -> np.ndarray:
    """Values as an array: numbers with NaN for ``None``, or words."""
    numbers = not any(isinstance(value, str) for value in values)
    return np.array(
        [np.nan if value is None else value for value in values] if numbers else values, float if numbers else object
    )
