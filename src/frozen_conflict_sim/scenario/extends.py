"""``extends``: a scenario states only what differs. Maps merge, policies and events merge by name, null removes."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from .events import EventList, name_of, removes
from .files import read_text
from .nodes import Broken, Mapping, Node, Scalar, Sequence, is_null
from .problems import Mark, Problem, Report, ScenarioError, nearest
from .section import Section
from .shipped import locate
from .spec import Spec
from .text import parse

LONGEST_CHAIN = 16


def read_chain(path: Path, report: Report) -> list[Mapping]:
    """The file and everything it extends, nearest first."""
    chain: list[Mapping] = []
    files: list[Path] = []
    mark = None
    while True:
        seen = [file for file in files if _same(file, path)]
        if seen or len(files) == LONGEST_CHAIN:
            loop = " → ".join(file.name for file in [*files[files.index(seen[0]) if seen else 0 :], path])
            problem = "these files extend each other in a circle" if seen else f"more than {LONGEST_CHAIN} files in a row"
            raise ScenarioError([*report.problems, Problem(mark, "extends", f"{problem}: {loop}")])
        files.append(path)
        root = _root(path, report, len(chain))
        chain.append(root.without("extends") if not chain else root.without("extends", "verified"))
        extends = root.entries.get("extends")
        if extends is None:
            return chain
        if not isinstance(extends, Scalar) or not isinstance(extends.value, str):
            expected = "expected a file (georgia_2014.yaml) or a shipped name (georgia_2014)"
            raise ScenarioError([*report.problems, Problem(extends.mark, "extends", f"{expected}, found {extends}")])
        mark = extends.mark
        path = locate(extends.value, mark=mark, key="extends", beside=path.parent)


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _root(path: Path, report: Report, layer: int) -> Mapping:
    root = parse(read_text(path, layer), str(path), report, layer)
    if isinstance(root, Mapping):
        return root
    found = "nothing: the file is empty" if root is None else f"{root}"
    message = f"expected a scenario (title, start, turns, patron, …), found {found}"
    raise ScenarioError([*report.problems, Problem(root.mark if root else Mark(str(path), 1, 1, layer), "", message)])


@dataclass
class Merge:
    """Merges layers; keeps what was removed, because what refers to it goes with it."""

    report: Report
    removed: dict[str, Mark] = field(default_factory=dict)

    def merge(self, spec: Spec | None, far: Node, near: Node, key: str = "") -> Node:
        """The far layer with what the near layer says differently."""
        if isinstance(spec, Section) and isinstance(far, Mapping) and isinstance(near, Mapping):
            return self._maps(spec, far, near, key)
        if isinstance(spec, EventList) and isinstance(far, Sequence) and isinstance(near, Sequence):
            return self._events(far, near)
        return near

    def _maps(self, spec: Section, far: Mapping, near: Mapping, key: str) -> Mapping:
        entries, marks = dict(far.entries), far.marks | near.marks
        for name, node in near.entries.items():
            dotted = f"{key}.{name}" if key else name
            if not is_null(node):
                self.removed.pop(dotted, None)
                entries[name] = self.merge(spec.inside(name), entries[name], node, dotted) if name in entries else node
            elif name in entries:
                del entries[name]
                self.removed[dotted] = near.marks[name]
            else:
                hint = nearest(name, entries) or "; delete the line"
                self.report.add(near.marks[name], dotted, f"null removes what is inherited, but nothing is inherited{hint}")
                entries[name] = Broken(node.mark)
        return Mapping(near.mark, entries, marks)

    def _events(self, far: Sequence, near: Sequence) -> Sequence:
        items = list(far.items)
        for item in near.items:
            name = name_of(item)
            known = [name_of(other) for other in items]
            if not removes(item):
                place = known.index(name) if name and name in known[: len(far.items)] else len(items)
                items[place : place + 1] = [item]
            elif name in known:
                del items[known.index(name)]
            else:
                message = f"no event of the name {name!r} is inherited, so none can be removed{nearest(name, known)}"
                self.report.add(item.mark, f"events.{name}", message)
        return Sequence(near.mark, tuple(items))
