"""Plain Python data as nodes, so that it is checked like a file."""

from __future__ import annotations

import math
from collections.abc import Mapping as Map

from .nodes import Broken, Mapping, Node, Scalar, Sequence
from .problems import Position, Report

GIVEN = "given"
LARGEST = 10**40


def from_python(value, position: Position, key: str, report: Report) -> Node:
    """The nodes of a dictionary, a list, a number (NumPy's too) or a word; all stand at one mark."""
    if isinstance(value, Map):
        entries = {str(name): from_python(inner, position, f"{key}.{name}".strip("."), report) for name, inner in value.items()}
        return Mapping(position, entries, dict.fromkeys(entries, position))
    if isinstance(value, (list, tuple)):
        return Sequence(position, tuple(from_python(item, position, key, report) for item in value))
    value = value.item() if hasattr(value, "item") and not getattr(value, "ndim", 0) else value
    if _usable(value):
        return Scalar(position, value)
    found = "a number beyond all bounds" if isinstance(value, int) else repr(value)[:40]
    report.add(position, key, f"expected a finite number, a word, a map or a list, found {found}")
    return Broken(position)


def _usable(value) -> bool:
    if isinstance(value, (int, float)):
        return math.isfinite(value) if isinstance(value, float) else abs(value) < LARGEST
    return value is None or isinstance(value, str)
