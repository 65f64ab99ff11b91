"""What may stand in a scenario file, as objects that check nodes: texts, switches, whole numbers, dates, lists.

A check returns what it read, as :class:`Found` leaves in nested dictionaries, and reports everything it cannot read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..scenario.hover import sentence
from .dates import EXPECTED, PATTERN, quarter
from .nodes import Broken, Node, Scalar, Sequence, described
from .problems import Mark, Report, listed, nearest


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was read, and where it stands."""

    data: object
    mark: Mark


class Spec(Protocol):
    """Something that may stand in a file."""

    says: str

    def check(self, node: Node, key: str, report: Report):
        """Read a node; report what is wrong with it and return ``None`` then."""

    def json_schema(self, shared: dict) -> dict | bool:
        """The same for editors, as JSON Schema; parts that stand in many places are put into ``shared``."""


def scalar(node: Node, key: str, report: Report, expected: str, kinds: type | tuple) -> Found | None:
    """A scalar of one of the given types, or a report of what was found instead."""
    if isinstance(node, Broken):
        return None
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, kinds) and (not isinstance(value, bool) or kinds is bool):
        return Found(value, node.mark)
    report.add(node.mark, key, f"expected {expected}, found {node}")
    return None


@dataclass(frozen=True)
class Text:
    """A sentence or a name."""

    says: str

    def check(self, node: Node, key: str, report: Report):
        """Read a text; a number or true/false must be quoted to be one."""
        hint = "" if not isinstance(node, Scalar) or node.value is None else " (put it in quotes if it is meant as text)"
        found = scalar(node, key, report, f"a text{hint}", str)
        if found and not found.data.strip():
            report.add(node.mark, key, "expected a text, found an empty one")
            return None
        return found

    def json_schema(self, shared: dict) -> dict:
        """A text that is not blank."""
        return {"description": sentence(self.says), "type": "string", "pattern": r"\S"}


@dataclass(frozen=True)
class Texts(Text):
    """A text, or a list of texts."""

    def check(self, node: Node, key: str, report: Report):
        """Read one text or several."""
        items = node.items if isinstance(node, Sequence) and node.items else (node,)
        read = [super(Texts, self).check(item, key, report) for item in items]
        return None if None in read else Found(tuple(found.data for found in read), node.mark)

    def json_schema(self, shared: dict) -> dict:
        """A text that is not blank, or a list of such."""
        one = {"type": "string", "pattern": r"\S"}
        return {"description": sentence(self.says), "anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    says: str

    def check(self, node: Node, key: str, report: Report):
        """Read ``true`` or ``false``."""
        return scalar(node, key, report, "true or false", bool)

    def json_schema(self, shared: dict) -> dict:
        """``true`` or ``false``."""
        return {"description": sentence(self.says), "type": "boolean"}


@dataclass(frozen=True)
class Whole:
    """A whole number with a unit."""

    low: int
    high: int
    unit: str
    says: str

    def check(self, node: Node, key: str, report: Report):
        """Read a whole number within the bounds."""
        expected = f"a whole number from {self.low} to {self.high} ({self.unit})"
        found = scalar(node, key, report, expected, int)
        if found and not self.low <= found.data <= self.high:
            report.add(node.mark, key, f"expected {expected}, found {found.data}")
            return None
        return found

    def json_schema(self, shared: dict) -> dict:
        """A whole number within the bounds."""
        description = f"{sentence(self.says)}\n\n{self.low} to {self.high} ({self.unit})."
        return {"description": description, "type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Date:
    """A quarter of a year."""

    says: str

    def check(self, node: Node, key: str, report: Report):
        """Read a date as (year, quarter)."""
        if isinstance(node, Scalar) and type(node.value) is int:
            report.add(node.mark, key, f"expected {EXPECTED}, found {node.value}; a year's first quarter is {node.value}-Q1")
            return None
        found = scalar(node, key, report, EXPECTED, str)
        if not found:
            return None
        when = quarter(found.data)
        if when is None:
            report.add(node.mark, key, f"expected {EXPECTED}, found {described(found.data)}")
            return None
        return Found(when, found.mark)

    def json_schema(self, shared: dict) -> dict:
        """A text that looks like a date."""
        description = f"{sentence(self.says)}\n\n{sentence(EXPECTED)}"
        return {"description": description, "type": "string", "pattern": f"^({PATTERN})$"}


@dataclass(frozen=True)
class ListOf:
    """A list of words out of some that are known."""

    known: tuple[str, ...]
    says: str

    def check(self, node: Node, key: str, report: Report):
        """Read a list of known words, each at most once."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence):
            report.add(node.mark, key, f"expected a list such as [{listed(self.known, 2)}], found {node}")
            return None
        words = []
        for item in node.items:
            found = scalar(item, key, report, f"one of {listed(self.known)}", str)
            if found and found.data not in self.known:
                hint = nearest(found.data, self.known) or f"; known are {listed(self.known)}"
                report.add(item.mark, key, f"{found.data!r} is nothing that can stand here{hint}")
            elif found and found.data not in words:
                words.append(found.data)
        return Found(tuple(words), node.mark)

    def json_schema(self, shared: dict) -> dict:
        """A list of the known words."""
        return {"description": sentence(self.says), "type": ["array", "null"], "items": {"enum": list(self.known)}}


@dataclass(frozen=True)
class Refused:
    """A key that is known but may not stand here, with the reason."""

    says: str

    def check(self, node: Node, key: str, report: Report):
        """Say why."""
        report.add(node.mark, key, self.says)

    def json_schema(self, shared: dict) -> bool:
        """Nothing may stand here."""
        return False
