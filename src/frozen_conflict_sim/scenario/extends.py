"""``extends``: the files from which a scenario differs, one or several, each of which may differ from others again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..files.nodes import Mapping, Node, Scalar, Sequence
from ..files.parser import parse
from ..files.problems import InputError, Position, Problem, Report, placed
from ..files.read_text import read_text
from .merging import Layers
from .shipped import locate

LONGEST_CHAIN, MOST_FILES = 16, 64


def read_layers(path: Path, report: Report) -> Layers:
    """The file and everything it extends, nearest first; of several bases the last is the nearest."""
    return _Reading(report).layers(path)


@dataclass
class _Reading:
    report: Report
    files: int = 0

    def layers(self, path: Path, below: tuple[Path, ...] = (), position: Position | None = None) -> Layers:
        self._refuse_endless(path, below, position)
        root = self._root(path, position)
        own = root.without("extends") if not below else root.without("extends", "verified")
        bases = self._bases(root.entries.get("extends"), path)
        read = [self.layers(base, (*below, path), said) for base, said in reversed(bases)]
        return (own, *read) if len(read) > 1 else (own, *sum(read, ()))

    def _refuse_endless(self, path: Path, below: tuple[Path, ...], position: Position | None) -> None:
        seen = [number for number, file in enumerate(below) if _same(file, path)]
        if seen or len(below) == LONGEST_CHAIN:
            loop = " → ".join(file.name for file in [*below[seen[0] if seen else 0 :], path])
            problem = "these files extend each other in a circle" if seen else f"more than {LONGEST_CHAIN} files in a row"
            self._refuse(position, f"{problem}: {loop}")
        if self.files == MOST_FILES:
            self._refuse(position, f"more than {MOST_FILES} files stand behind this scenario; put some of them together")

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
        root = parse(text, str(path), self.report, layer)
        if isinstance(root, Mapping):
            return root
        found = "nothing: the file is empty" if root is None else f"{root}"
        message = f"expected a scenario (title, start, turns, patron, …), found {found}"
        raise InputError(
            [*self.report.problems, Problem(root.position if root else Position(str(path), 1, 1, layer), "", message)]
        )

    def _refuse(self, position: Position | None, message: str) -> None:
        raise InputError([*self.report.problems, Problem(position, "extends", message)])


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
