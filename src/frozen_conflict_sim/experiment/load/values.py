"""Specs of what an experiment file may give to a key: one value, the values of a lever, or a distribution."""

from __future__ import annotations

from ...engine.declare.parameter import Category
from ...files.json_schema import defined
from ...files.nodes import Broken, Mapping, Node, Sequence
from ...files.numbers import DateNumber, NumberSpec, Whole
from ...files.problems import Report, listed
from ...files.section import NAME, Section
from ...files.specs import Parsed, scalar
from ...scenario.addresses import Target, options_of
from ...scenario.load import Scenario
from ...scenario.quantities import ONE_FOR_ALL, CategorySpec, QuantitySpec
from ...scenario.schema import declarations
from ..spec import Range

MOST_LEVELS = 1000


class SingleValue:
    """A number within the bounds of what a key addresses, or one of its categories.

    Without a scenario it gives its schema for any scenario, and cannot check.
    """

    label = "value"

    def __init__(self, target: Target, scenario: Scenario | None):
        self.declared, self.description = target.declared, target.declared.meaning
        self.is_category = isinstance(self.declared, Category)
        if self.is_category and scenario:
            self.options = options_of(declarations(), self.declared, scenario)

    @property
    def expected(self) -> str:
        """What is allowed, for messages."""
        return f"one of {listed(self.options)}" if self.is_category else self.number.expected

    @property
    def number(self) -> NumberSpec:
        """The spec of a number."""
        return QuantitySpec(self.declared).number

    @property
    def has_between(self) -> bool:
        """Whether there is something between two values."""
        return not self.is_category and "from" in self.number.laws

    def check(self, node: Node, key: str, report: Report):
        """Read a number or a category."""
        if not self.is_category:
            return self.number.check(node, key, report)
        found = scalar(node, key, report, self.expected, str)
        known = found and CategorySpec(self.declared).known(found, self.options, key, report)
        return known and Parsed(known.data.fixed, known.position)

    def schema(self, definitions: dict) -> dict:
        """The bounds, or the categories; those that a scenario adds can be any name."""
        if not self.is_category:
            return self.number.bounded
        if self.declared.open_to:
            return {"type": "string", "pattern": f"^{NAME.pattern}$"}
        return {"enum": list(self.declared.options)}


class LeverValues:
    """The values of a lever: a list, or a range ``{from, to}`` with or without ``levels``."""

    label = "lever"
    levels = Whole(2, MOST_LEVELS, "values", "how many values, evenly spaced")

    def __init__(self, target: Target, scenario: Scenario | None):
        self.one, self.description = SingleValue(target, scenario), target.declared.meaning

    def check(self, node: Node, key: str, report: Report):
        """Read the values as a tuple, or as a :class:`Range`."""
        if isinstance(node, Sequence):
            return self._list(node, key, report)
        if isinstance(node, Mapping) and self.one.has_between:
            return self._range(node, key, report)
        if not isinstance(node, Broken):
            forms = "a list of values or {from: …, to: …, levels: …}" if self.one.has_between else "a list of values"
            why = "; there is nothing between two words, so list them" if isinstance(node, Mapping) else ""
            report.add(node.position, key, f"expected {forms}, each {self.one.expected}, found {node}{why}")
        return None

    def _list(self, node: Sequence, key: str, report: Report):
        values: list = []
        if not node.items:
            report.add(node.position, key, f"a lever without values compares nothing; list some, each {self.one.expected}")
        for item in node.items:
            found = self.one.check(item, key, report)
            if found and found.data in values:
                report.add(item.position, key, f"{item} is listed twice; keep one of them")
            elif found:
                values.append(found.data)
        return Parsed(tuple(values), node.position) if values and len(values) == len(node.items) else None

    def _range(self, node: Mapping, key: str, report: Report):
        ends = dict.fromkeys(("from", "to"), self.one)
        read = Section("a range", {**ends, "levels": self.levels}, needs=("from", "to")).check(node, key, report)
        if not {"from", "to"} <= set(read) or len(read) < len(node.entries):
            return None
        low, high = read["from"].data, read["to"].data
        if isinstance(self.one.number, DateNumber) and low < high:
            if "levels" in read:
                report.add(
                    node.positions["levels"], f"{key}.levels", "a range of dates is every quarter in it; delete 'levels'"
                )
                return None
            return Parsed(self.one.number.between(low, high), node.position)
        if self.one.declared.common and "levels" not in read:
            report.add(node.position, key, f"{ONE_FOR_ALL}, or say how many levels")
            return None
        if low >= high:
            ends = self.one.number.written(low), self.one.number.written(high)
            report.add(
                node.entries["from"].position, f"{key}.from", f"{ends[0]} is not below 'to', {ends[1]}; exchange the two"
            )
            return None
        return Parsed(Range(low, high, read["levels"].data if "levels" in read else None), node.position)

    def schema(self, definitions: dict) -> dict:
        """A list of values, or a range of numbers."""
        value = self.one.schema(definitions)
        values = {"type": "array", "items": value, "minItems": 1, "uniqueItems": True}
        if not self.one.has_between:
            return values
        ends = {"from": value, "to": value, "levels": self.levels.schema(definitions)}
        is_range = {"properties": ends, "required": ["from", "to"], "additionalProperties": False}
        either = {"type": ["array", "object"], "if": {"type": "object"}, "then": is_range}
        return defined(QuantitySpec(self.one.declared).bounds_name("values"), values | either, definitions)


class Distribution:
    """A distribution, written as in a scenario."""

    label = "uncertain"

    def __init__(self, target: Target, scenario: Scenario | None):
        self.one, self.declared, self.description = SingleValue(target, scenario), target.declared, target.declared.meaning

    def check(self, node: Node, key: str, report: Report):
        """Read a distribution as a :class:`~frozen_conflict_sim.engine.setting.Value`."""
        if self.one.is_category:
            report.add(node.position, key, f"there is nothing between two words; make it a lever: [{listed(self.one.options)}]")
            return None
        if not isinstance(node, Mapping):
            if not isinstance(node, Broken):
                shapes = QuantitySpec(self.declared).examples(fixed=False)
                report.add(
                    node.position, key, f"expected a distribution, {shapes}, found {node}; a lever takes a list of values"
                )
            return None
        found = QuantitySpec(self.declared).check(node, key, report)
        if found and (found.data.law == "fixed" or len(set(found.data.numbers)) == 1):
            report.add(node.position, key, "one number is not uncertain; set it with compare_with, or in the scenario")
            return None
        return found

    def schema(self, definitions: dict) -> dict | None:
        """The forms of a distribution; ``None`` for a category, which has none."""
        if self.one.is_category:
            return None
        not_fixed = {"type": "object", "not": {"type": "object", "required": ["value"]}}
        return QuantitySpec(self.declared).form_schema(definitions) | not_fixed
