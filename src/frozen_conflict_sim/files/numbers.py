"""Specs of numbers: whole numbers and numbers within bounds, the two numbers of a distribution, lists of numbers.

A date may be a number too (the decimal year in which its quarter begins), and so may true (1) and false (0).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .dates import in_year, written
from .json_schema import sentence
from .nodes import Broken, Node, Scalar, Sequence
from .problems import Report
from .specs import Date, Flag, Parsed, scalar
from .writer import number_of

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
        if isinstance(node, Scalar) and isinstance(node.value, float) and node.value.is_integer():
            node = Scalar(node.position, int(node.value))
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
    laws = "from", "normal", "lognormal", "choices"

    @property
    def expected(self) -> str:
        """What is expected, for messages."""
        return f"a number, {self.low:g} to {self.high:g} ({self.unit})"

    def called(self, description: str) -> Number:
        """The same spec with another description."""
        return replace(self, description=description)

    def written(self, number: float):
        """A number as files write it: a whole float without its point."""
        return number_of(float(number))

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
class DateNumber:
    """A date within bounds, as the decimal year in which its quarter begins."""

    low: float
    high: float
    description: str
    laws = "from", "choices"

    @property
    def expected(self) -> str:
        """What is expected, for messages."""
        return f"a date, {self.written(self.low)} to {self.written(self.high)}"

    def called(self, description: str) -> DateNumber:
        """The same spec with another description."""
        return replace(self, description=description)

    def written(self, number: float) -> str:
        """A number as a date.

        >>> DateNumber(2014.0, 2016.75, "a date").written(2014.25)
        '2014-Q2'
        """
        return in_year(number)

    def check(self, node: Node, key: str, report: Report):
        """Read a date as a number."""
        found = Date(self.description).check(node, key, report)
        if not found:
            return None
        number = found.data[0] + (found.data[1] - 1) / 4.0
        if not self.low <= number <= self.high:
            report.add(node.position, key, f"expected {self.expected}, found {written(found.data)}")
            return None
        return Parsed(number, found.position)

    def between(self, low: float, high: float) -> tuple[float, ...]:
        """All quarters from one to another."""
        return tuple(low + quarter / 4.0 for quarter in range(int((high - low) * 4) + 1))

    def schema(self, definitions: dict) -> dict:
        """A text that looks like a date."""
        return Date(self.description).schema(definitions)

    @property
    def bounded(self) -> dict:
        """The form alone, as JSON Schema."""
        return {name: part for name, part in self.schema({}).items() if name != "description"}


@dataclass(frozen=True)
class FlagNumber:
    """True or false, as 1 or 0."""

    description: str
    laws = ("choices",)
    expected = "true or false"

    def called(self, description: str) -> FlagNumber:
        """The same spec with another description."""
        return replace(self, description=description)

    def written(self, number: float) -> bool:
        """A number as true or false."""
        return number > 0.5

    def check(self, node: Node, key: str, report: Report):
        """Read true or false as a number."""
        found = Flag(self.description).check(node, key, report)
        return found and Parsed(float(found.data), found.position)

    def schema(self, definitions: dict) -> dict:
        """True or false."""
        return Flag(self.description).schema(definitions)

    @property
    def bounded(self) -> dict:
        """The form alone, as JSON Schema."""
        return {"type": "boolean"}


NumberSpec = Number | DateNumber | FlagNumber


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

    number: NumberSpec
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
