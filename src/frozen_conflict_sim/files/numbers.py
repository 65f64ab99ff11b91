"""Specs of numbers: whole numbers and numbers within bounds, the two numbers of a distribution, lists of numbers."""

from __future__ import annotations

from dataclasses import dataclass

from .json_schema import sentence
from .nodes import Broken, Node, Sequence
from .problems import Report
from .specs import Parsed, scalar

MOST_CHOICES = 10_000


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds, with a unit."""

    low: int
    high: int
    unit: str
    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read a whole number within the bounds."""
        expected = f"a whole number from {self.low} to {self.high} ({self.unit})"
        found = scalar(node, key, report, expected, int)
        if found and not self.low <= found.data <= self.high:
            report.add(node.position, key, f"expected {expected}, found {found.data}")
            return None
        return found

    def schema(self, definitions: dict) -> dict:
        """A whole number within the bounds."""
        description = f"{sentence(self.description)}\n\n{self.low} to {self.high} ({self.unit})."
        return {"description": description, "type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Number:
    """A number within bounds, with a unit; without one, its JSON Schema does not describe the bounds."""

    low: float
    high: float
    unit: str
    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read a number within the bounds, as a float."""
        expected = f"{self.low:g} to {self.high:g} ({self.unit})"
        found = scalar(node, key, report, f"a number, {expected}", (int, float))
        if found and not self.low <= found.data <= self.high:
            report.add(node.position, key, f"expected {expected}, found {node}")
            return None
        return found and Parsed(float(found.data), found.position)

    def schema(self, definitions: dict) -> dict:
        """A number within the bounds."""
        bounds = f"\n\n{self.low:g} to {self.high:g} ({self.unit})." if self.unit else ""
        return {"description": f"{sentence(self.description)}{bounds}", **self.bounded}

    @property
    def bounded(self) -> dict:
        """The bounds alone, as JSON Schema."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Pair:
    """The two numbers of a distribution: a middle within its bounds, and a spread above 0."""

    middle: Number
    spread: Number
    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read the two numbers as a tuple."""
        if isinstance(node, Broken):
            return None
        names = self.middle.description, self.spread.description
        if not isinstance(node, Sequence) or len(node.items) != 2:
            report.add(node.position, key, f"expected two numbers, [{', '.join(names)}], found {node}")
            return None
        first, second = node.items
        middle = self.middle.check(first, f"{key}[{names[0]}]", report)
        spread = self.spread.check(second, f"{key}[{names[1]}]", report)
        if spread and spread.data <= 0:
            report.add(second.position, f"{key}[{names[1]}]", f"expected a spread above 0, found {second}")
            return None
        return Parsed((middle.data, spread.data), node.position) if middle and spread else None

    def schema(self, definitions: dict) -> dict:
        """A list of exactly these two numbers."""
        return {
            "description": sentence(f"{self.description}, [{self.middle.description}, {self.spread.description}]"),
            "type": "array",
            "prefixItems": [self.middle.bounded, self.spread.bounded | {"exclusiveMinimum": 0}],
            "minItems": 2,
            "maxItems": 2,
        }


@dataclass(frozen=True)
class Choices:
    """A list of numbers, each within the same bounds."""

    number: Number
    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read the numbers as a tuple."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence) or not 1 <= len(node.items) <= MOST_CHOICES:
            report.add(node.position, key, f"expected a list of 1 to {MOST_CHOICES:,} numbers, found {node}")
            return None
        read = [self.number.check(item, f"{key}[{place}]", report) for place, item in enumerate(node.items, 1)]
        return Parsed(tuple(found.data for found in read), node.position) if all(read) else None

    def schema(self, definitions: dict) -> dict:
        """A list of numbers within the bounds."""
        return {
            "description": sentence(self.description),
            "type": "array",
            "items": self.number.bounded,
            "minItems": 1,
            "maxItems": MOST_CHOICES,
        }
