"""``extends``: the files from which a scenario differs, read as layers and merged into one.

A scenario extends one file or several, each of which may extend others again, and states only what differs. Maps merge;
policies and events merge by name; null removes what is inherited. An event that says what it moves replaces the inherited one
of its name; an entry that does not changes only what it says.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from ..files.nodes import Broken, Mapping, Node, Scalar, Sequence, at, holds_no_keys, is_null, sort_of
from ..files.parser import parse, read_text
from ..files.problems import InputError, Position, Problem, Report, nearest, placed
from ..files.section import Section
from ..files.specs import Spec
from .events.spec import EventList, adjusted, adjusts, name_of, removes
from .shipped import locate

LONGEST_CHAIN, MOST_FILES = 16, 64
ALIKE = 0.8  # as close as abkhasia and abkhazia, or Crimae and Crimea, and closer than north and south
SAYS_WHAT_IT_IS = ("title", "start", "quarters", "extends")
SAYS_WHO_IT_IS = {"name": "what it is called: name: …", "description": "what it is: description: …"}

Layers = tuple["Mapping | Layers", ...]
"""Files, nearest first. Where a file extends several, each of these, with all that it extends, is one layer."""


def read_layers(path: Path, report: Report) -> tuple[Layers, dict[Path, str]]:
    """The file and all files that it extends, nearest first, and their texts; of several bases the last is the nearest."""
    reader = _LayerReader(report)
    return reader.layers(path), reader.texts


@dataclass
class _LayerReader:
    report: Report
    files: int = 0
    texts: dict[Path, str] = field(default_factory=dict)

    def layers(self, path: Path, below: tuple[Path, ...] = (), position: Position | None = None) -> Layers:
        self._refuse_endless(path, below, position)
        root = self._root(path, position)
        own = root.without("extends") if not below else root.without("extends", "verified")
        bases = self._bases(root.entries.get("extends"), path)
        read = [self.layers(base, (*below, path), named_at) for base, named_at in reversed(bases)]
        return (own, *read) if len(read) > 1 else (own, *sum(read, ()))

    def _refuse_endless(self, path: Path, below: tuple[Path, ...], position: Position | None) -> None:
        seen = [number for number, file in enumerate(below) if _same(file, path)]
        if seen or len(below) == LONGEST_CHAIN:
            loop = " → ".join(file.name for file in [*below[seen[0] if seen else 0 :], path])
            problem = "these files extend each other in a circle" if seen else f"more than {LONGEST_CHAIN} files in a row"
            self._refuse(position, f"{problem}: {loop}")
        if self.files == MOST_FILES:
            self._refuse(position, f"this scenario extends more than {MOST_FILES} files; put some of them together")

    def _bases(self, node: Node | None, path: Path) -> list[tuple[Path, Position]]:
        if node is None:
            return []
        named = node.items if isinstance(node, Sequence) and node.items else (node,)
        for name in named:
            if not isinstance(name, Scalar) or not isinstance(name.value, str):
                expected = "expected a file (georgia_2014.yaml), a shipped name (georgia_2014), or a list of these"
                self._refuse(name.position, f"{expected}, found {name}")
        return [
            (locate(name.value, position=name.position, key="extends", beside=path.parent), name.position) for name in named
        ]

    def _root(self, path: Path, position: Position | None) -> Mapping:
        layer, self.files = self.files, self.files + 1
        try:
            text = read_text(path, layer)
        except InputError as error:
            raise InputError(placed(error.problems, position, "extends")) from None
        self.texts[path] = text
        root = parse(text, str(path), self.report, layer)
        if isinstance(root, Mapping) and {"question", "scenario"} <= root.entries.keys():
            problem = "this is an experiment, not a scenario; the command batch plays it"
            raise InputError([Problem(root.positions["question"], "", problem)])
        foreign = isinstance(root, Mapping) and holds_no_keys(root, SAYS_WHAT_IT_IS)
        if isinstance(root, Mapping) and not foreign:
            return root
        found = "lines that mean something else" if foreign else sort_of(root)
        message = f"expected a scenario (title, start, quarters, patron, …), found {found}"
        where = root.position if root else Position(str(path), 1, 1, layer)
        raise InputError([*(() if foreign else self.report.problems), Problem(where, "", message)])

    def _refuse(self, position: Position | None, message: str) -> None:
        raise InputError([*self.report.problems, Problem(position, "extends", message)])


def _misspelt(says: str, name: str, node: Node, inherited: Iterable[str]) -> str:
    """The question that an entry raises which is called almost like an inherited one; empty if it raises none.

    One that ``says`` what it is itself raises none.
    """
    if not says or not isinstance(node, Mapping) or says in node.entries:
        return ""
    meant = next((other for other in inherited if _alike(name, other)), "")
    return f"adds one beside {meant!r}; did you mean that? A new one that is meant says {SAYS_WHO_IT_IS[says]}" if meant else ""


def _says(entry: Spec | None) -> str:
    """The key by which an entry of a map says what it is itself; empty if it has none."""
    return next((key for key in SAYS_WHO_IT_IS if isinstance(entry, Section) and key in entry.keys), "")


def _alike(name: str, other: str) -> bool:
    """Whether two names differ as a slip of the pen would: in case or separators, or by few letters in each word.

    >>> _alike("crimae", "Crimea"), _alike("south-osetia", "south_ossetia"), _alike("slump in Russia", "slump in Georgia")
    (True, True, False)
    """
    one, two = (re.split(r"[\W_]+", word.casefold()) for word in (name, other))
    if "".join(one) == "".join(two):
        return True
    return len(one) == len(two) and all(SequenceMatcher(None, *words).ratio() >= ALIKE for words in zip(one, two))


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


@dataclass
class Merged:
    """All layers merged: ``root`` is the map, ``removed`` the position at which each key was removed.

    What is inherited and refers to a removed key is dropped with it.
    """

    layers: Layers
    spec: Section
    report: Report
    removed: dict[str, Position] = field(default_factory=dict)

    def __post_init__(self):
        self.root = self._all(self.layers)
        # What one base removes, another may add again.
        self.removed = {key: where for key, where in self.removed.items() if at(self.root, tuple(key.split("."))) is None}

    def inherited(self, position: Position) -> bool:
        """Whether a position is in another layer than the nearest."""
        return position.layer > self.layers[0].position.layer

    def gone(self, dotted: str, position: Position) -> bool:
        """Whether something that is inherited refers to what was removed."""
        return self.inherited(position) and any(f"{dotted}.".startswith(f"{key}.") for key in self.removed)

    def _all(self, layers: Layers) -> Mapping:
        *nearer, root = (self._all(layer) if isinstance(layer, tuple) else layer for layer in layers)
        for layer in reversed(nearer):
            root = self._merge(self.spec, root, layer, "")
        return root

    def _merge(self, spec: Spec | None, far: Node, near: Node, key: str) -> Node:
        if isinstance(spec, Section) and isinstance(far, Mapping) and isinstance(near, Mapping):
            return self._maps(spec, far, near, key)
        if isinstance(spec, EventList) and isinstance(far, Sequence) and isinstance(near, Sequence):
            return self._events(far, near)
        return near

    def _maps(self, spec: Section, far: Mapping, near: Mapping, key: str) -> Mapping:
        entries, positions = dict(far.entries), far.positions | near.positions
        for name, node in near.entries.items():
            dotted = f"{key}.{name}" if key else name
            known = [other for other in entries if other not in spec.keys]
            if name not in entries and (question := _misspelt(_says(spec.each), name, node, known)):
                self.report.add(near.positions[name], dotted, question)
            elif not is_null(node):
                self.removed.pop(dotted, None)
                entries[name] = self._merge(spec.inside(name), entries[name], node, dotted) if name in entries else node
            elif name in entries:
                del entries[name]
                self.removed[dotted] = near.positions[name]
            else:
                if spec.inside(name) is not None:
                    message = f"null removes what is inherited, but nothing is{nearest(name, entries) or '; delete the line'}"
                    self.report.add(near.positions[name], dotted, message)
                entries[name] = Broken(node.position)
        return Mapping(near.position, entries, positions)

    def _events(self, far: Sequence, near: Sequence) -> Sequence:
        inherited = {name_of(item): item for item in far.items}
        added = []
        for item in near.items:
            name = name_of(item)
            if name in inherited and not removes(item) and adjusts(item):
                inherited[name] = adjusted(inherited[name], item)
            elif name not in inherited and not removes(item) and (question := _misspelt("description", name, item, inherited)):
                self.report.add(item.position, f"events.{name}", question)
            elif not removes(item):
                added.append(item)
            elif name in inherited:
                del inherited[name]
            else:
                message = f"no event of the name {name!r} is inherited, so none can be removed{nearest(name, inherited)}"
                self.report.add(item.position, f"events.{name}", message)
        self._refuse_twice(near)
        replaced = {name_of(item) for item in added}
        return Sequence(near.position, (*(item for name, item in inherited.items() if name not in replaced), *added))

    def _refuse_twice(self, near: Sequence) -> None:
        """Report two entries of one file that change the same inherited event."""
        seen: dict[str, int] = {}
        for item in near.items:
            name = name_of(item)
            if name in seen and adjusts(item):
                self.report.add(
                    item.position, f"events.{name}", f"an event on line {seen[name]} has this name; put the two together"
                )
            seen.setdefault(name, item.position.line)
