"""Specs of the values that a scenario gives to quantities: numbers, distributions, words, and one of these per clause."""

from __future__ import annotations

from dataclasses import dataclass

from ..engine.declare.parameter import Quantity, Words
from ..engine.setting import Value
from ..files.nodes import Broken, Mapping, Node, Scalar, Sequence
from ..files.problems import Report, listed, nearest
from ..files.section import NAME, Section
from ..files.specs import Found, Text, scalar
from .evidence import EVIDENCE, SOURCED, evidence, evidence_schema
from .hover import about, sentence, shared_as

LAWS = (("value",), ("from", "to"), ("normal",), ("lognormal",), ("listed",))
FORMS = "{from: …, to: …}, {normal: [mean, sd]}, {lognormal: [median, log_sd]}, {listed: [number, …]} or {value: …}"
MOST_LISTED = 10_000
ONE_FOR_ALL = "this shapes the public, so it is one number for all runs; to compare several, list them as a lever"
TOGETHER = Text("lists that are drawn together give what stands at the same place; a name of your choice")


@dataclass(frozen=True)
class Number:
    """A number within bounds."""

    low: float
    high: float
    unit: str
    says: str

    def check(self, node: Node, key: str, report: Report):
        """Read a number within the bounds."""
        expected = f"{self.low:g} to {self.high:g} ({self.unit})"
        found = scalar(node, key, report, f"a number, {expected}", (int, float))
        if found and not self.low <= found.data <= self.high:
            report.add(node.mark, key, f"expected {expected}, found {node}")
            return None
        return found and Found(float(found.data), found.mark)

    def json_schema(self, shared: dict) -> dict:
        """A number within the bounds."""
        description = f"{sentence(self.says)}\n\n{self.low:g} to {self.high:g} ({self.unit})."
        return {"description": description, **self.bounded}

    @property
    def bounded(self) -> dict:
        """The bounds alone, as JSON Schema."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Pair:
    """The two numbers of a distribution: its middle, which lies within the bounds, and its spread, which is positive."""

    middle: Number
    spread: Number
    says: str

    def check(self, node: Node, key: str, report: Report):
        """Read the two numbers."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence) or len(node.items) != 2:
            report.add(node.mark, key, f"expected two numbers, [{self.middle.says}, {self.spread.says}], found {node}")
            return None
        first, second = node.items
        middle = self.middle.check(first, f"{key}[{self.middle.says}]", report)
        spread = self.spread.check(second, f"{key}[{self.spread.says}]", report)
        if spread and spread.data <= 0:
            report.add(second.mark, f"{key}[{self.spread.says}]", f"expected a spread above 0, found {second}")
            return None
        return Found((middle.data, spread.data), node.mark) if middle and spread else None

    def json_schema(self, shared: dict) -> dict:
        """A list of exactly these two numbers."""
        return {
            "description": sentence(f"{self.says}, [{self.middle.says}, {self.spread.says}]"),
            "type": "array",
            "prefixItems": [self.middle.bounded, self.spread.bounded | {"exclusiveMinimum": 0}],
            "minItems": 2,
            "maxItems": 2,
        }


@dataclass(frozen=True)
class Several:
    """Numbers of which each run draws one, all equally likely."""

    number: Number
    says: str = "numbers of which each run draws one, all equally likely"

    def check(self, node: Node, key: str, report: Report):
        """Read the numbers."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence) or not 1 <= len(node.items) <= MOST_LISTED:
            report.add(node.mark, key, f"expected a list of 1 to {MOST_LISTED:,} numbers, found {node}")
            return None
        read = [self.number.check(item, f"{key}[{place}]", report) for place, item in enumerate(node.items, 1)]
        return Found(tuple(found.data for found in read), node.mark) if all(read) else None

    def json_schema(self, shared: dict) -> dict:
        """A list of numbers within the bounds."""
        return {"description": sentence(self.says), "type": "array", "items": self.number.bounded, "minItems": 1}


class Amount:
    """A value of a quantity: a number, or a distribution from which each run draws one."""

    def __init__(self, quantity: Quantity, item: str = ""):
        low, high, unit = quantity.low, quantity.high, quantity.unit
        self.quantity, self.item, self.says = quantity, item, quantity.meaning
        self.number = Number(low, high, unit, quantity.meaning)
        middle = Number(max(low, 0.0), high, unit, "median")
        self.form = Section(
            "a value",
            {
                "value": self.number,
                "from": self.number,
                "to": self.number,
                "normal": Pair(Number(low, high, unit, "mean"), Number(0.0, high - low, unit, "sd"), "a normal distribution"),
                "lognormal": Pair(middle, Number(0.0, 5.0, "log units", "log_sd"), "a log-normal distribution"),
                "listed": Several(self.number),
                "together": TOGETHER,
                **EVIDENCE,
            },
        )

    def check(self, node: Node, key: str, report: Report):
        """Read a value as :class:`~frozen_conflict_sim.engine.setting.Value`."""
        if isinstance(node, Scalar) and node.value is not None:
            number = self.number.check(node, key, report)
            return number and Found(Value("fixed", (number.data,)), node.mark)
        if not isinstance(node, Mapping):
            if not isinstance(node, Broken):
                report.add(node.mark, key, f"expected a number, {self.quantity.bounds}, or {FORMS}, found {node}")
            return None
        read = self.form.check(node, key, report)
        given = evidence(read, key, report)
        written = tuple(name for law in LAWS for name in law if name in node.entries)
        if written not in LAWS:
            problem = f"found {' and '.join(written)}" if written else "found none of them"
            report.add(node.mark, key, f"expected a number, {self.quantity.bounds}, as one of {FORMS}, {problem}")
            return None
        if any(name not in read for name in written):
            return None
        if "together" in node.entries and written != ("listed",):
            report.add(node.marks["together"], f"{key}.together", "only lists are drawn together; delete it, or use 'listed'")
            return None
        if written == ("from", "to") and not self.quantity.common:
            low, high = read["from"].data, read["to"].data
            if low > high:
                report.add(node.entries["from"].mark, f"{key}.from", f"{low:g} lies above 'to', {high:g}; exchange the two")
                return None
            return Found(Value("between", (low, high), **given), node.mark)
        if self.quantity.common and written != ("value",):
            report.add(node.mark, key, ONE_FOR_ALL)
            return None
        numbers = read[written[0]].data
        law, numbers = ("fixed", (numbers,)) if written == ("value",) else (written[0], numbers)
        if law == "lognormal" and numbers[0] <= 0:
            report.add(node.entries["lognormal"].mark, f"{key}.lognormal[median]", "expected a median above 0, found 0")
            return None
        together = read["together"].data if "together" in read else ""
        return Found(Value(law, numbers, together=together, **given), node.mark)

    def json_schema(self, shared: dict) -> dict:
        """Its meaning, and the form that all amounts of these bounds share; ``null`` removes what is inherited."""
        name = ".".join(filter(None, (self.quantity.name, self.item)))
        return shared_as(name, about(self.quantity, self.item) | self.form_schema(shared), shared)

    def form_schema(self, shared: dict) -> dict:
        """A number, or a map that holds one or a distribution; what it means is left out."""
        bounded = self.number.bounded
        ends = {"value": "The value itself.", "from": "The least that a run can draw.", "to": "The most that a run can draw."}
        form = {name: {"description": says, **bounded} for name, says in ends.items()}
        form |= {name: self.form.keys[name].json_schema(shared) for name in ("normal", "lognormal", "listed", "together")}
        schema = {
            **bounded,
            "type": ["number", "object", "null"],
            "if": {"type": "object"},
            "then": {
                "properties": form | evidence_schema(shared),
                "additionalProperties": False,
                "dependentRequired": {"from": ["to"], "to": ["from"], "together": ["listed"]},
                "oneOf": [{"required": [law[0]]} for law in LAWS],
                **SOURCED,
            },
        }
        name = f"from_{self.number.low:g}_to_{self.number.high:g}"
        return shared_as(name.replace("-", "minus_").replace("+", ""), schema, shared)


class Word:
    """A choice between words; the scenario itself may name further ones where the declaration is open to it."""

    def __init__(self, words: Words):
        self.words, self.says = words, words.meaning
        self.form = Section("a word", {"value": self, **EVIDENCE})

    def check(self, node: Node, key: str, report: Report):
        """Read a word; those that a scenario may add are judged later, when its names are known."""
        if isinstance(node, Mapping):
            if "value" not in node.entries:
                report.add(node.mark, key, f"expected a word, one of {listed(self.words.options)}, found {node}")
                return None
            read = self.form.check(node, key, report)
            given = evidence(read, key, report)
            return Found(Value("fixed", read["value"].data.numbers, **given), node.mark) if "value" in read else None
        expected = [f"one of {listed(self.words.options)}"] if self.words.options else []
        expected += [f"the name of one of the {self.words.open_to}"] if self.words.open_to else []
        found = scalar(node, key, report, " or ".join(expected), str)
        if found and not self.words.open_to:
            return self.known(found, self.words.options, key, report)
        return found and Found(Value("fixed", (found.data,)), found.mark)

    def known(self, found: Found, options, key: str, report: Report):
        """The word as a value, if it is one of the options."""
        if found.data in options:
            return Found(Value("fixed", (found.data,)), found.mark)
        expected = f"one of {listed(dict.fromkeys(options))}" if options else f"the name of one of the {self.words.open_to}"
        report.add(found.mark, key, f"expected {expected}, found {found.data!r}{nearest(found.data, options)}")
        return None

    def json_schema(self, shared: dict) -> dict:
        """One of the words, or a name where a scenario may add some; alone, or with its evidence."""
        forms = [{"enum": list(self.words.options)}] if self.words.options else []
        forms += [{"type": "string", "pattern": f"^{NAME.pattern}$"}] if self.words.open_to else []
        with_evidence = {
            "type": "object",
            "properties": {"value": {"anyOf": forms}, **evidence_schema(shared)},
            "required": ["value"],
            "additionalProperties": False,
            **SOURCED,
        }
        schema = about(self.words) | {"anyOf": [*forms, with_evidence, {"type": "null"}]}
        return shared_as(self.words.name, schema, shared)
