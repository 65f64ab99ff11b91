"""``extends``: the chain of files from which a scenario differs."""

from __future__ import annotations

import os
from pathlib import Path

from .files import read_text
from .nodes import Mapping, Scalar
from .problems import Mark, Problem, Report, ScenarioError
from .shipped import locate
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
