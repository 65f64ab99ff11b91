"""What a file says, with positions: scalars, maps and lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from .problems import Mark


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number, a word, true or false, or null."""

    mark: Mark
    value: object

    def __str__(self):
        return described(self.value)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A map: keys with their own positions."""

    mark: Mark
    entries: dict[str, Node] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)

    def __str__(self):
        return f"a map with {', '.join(list(self.entries)[:4])}" if self.entries else "an empty map"

    def without(self, *names: str) -> Mapping:
        """The same map without some keys."""
        return Mapping(self.mark, {name: node for name, node in self.entries.items() if name not in names}, self.marks)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    mark: Mark
    items: tuple[Node, ...] = ()

    def __str__(self):
        return f"a list of {len(self.items)}"


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that was refused already; nothing more is said about it."""

    mark: Mark

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


def is_null(node: Node) -> bool:
    """Whether nothing stands there."""
    return isinstance(node, Scalar) and node.value is None


def at(node: Node, path: tuple[str, ...]) -> Node | None:
    """The node at a path of keys, if there is one."""
    for name in path:
        if not isinstance(node, Mapping) or name not in node.entries:
            return None
        node = node.entries[name]
    return node


def mark_at(node: Mapping, path: tuple[str, ...]) -> Mark:
    """The position of the key at a path, or of the innermost key on the way to it that exists."""
    mark = node.mark
    for name in path:
        if not isinstance(node, Mapping) or name not in node.entries:
            break
        mark, node = node.marks.get(name, mark), node.entries[name]
    return mark
