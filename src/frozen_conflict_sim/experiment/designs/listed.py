"""List and file: the points are given one by one, in the experiment itself or in a table beside it."""

from __future__ import annotations

import numpy as np

from .grid import LEVELS, column
from .kind import Laid, Material, lays

SHARED, FRESH = "shared", "fresh"


def _rows(material: Material) -> int:
    return len(next(iter(material.design.table.values())))


@lays("list", "listed points of", rows=_rows, needs=("points",), luck=SHARED, levels=LEVELS)
def listed(material: Material) -> Laid:
    """A row a point. Points share their luck, as levers do, unless it is said to be fresh for each."""
    columns = {key: column(values) for key, values in material.design.table.items()}
    rows = _rows(material)
    draw = np.arange(rows) if material.options["luck"] == FRESH else np.zeros(rows, np.int64)
    return Laid(columns, draw, material.inherited | material.uncertainties)


lays("file", "points from a file of", rows=_rows, needs=("path",), luck=SHARED, levels=LEVELS)(listed)
