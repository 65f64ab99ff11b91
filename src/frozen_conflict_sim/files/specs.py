"""Specs of what a file may contain: texts, true or false, one of several words, dates, lists of words.

A spec checks a node and gives its own JSON Schema. A check returns what it read, as :class:`Parsed` leaves in nested
dictionaries, and reports everything that it cannot read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .dates import EXPECTED, PATTERN, quarter
from .json_schema import defined, sentence
from .nodes import Broken, Node, Scalar, Sequence, described
from .problems import Position, Report, listed, nearest
from .scalars import decimal_comma


@dataclass(frozen=True, slots=True)
class Parsed:
    """Data that were read, and their position."""

    data: object
    position: Position


class Spec(Protocol):
    """What a file may contain in some place."""

    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read a node; report what is wrong with it, and return ``None`` then."""

    def schema(self, definitions: dict) -> dict | bool:
        """The same as JSON Schema, for editors; parts that are used in many places are put into ``definitions``."""


def scalar(node: Node, key: str, report: Report, expected: str, kinds: type | tuple) -> Parsed | None:
    """A scalar of one of the given types; anything else is reported."""
    if isinstance(node, Broken):
        return None
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, kinds) and (not isinstance(value, bool) or kinds is bool):
        return Parsed(value, node.position)
    comma = decimal_comma(value) if float in (kinds if isinstance(kinds, tuple) else (kinds,)) else ""
    report.add(node.position, key, f"expected {expected}, found {node}{comma}")
    return None


@dataclass(frozen=True)
class Text:
    """A text that is not blank."""

    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read a text; a number or true/false must be quoted to be one."""
        hint = "" if not isinstance(node, Scalar) or node.value is None else " (put it in quotes if it is meant as text)"
        found = scalar(node, key, report, f"a text{hint}", str)
        if found and not found.data.strip():
            report.add(node.position, key, "expected a text, found an empty one")
            return None
        return found

    def schema(self, definitions: dict) -> dict:
        """A text that is not blank."""
        return {"description": sentence(self.description), "type": "string", "pattern": r"\S"}


@dataclass(frozen=True)
class Texts(Text):
    """A text, or a list of texts; ``suggested`` are some that editors complete."""

    suggested: tuple[str, ...] = ()

    def check(self, node: Node, key: str, report: Report):
        """Read one text or several, as a tuple."""
        items = node.items if isinstance(node, Sequence) and node.items else (node,)
        read = [super(Texts, self).check(item, key, report) for item in items]
        return None if None in read else Parsed(tuple(found.data for found in read), node.position)

    def schema(self, definitions: dict) -> dict:
        """A text that is not blank, or a list of such."""
        text = {"type": "string", "pattern": r"\S"}
        one = [{"enum": [*self.suggested]}, text] if self.suggested else [text]
        return {
            "description": sentence(self.description),
            "anyOf": [*one, {"type": "array", "items": {"anyOf": one}, "minItems": 1}],
        }


@dataclass(frozen=True)
class Flag:
    """True or false."""

    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read ``true`` or ``false``."""
        return scalar(node, key, report, "true or false", bool)

    def schema(self, definitions: dict) -> dict:
        """``true`` or ``false``."""
        return {"description": sentence(self.description), "type": "boolean"}


@dataclass(frozen=True)
class OneOf:
    """One of several words."""

    options: tuple[str, ...]
    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read one of the words."""
        expected = f"one of {listed(self.options)}"
        found = scalar(node, key, report, expected, str)
        if found and found.data not in self.options:
            hint = nearest(found.data, self.options)
            report.add(node.position, key, f"expected {expected}, found {found.data!r}{hint}")
            return None
        return found

    def schema(self, definitions: dict) -> dict:
        """One of the words."""
        return {"description": sentence(self.description), "enum": list(self.options)}


@dataclass(frozen=True)
class ListOf:
    """A list of known words, each at most once."""

    known: tuple[str, ...]
    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read the words as a tuple."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence):
            report.add(node.position, key, f"expected a list such as [{listed(self.known, 2)}], found {node}")
            return None
        words = []
        for item in node.items:
            found = scalar(item, key, report, f"one of {listed(self.known)}", str)
            if found and found.data not in self.known:
                hint = nearest(found.data, self.known) or f"; known are {listed(self.known)}"
                report.add(item.position, key, f"{found.data!r} is not one of the words that this list may have{hint}")
            elif found and found.data not in words:
                words.append(found.data)
        return Parsed(tuple(words), node.position)

    def schema(self, definitions: dict) -> dict:
        """A list of the known words."""
        return {"description": sentence(self.description), "type": ["array", "null"], "items": {"enum": list(self.known)}}


@dataclass(frozen=True)
class Date:
    """A date, to the quarter."""

    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read a date as (year, quarter)."""
        if isinstance(node, Scalar) and type(node.value) is int:
            hint = f"found {node.value}; a year's first quarter is {node.value}-Q1"
            report.add(node.position, key, f"expected {EXPECTED}, {hint}")
            return None
        found = scalar(node, key, report, EXPECTED, str)
        if not found:
            return None
        when = quarter(found.data)
        if when is None:
            report.add(node.position, key, f"expected {EXPECTED}, found {described(found.data)}")
            return None
        return Parsed(when, found.position)

    def schema(self, definitions: dict) -> dict:
        """A text that looks like a date."""
        description = f"{sentence(self.description)}\n\n{sentence(EXPECTED)}"
        return {"description": description, "type": "string", "pattern": f"^({PATTERN})$"}


@dataclass(frozen=True)
class Refused:
    """A key that is known elsewhere but not allowed here; ``description`` is the reason."""

    description: str

    def check(self, node: Node, key: str, report: Report):
        """Report the reason."""
        report.add(node.position, key, self.description)

    def schema(self, definitions: dict) -> bool:
        """Nothing is allowed here."""
        return False


@dataclass(frozen=True)
class Shared:
    """A spec that is used in many places: its JSON Schema is written once, under a name."""

    name: str
    spec: Spec

    @property
    def description(self) -> str:
        """The description of the spec."""
        return self.spec.description

    def check(self, node: Node, key: str, report: Report):
        """Check as the spec does."""
        return self.spec.check(node, key, report)

    def schema(self, definitions: dict) -> dict:
        """A reference to the schema of the spec."""
        return defined(self.name, self.spec.schema(definitions), definitions)
