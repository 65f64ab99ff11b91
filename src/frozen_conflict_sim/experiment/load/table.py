"""Tables of points: CSV files with dotted keys in the first line, then a point a line."""

from __future__ import annotations

import re
from pathlib import Path

from ...files.nodes import Scalar
from ...files.parser import read_text
from ...files.problems import InputError, Position, Report, nearest
from ...files.scalars import NotANumber, meaning
from ...politics import examples
from .keys import Keys
from .values import SingleValue

LARGEST = 64 << 20
_QUOTED = re.compile(r'"[^"]*[;\t|][^"]*"')
_DECIMAL_COMMA = re.compile(r"\d,\d")
_CELL = re.compile(r'[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^,]*))(,|$)')


def read_table(path: Path, position: Position, key: str, keys: Keys, report: Report) -> dict[str, tuple]:
    """Read the columns of a table of points; every problem is reported with its line and column."""
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no file, but a device" if path.exists() else ""
        report.add(position, key, f"{path} is {found}; name a CSV file" if found else f"there is no file {path}")
        return {}
    try:
        lines = read_text(path, largest=LARGEST).splitlines()
    except InputError as error:
        report.problems += error.problems
        return {}
    if hint := _separated_otherwise(lines):
        report.add(Position(str(path), 1, 1), "", hint)
        return {}
    head = _cells(lines[0], Position(str(path), 1, 1)) if lines else []
    if not any(line.strip() for line in lines[1:]):
        message = "expected dotted keys in the first line and a point in each further one, found no point"
        report.add(Position(str(path), 1, 1), "", message)
        return {}
    return _columns(head, lines[1:], str(path), keys, report)


def _separated_otherwise(lines: list[str]) -> str:
    """What to do about a table whose cells are separated by something else than commas; empty if they are not."""
    for mark, name in ((";", "';'"), ("\t", "tabs"), ("|", "'|'")):
        if lines and mark in lines[0] and not _QUOTED.search(lines[0]):
            comma = " and decimal commas" if any(_DECIMAL_COMMA.search(line) for line in lines[1:]) else ""
            return f"the cells are separated by {name}{comma}; save the table with cells separated by ',' and decimal points"
    return ""


def _columns(head: list[Scalar], lines: list[str], file: str, keys: Keys, report: Report) -> dict[str, tuple]:
    columns: dict[str, list] = {}
    if not any(cell.value in keys.addresses or nearest(cell.value, keys.addresses.targets) for cell in head):
        # What the file holds instead is nobody's business.
        message = f"expected dotted keys in the first line, such as {examples.PARAMETER}; none of its cells is like one"
        report.add(head[0].position, "", message)
        return {}
    for cell in head:
        target = keys.target(cell.value, cell.value, cell.position, report)
        if target and target.key in columns:
            report.add(cell.position, cell.value, "there are two columns of this name; keep one of them")
        elif target:
            columns[target.key] = []
    if len(columns) < len(head):
        return {}
    ones = [SingleValue(keys.addresses[name], keys.scenario) for name in columns]
    for number, line in enumerate(lines, 2):
        cells = _cells(line, Position(file, number, 1)) if line.strip() else []
        if cells and len(cells) != len(head):
            found = f"{len(head)} cell{'s' * (len(head) != 1)}, as in the first line, found {len(cells)}"
            comma = "; a decimal number has a point" if len(cells) > len(head) and _DECIMAL_COMMA.search(line) else ""
            report.add(cells[0].position, "", f"expected {found}{comma}")
            continue
        for cell, name, one in zip(cells, columns, ones):
            found = one.check(_meant(cell), name, report)
            columns[name].append(found and found.data)
    return {name: tuple(values) for name, values in columns.items()}


def _meant(cell: Scalar) -> Scalar:
    try:
        return Scalar(cell.position, meaning(cell.value))
    except NotANumber:
        return cell


def _cells(line: str, position: Position) -> list[Scalar]:
    cells, at = [], 0
    while at <= len(line):
        found = _CELL.match(line, at)
        quoted, plain, end = found.groups() if found else (None, line[at:], "")
        text = quoted.replace('""', '"') if quoted is not None else plain.strip()
        cells.append(Scalar(Position(position.file, position.line, at + 1), text))
        if not end:
            break
        at = found.end()
    return cells
