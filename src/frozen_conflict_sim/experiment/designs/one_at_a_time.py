"""One at a time: the scenario as it is, and each change of a single lever or uncertainty."""

from __future__ import annotations

import numpy as np

from .grid import column
from .kind import DesignMatrix, DesignSpec, at_level, builds

NOTHING = "nothing"


def _changes(spec: DesignSpec) -> list[tuple[str, object]]:
    levels = np.linspace(0.0, 1.0, spec.options["levels"])
    alternatives = spec.listed() | {
        key: at_level(value, spec.quantities[key], levels).tolist() for key, value in spec.uncertainties.items()
    }
    return [(key, value) for key, values in alternatives.items() for value in values]


def _rows(spec: DesignSpec) -> int:
    return 1 + len(_changes(spec))


@builds("one_at_a_time", "points: the scenario as it is, and single changes of", rows=_rows, crosses=lambda spec: {}, levels=2)
def one_at_a_time(spec: DesignSpec) -> DesignMatrix:
    """A row for the scenario itself and one for each change; all use common random numbers."""
    changes = _changes(spec)
    keys = list(dict.fromkeys(key for key, _ in changes))
    columns = {key: column([None, *(value if of == key else None for of, value in changes)]) for key in keys}
    changed = np.array([NOTHING, *(key for key, _ in changes)], object)
    return DesignMatrix(columns, np.zeros(len(changed), np.int64), spec.inherited, changed)
