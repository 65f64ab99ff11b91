"""The content of a file as nodes with positions: scalars, maps and lists. Python data become nodes too, to be checked alike."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from .problems import Position, Report

GIVEN = "given"
LARGEST = 10**40
_KEY = re.compile(r"[\w.]{1,80}(:[\w.]*)?")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number, a text, true or false, or null."""

    position: Position
    value: object

    def __str__(self):
        return described(self.value)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A map: its entries, and the position of each key."""

    position: Position
    entries: dict[str, Node] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)

    def __str__(self):
        return f"a map with {', '.join(list(self.entries)[:4])}" if self.entries else "an empty map"

    def without(self, *names: str) -> Mapping:
        """A copy of the map without these keys."""
        return Mapping(self.position, {name: node for name, node in self.entries.items() if name not in names}, self.positions)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    position: Position
    items: tuple[Node, ...] = ()

    def __str__(self):
        return f"a list of {len(self.items)}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A node that was refused already; nothing more is reported about it."""

    position: Position

    def __str__(self):
        return "something unreadable"


Node = Scalar | Mapping | Sequence | Broken


def described(value) -> str:
    """A value as messages show what was found.

    >>> described("off"), described(True), described(None)
    ("the text 'off'", 'true', 'nothing')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"the text {value if len(value) <= 40 else value[:39] + '…'!r}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def sort_of(node: Node | None) -> str:
    """What sort of content a file has instead of a map; never the content itself, which may be nobody's business."""
    if node is None or is_null(node):
        return "nothing: the file is empty"
    if isinstance(node, Scalar):
        return "a text" if isinstance(node.value, str) else "a number or a word"
    return "a list" if isinstance(node, Sequence) else "something unreadable"


def holds_no_keys(node: Mapping, known: Collection[str]) -> bool:
    """Whether a map has none of some keys, but others that look like no keys at all: it was made for something else."""
    return not node.entries.keys() & set(known) and any(not _KEY.fullmatch(name) for name in node.entries)


def is_null(node: Node) -> bool:
    """Whether the node is null."""
    return isinstance(node, Scalar) and node.value is None


def at(node: Node, path: tuple[str, ...]) -> Node | None:
    """The node at a path of keys; ``None`` if there is none."""
    for name in path:
        if not isinstance(node, Mapping) or name not in node.entries:
            return None
        node = node.entries[name]
    return node


def position_at(node: Mapping, path: tuple[str, ...]) -> Position:
    """The position of the key at a path, or of the innermost key on the way to it that exists."""
    position = node.position
    for name in path:
        if not isinstance(node, Mapping) or name not in node.entries:
            break
        position, node = node.positions.get(name, position), node.entries[name]
    return position


def from_python(value, position: Position, key: str, report: Report) -> Node:
    """The nodes of a dictionary, a list, a number (NumPy's too) or a text, all at one position."""
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


def to_python(node: Node | None):
    """The data of a node, without positions; ``None`` for what was refused."""
    if isinstance(node, Mapping):
        return {name: to_python(inner) for name, inner in node.entries.items()}
    if isinstance(node, Sequence):
        return [to_python(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else None
