"""One at a time: the scenario as it is, and every change of one lever or uncertainty alone."""

from __future__ import annotations

import numpy as np

from .grid import column
from .kind import Laid, Material, at_level, lays

NOTHING = "nothing"


def _changes(material: Material) -> list[tuple[str, object]]:
    levels = np.linspace(0.0, 1.0, material.options["levels"])
    alternatives = material.listed() | {
        key: at_level(value, material.quantities[key], levels).tolist() for key, value in material.uncertainties.items()
    }
    return [(key, value) for key, values in alternatives.items() for value in values]


def _rows(material: Material) -> int:
    return 1 + len(_changes(material))


@lays(
    "one_at_a_time", "points: the scenario as it is, and single changes of", rows=_rows, crosses=lambda material: {}, levels=2
)
def one_at_a_time(material: Material) -> Laid:
    """A row for the scenario itself, and one for each change; all share their luck."""
    changes = _changes(material)
    keys = list(dict.fromkeys(key for key, _ in changes))
    columns = {key: column([None, *(value if of == key else None for of, value in changes)]) for key in keys}
    changed = np.array([NOTHING, *(key for key, _ in changes)], object)
    return Laid(columns, np.zeros(len(changed), np.int64), material.inherited, changed)
