"""From text to nodes with positions, refusing what nobody needs here: tags, anchors, aliases, several documents."""

from __future__ import annotations

import yaml

from .nodes import Broken, Mapping, Node, Scalar, Sequence
from .problems import Mark, Problem, Report, ScenarioError
from .read_text import CONTROL
from .scalars import NotANumber, meaning

DEEPEST = 32
MOST_NODES = 20_000


def parse(text: str, file: str, report: Report, layer: int = 0) -> Node | None:
    """The nodes of a text, or ``None`` where it is empty. What cannot be read at all is raised, the rest reported."""
    return _Reader(text, file, report, layer).read()


class _Reader:
    def __init__(self, text: str, file: str, report: Report, layer: int):
        self.file, self.report, self.layer = file, report, layer
        self.loader = yaml.SafeLoader(text)
        self.nodes = 0

    def read(self) -> Node | None:
        self._next(yaml.StreamStartEvent)
        if self._peek(yaml.StreamEndEvent):
            return None
        self._next(yaml.DocumentStartEvent)
        node = self._node("", 0)
        self._next(yaml.DocumentEndEvent)
        if not self._peek(yaml.StreamEndEvent):
            self._say(self._next(), "", "a second document starts here; a file holds one, so delete the line '---'")
        return None if isinstance(node, Scalar) and node.value is None else node

    def _next(self, *_):
        return self._guarded(self.loader.get_event)

    def _peek(self, kind) -> bool:
        return self._guarded(self.loader.check_event, kind)

    def _guarded(self, step, *given):
        try:
            return step(*given)
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark or error.context_mark or self.loader.get_mark()
            self._stop(at, f"this is not YAML: {_explained(error)}")
        except (yaml.YAMLError, ValueError, OverflowError):
            self._stop(self.loader.get_mark(), "this is not YAML: an escape or a directive that means nothing")

    def _mark(self, mark) -> Mark:
        return Mark(self.file, mark.line + 1, mark.column + 1, self.layer)

    def _say(self, event, key: str, message: str) -> None:
        self.report.add(self._mark(event.start_mark), key, message)

    def _stop(self, mark, message: str):
        raise ScenarioError([*self.report.problems, Problem(self._mark(mark), "", message)])

    def _node(self, key: str, depth: int) -> Node:
        event = self._next()
        mark = self._mark(event.start_mark)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._stop(event.start_mark, f"more than {MOST_NODES} entries; what belongs here is much smaller")
        if depth > DEEPEST:
            self._stop(event.start_mark, f"nested more than {DEEPEST} levels deep; what belongs here is much flatter")
        if isinstance(event, yaml.AliasEvent):
            self._say(event, key, f"found the alias *{event.anchor}; write the value out (scenarios share with 'extends')")
            return Broken(mark)
        if event.anchor:
            self._say(event, key, f"found the anchor &{event.anchor}; write the value out (scenarios share with 'extends')")
        node = self._inside(event, mark, key, depth)
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._say(event, key, f"found the tag {tag!r}; only plain values can stand here, so delete the tag")
            return Broken(mark)
        return node

    def _inside(self, event, mark: Mark, key: str, depth: int) -> Node:
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(mark, key, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not self._peek(yaml.SequenceEndEvent):
                items.append(self._node(f"{key}[{len(items) + 1}]", depth + 1))
            self._next()
            return Sequence(mark, tuple(items))
        return self._scalar(event, mark, key)

    def _scalar(self, event, mark: Mark, key: str) -> Node:
        if event.style is not None:
            found = CONTROL.search(event.value)
            if not found:
                return Scalar(mark, event.value)
            self._say(event, key, f"found the control character U+{ord(found[0]):04X}, written as an escape; delete it")
            return Broken(mark)
        try:
            return Scalar(mark, meaning(event.value))
        except NotANumber as problem:
            self._say(event, key, str(problem))
            return Broken(mark)

    def _mapping(self, mark: Mark, key: str, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        marks: dict[str, Mark] = {}
        while not self._peek(yaml.MappingEndEvent):
            name = self._node(key, depth + 1)
            word = name.value if isinstance(name, Scalar) else None
            inner = f"{key}.{word}" if key else f"{word}"
            node = self._node(inner, depth + 1)
            if not isinstance(word, str):
                if not isinstance(name, Broken):
                    self.report.add(name.mark, key, f"expected a word as a key, found {name}")
            elif word in entries:
                self.report.add(
                    name.mark, inner, f"this key stands here twice, first on line {marks[word].line}; keep one of them"
                )
            else:
                entries[word], marks[word] = node, name.mark
        self._next()
        return Mapping(mark, entries, marks)


def _explained(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "it cannot be read"
    if "'\\t'" in problem:
        return "found a tab; indent with spaces"
    if "mapping values are not allowed" in problem:
        return "found a ':' where none can stand; put texts that contain ': ' in quotes, and check the indentation"
    if "could not find expected ':'" in problem:
        return "expected ':' after a key; check this line and the one before"
    return problem
