"""What a study file gives to a key: one value, the values of a lever, or a distribution."""

from __future__ import annotations

from ...engine.declare.parameter import Category
from ...files.nodes import Broken, Mapping, Node, Sequence
from ...files.numbers import Whole
from ...files.problems import Report, listed
from ...files.section import Section
from ...files.specs import Parsed, scalar
from ...scenario.addresses import Target
from ...scenario.load import Scenario
from ...scenario.quantities import EXAMPLES, ONE_FOR_ALL, CategorySpec, QuantitySpec
from ..spec import Range

MOST_LEVELS = 1000


class One:
    """One number within the bounds of what a key addresses, or one of its words."""

    def __init__(self, target: Target, scenario: Scenario):
        self.declared, self.description = target.declared, target.declared.meaning
        self.in_words = isinstance(self.declared, Category)
        if self.in_words:
            further = {"policies": scenario.policies, "factions": scenario.entities["faction"]}.get(self.declared.open_to, ())
            self.options = tuple(dict.fromkeys((*self.declared.options, *further)))

    @property
    def expected(self) -> str:
        """What may stand here, for messages."""
        return f"one of {listed(self.options)}" if self.in_words else f"a number, {self.declared.bounds}"

    def check(self, node: Node, key: str, report: Report):
        """Read a number or a word."""
        if not self.in_words:
            return QuantitySpec(self.declared).number.check(node, key, report)
        found = scalar(node, key, report, self.expected, str)
        known = found and CategorySpec(self.declared).known(found, self.options, key, report)
        return known and Parsed(known.data.fixed, known.position)


class LeverValues:
    """The values of a lever: a list, or a span ``{from, to}`` with or without ``levels``."""

    def __init__(self, target: Target, scenario: Scenario):
        self.one, self.description = One(target, scenario), target.declared.meaning

    def check(self, node: Node, key: str, report: Report):
        """Read the values as a tuple, or as a :class:`Span`."""
        if isinstance(node, Sequence):
            return self._list(node, key, report)
        if isinstance(node, Mapping) and not self.one.in_words:
            return self._span(node, key, report)
        if not isinstance(node, Broken):
            forms = "a list of values" if self.one.in_words else "a list of values or {from: …, to: …, levels: …}"
            why = "; words have no between, so list them" if isinstance(node, Mapping) else ""
            report.add(node.position, key, f"expected {forms}, each {self.one.expected}, found {node}{why}")
        return None

    def _list(self, node: Sequence, key: str, report: Report):
        values: list = []
        if not node.items:
            report.add(node.position, key, f"a lever without values compares nothing; list some, each {self.one.expected}")
        for item in node.items:
            found = self.one.check(item, key, report)
            if found and found.data in values:
                report.add(item.position, key, f"{item} stands here twice; keep one of them")
            elif found:
                values.append(found.data)
        return Parsed(tuple(values), node.position) if values and len(values) == len(node.items) else None

    def _span(self, node: Mapping, key: str, report: Report):
        levels = Whole(2, MOST_LEVELS, "values", "how many values, evenly spaced")
        ends = dict.fromkeys(("from", "to"), self.one)
        read = Section("a span", {**ends, "levels": levels}, needs=("from", "to")).check(node, key, report)
        if not {"from", "to"} <= set(read) or len(read) < len(node.entries):
            return None
        low, high = read["from"].data, read["to"].data
        if self.one.declared.common and "levels" not in read:
            report.add(node.position, key, f"{ONE_FOR_ALL}, or say how many levels")
            return None
        if low >= high:
            report.add(node.entries["from"].position, f"{key}.from", f"{low:g} is not below 'to', {high:g}; exchange the two")
            return None
        return Parsed(Range(low, high, read["levels"].data if "levels" in read else None), node.position)


class Uncertain:
    """A distribution, as a scenario writes it."""

    def __init__(self, target: Target, scenario: Scenario):
        self.one, self.declared, self.description = One(target, scenario), target.declared, target.declared.meaning

    def check(self, node: Node, key: str, report: Report):
        """Read a distribution as a :class:`~frozen_conflict_sim.engine.setting.Value`."""
        if self.one.in_words:
            report.add(node.position, key, f"words have no between; make it a lever: [{listed(self.one.options)}]")
            return None
        if not isinstance(node, Mapping):
            if not isinstance(node, Broken):
                shapes = EXAMPLES.replace(" or {value: …}", "").replace(", {lognormal", " or {lognormal")
                report.add(
                    node.position, key, f"expected a distribution, {shapes}, found {node}; a lever takes a list of values"
                )
            return None
        found = QuantitySpec(self.declared).check(node, key, report)
        if found and (found.data.law == "fixed" or len(set(found.data.numbers)) == 1):
            report.add(node.position, key, "one number is not uncertain; set it with compare_with, or in the scenario")
            return None
        return found
