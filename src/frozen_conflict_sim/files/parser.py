"""From a path to text, and from text to nodes with positions.

A file is small, UTF-8 and free of control characters. Tags, anchors, aliases and further documents are refused: values
have no need of them.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import yaml

from .nodes import Broken, Mapping, Node, Scalar, Sequence, is_null
from .problems import InputError, Position, Problem, Report
from .scalars import NotANumber, decimal_comma, meaning

LARGEST = 1 << 20
DEEPEST = 32
MOST_NODES = 20_000
# libyaml is five times as quick. Python's reader tells what is wrong, and reads what they would read, or place, otherwise.
QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
READ_OTHERWISE = re.compile("[\t?\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def read_text(path: Path, layer: int = 0, largest: int = LARGEST) -> str:
    """The text of a file. Raises :class:`InputError` for anything but a UTF-8 file of at most ``largest`` bytes."""
    file = str(path)

    def refuse(message: str, line: int = 0, column: int = 0):
        raise InputError([Problem(Position(file, line, column, layer), "", message)])

    kind, raw = 0, b""
    try:
        kind = os.stat(path).st_mode
        if stat.S_ISREG(kind):
            with open(path, "rb") as handle:
                raw = handle.read(largest + 1)
    except (OSError, ValueError) as error:
        refuse(f"the file cannot be read: {getattr(error, 'strerror', None) or error}")
    if not stat.S_ISREG(kind):
        refuse(f"expected a file, found {'a folder; name a file in it' if stat.S_ISDIR(kind) else 'a device'}")
    if len(raw) > largest:
        refuse(f"the file is larger than {largest >> 20} MiB; only values belong here, so it must hold something else")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        refuse("expected UTF-8, found UTF-16; save the file as UTF-8", 1, 1)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig", "replace")
        message = f"expected UTF-8, found the byte 0x{error.object[error.start]:02x}; save the file as UTF-8"
        refuse(message, *_line_and_column(before, len(before)))
    found = CONTROL.search(text)
    if found:
        refuse(f"found the control character U+{ord(found[0]):04X}; delete it", *_line_and_column(text, found.start()))
    return text


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def parse(text: str, file: str, report: Report, layer: int = 0) -> Node | None:
    """The nodes of a text; ``None`` if it is empty. Raises :class:`InputError` for what is not YAML, and reports the rest."""
    node, problems, stopped = _parsed(text, file, layer)
    for problem in problems:
        report.add(problem.position, problem.key, problem.message)
    if stopped:
        raise InputError(report.problems)
    return node


@lru_cache(maxsize=16)
def _parsed(text: str, file: str, layer: int) -> tuple[Node | None, tuple[Problem, ...], bool]:
    """The nodes of a text, its problems, and whether it could not be read to its end; kept for the last few texts."""
    if not READ_OTHERWISE.search(text):
        quick = _Parser(QUICK(text), file, report := Report(), layer)
        with suppress(InputError):
            node = quick.document()
            if not report.problems and not quick.empty:
                return node, (), False
    report = Report()
    try:
        node = _Parser(yaml.SafeLoader(text), file, report, layer).document()
    except InputError as error:
        return None, error.problems, True
    return node, tuple(report.problems), False


class _Parser:
    def __init__(self, loader, file: str, report: Report, layer: int):
        self.loader, self.file, self.report, self.layer = loader, file, report, layer
        self.nodes, self.empty = 0, False

    def document(self) -> Node | None:
        self._next(yaml.StreamStartEvent)
        if self._peek(yaml.StreamEndEvent):
            return None
        self._next(yaml.DocumentStartEvent)
        node = self._node("", 0)
        self._next(yaml.DocumentEndEvent)
        if not self._peek(yaml.StreamEndEvent):
            self._refuse(self._next(), "", "a second document starts here; a file holds one, so delete the line '---'")
        return None if isinstance(node, Scalar) and node.value is None else node

    def _next(self, *_):
        return self._guarded(self.loader.get_event)

    def _peek(self, kind) -> bool:
        return self._guarded(self.loader.check_event, kind)

    def _guarded(self, step, *arguments):
        try:
            return step(*arguments)
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark or error.context_mark or self._mark()
            self._stop(at, f"this is not YAML: {_explained(error)}")
        except (yaml.YAMLError, ValueError, OverflowError):
            self._stop(self._mark(), "this is not YAML: an escape or a directive that means nothing")

    def _mark(self) -> yaml.Mark:
        """Where the reader stands; libyaml's does not tell, but what is wrong is told by Python's."""
        return self.loader.get_mark() if hasattr(self.loader, "get_mark") else yaml.Mark(self.file, 0, 0, 0, None, 0)

    def _position(self, mark: yaml.Mark) -> Position:
        return Position(self.file, mark.line + 1, mark.column + 1, self.layer)

    def _refuse(self, event, key: str, message: str) -> None:
        self.report.add(self._position(event.start_mark), key, message)

    def _stop(self, mark: yaml.Mark, message: str):
        raise InputError([*self.report.problems, Problem(self._position(mark), "", message)])

    def _node(self, key: str, depth: int) -> Node:
        event = self._next()
        position = self._position(event.start_mark)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._stop(event.start_mark, f"more than {MOST_NODES} entries; what belongs here is much smaller")
        if depth > DEEPEST:
            self._stop(event.start_mark, f"nested more than {DEEPEST} levels deep; what belongs here is much flatter")
        write_out = "write the value out (scenarios share with 'extends')"
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, key, f"found the alias *{event.anchor}; {write_out}")
            return Broken(position)
        if event.anchor:
            self._refuse(event, key, f"found the anchor &{event.anchor}; {write_out}")
        node = self._content(event, position, key, depth)
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, key, f"found the tag {tag!r}; only plain values belong here, so delete the tag")
            return Broken(position)
        return node

    def _content(self, event, position: Position, key: str, depth: int) -> Node:
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(position, key, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not self._peek(yaml.SequenceEndEvent):
                items.append(self._node(f"{key}[{len(items) + 1}]", depth + 1))
            self._next()
            return Sequence(position, tuple(items))
        return self._scalar(event, position, key)

    def _scalar(self, event, position: Position, key: str) -> Node:
        if event.style:
            found = CONTROL.search(event.value)
            if not found:
                return Scalar(position, event.value)
            message = f"found the control character U+{ord(found[0]):04X}, written as an escape; delete it"
            self._refuse(event, key, message)
            return Broken(position)
        self.empty |= not event.value
        try:
            return Scalar(position, meaning(event.value))
        except NotANumber as problem:
            self._refuse(event, key, str(problem))
            return Broken(position)

    def _mapping(self, position: Position, key: str, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        positions: dict[str, Position] = {}
        node = None
        while not self._peek(yaml.MappingEndEvent):
            before, name = node, self._node(key, depth + 1)
            word = name.value if isinstance(name, Scalar) else None
            inner = f"{key}.{word}" if key else f"{word}"
            node = self._node(inner, depth + 1)
            if not isinstance(word, str):
                if not isinstance(name, Broken):
                    comma = _decimal_comma(before, name, node)
                    self.report.add(name.position, key, f"expected a word as a key, found {name}{comma}")
            elif word in entries:
                first = positions[word].line
                self.report.add(name.position, inner, f"this key is here twice, first on line {first}; keep one of them")
            else:
                entries[word], positions[word] = node, name.position
        self._next()
        return Mapping(position, entries, positions)


def _decimal_comma(before: Node | None, name: Node, node: Node) -> str:
    """A hint if a number, a comma, and a number as the next key are one number with a decimal comma: ``{from: 0,2, to: 1}``."""
    parts = [each.value if isinstance(each, Scalar) else "" for each in (before, name)]
    return decimal_comma(",".join(map(str, parts))) if is_null(node) and all(type(part) is int for part in parts) else ""


def _explained(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "it cannot be read"
    if "'\\t'" in problem:
        return "found a tab; indent with spaces"
    if "mapping values are not allowed" in problem:
        return "found a ':' where none is allowed; put texts that contain ': ' in quotes, and check the indentation"
    if "could not find expected ':'" in problem:
        return "expected ':' after a key; check this line and the one before"
    return problem
