"""List and file: the points are given one by one, in the experiment file or in a table beside it."""

from __future__ import annotations

import numpy as np

from .grid import LEVELS, column
from .kind import DesignMatrix, DesignSpec, builds

COMMON, INDEPENDENT = "common", "independent"


def _rows(spec: DesignSpec) -> int:
    return len(next(iter(spec.design.table.values())))


@builds("list", "listed points of", rows=_rows, needs=("points",), random_numbers=COMMON, levels=LEVELS)
def listed(spec: DesignSpec) -> DesignMatrix:
    """A row a point. All points use common random numbers unless ``random_numbers`` is independent."""
    columns = {key: column(values) for key, values in spec.design.table.items()}
    rows = _rows(spec)
    draw = np.arange(rows) if spec.options["random_numbers"] == INDEPENDENT else np.zeros(rows, np.int64)
    return DesignMatrix(columns, draw, spec.inherited | spec.uncertainties)


builds("file", "points from a file of", rows=_rows, needs=("path",), random_numbers=COMMON, levels=LEVELS)(listed)
