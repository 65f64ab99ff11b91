"""Specs of the values that a scenario gives to quantities: numbers, distributions, words, and one of these per clause."""

from __future__ import annotations

from dataclasses import dataclass

from ..engine.declare.parameter import Category, Quantity
from ..engine.setting import Value
from ..files.nodes import Broken, Mapping, Node, Scalar, Sequence
from ..files.problems import Report, listed, nearest
from ..files.section import NAME, Section
from ..files.specs import Parsed, Text, scalar
from .evidence import EVIDENCE, SOURCED, evidence, evidence_schema
from .hover import about, sentence, shared_as

LAWS = (("value",), ("from", "to"), ("normal",), ("lognormal",), ("choices",))
FORMS = "{from: …, to: …}, {normal: [mean, sd]}, {lognormal: [median, log_sd]}, {choices: [number, …]} or {value: …}"
MOST_LISTED = 10_000
ONE_FOR_ALL = "this shapes the public, so it is one number for all runs; to compare several, list them as a lever"
TOGETHER = Text("lists that are drawn together give what stands at the same place; a name of your choice")


@dataclass(frozen=True)
class Number:
    """A number within bounds."""

    low: float
    high: float
    unit: str
    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read a number within the bounds."""
        expected = f"{self.low:g} to {self.high:g} ({self.unit})"
        found = scalar(node, key, report, f"a number, {expected}", (int, float))
        if found and not self.low <= found.data <= self.high:
            report.add(node.position, key, f"expected {expected}, found {node}")
            return None
        return found and Parsed(float(found.data), found.position)

    def schema(self, shared: dict) -> dict:
        """A number within the bounds."""
        description = f"{sentence(self.description)}\n\n{self.low:g} to {self.high:g} ({self.unit})."
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
    description: str

    def check(self, node: Node, key: str, report: Report):
        """Read the two numbers."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence) or len(node.items) != 2:
            report.add(
                node.position,
                key,
                f"expected two numbers, [{self.middle.description}, {self.spread.description}], found {node}",
            )
            return None
        first, second = node.items
        middle = self.middle.check(first, f"{key}[{self.middle.description}]", report)
        spread = self.spread.check(second, f"{key}[{self.spread.description}]", report)
        if spread and spread.data <= 0:
            report.add(second.position, f"{key}[{self.spread.description}]", f"expected a spread above 0, found {second}")
            return None
        return Parsed((middle.data, spread.data), node.position) if middle and spread else None

    def schema(self, shared: dict) -> dict:
        """A list of exactly these two numbers."""
        return {
            "description": sentence(f"{self.description}, [{self.middle.description}, {self.spread.description}]"),
            "type": "array",
            "prefixItems": [self.middle.bounded, self.spread.bounded | {"exclusiveMinimum": 0}],
            "minItems": 2,
            "maxItems": 2,
        }


@dataclass(frozen=True)
class Several:
    """Numbers of which each run draws one, all equally likely."""

    number: Number
    description: str = "numbers of which each run draws one, all equally likely"

    def check(self, node: Node, key: str, report: Report):
        """Read the numbers."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence) or not 1 <= len(node.items) <= MOST_LISTED:
            report.add(node.position, key, f"expected a list of 1 to {MOST_LISTED:,} numbers, found {node}")
            return None
        read = [self.number.check(item, f"{key}[{place}]", report) for place, item in enumerate(node.items, 1)]
        return Parsed(tuple(found.data for found in read), node.position) if all(read) else None

    def schema(self, shared: dict) -> dict:
        """A list of numbers within the bounds."""
        return {"description": sentence(self.description), "type": "array", "items": self.number.bounded, "minItems": 1}


class Amount:
    """A value of a quantity: a number, or a distribution from which each run draws one."""

    def __init__(self, quantity: Quantity, item: str = ""):
        low, high, unit = quantity.low, quantity.high, quantity.unit
        self.quantity, self.item, self.description = quantity, item, quantity.meaning
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
                "choices": Several(self.number),
                "jointly": TOGETHER,
                **EVIDENCE,
            },
        )

    def check(self, node: Node, key: str, report: Report):
        """Read a value as :class:`~frozen_conflict_sim.engine.setting.Value`."""
        if isinstance(node, Scalar) and node.value is not None:
            number = self.number.check(node, key, report)
            return number and Parsed(Value("fixed", (number.data,)), node.position)
        if not isinstance(node, Mapping):
            if not isinstance(node, Broken):
                report.add(node.position, key, f"expected a number, {self.quantity.bounds}, or {FORMS}, found {node}")
            return None
        read = self.form.check(node, key, report)
        given = evidence(read, key, report)
        written = tuple(name for law in LAWS for name in law if name in node.entries)
        if written not in LAWS:
            problem = f"found {' and '.join(written)}" if written else "found none of them"
            report.add(node.position, key, f"expected a number, {self.quantity.bounds}, as one of {FORMS}, {problem}")
            return None
        if any(name not in read for name in written):
            return None
        if "jointly" in node.entries and written != ("choices",):
            report.add(
                node.positions["jointly"], f"{key}.jointly", "only lists are drawn together; delete it, or use 'choices'"
            )
            return None
        if written == ("from", "to") and not self.quantity.common:
            low, high = read["from"].data, read["to"].data
            if low > high:
                report.add(node.entries["from"].position, f"{key}.from", f"{low:g} lies above 'to', {high:g}; exchange the two")
                return None
            return Parsed(Value("between", (low, high), **given), node.position)
        if self.quantity.common and written != ("value",):
            report.add(node.position, key, ONE_FOR_ALL)
            return None
        numbers = read[written[0]].data
        law, numbers = ("fixed", (numbers,)) if written == ("value",) else (written[0], numbers)
        if law == "lognormal" and numbers[0] <= 0:
            report.add(node.entries["lognormal"].position, f"{key}.lognormal[median]", "expected a median above 0, found 0")
            return None
        jointly = read["jointly"].data if "jointly" in read else ""
        return Parsed(Value(law, numbers, jointly=jointly, **given), node.position)

    def schema(self, shared: dict) -> dict:
        """Its meaning, and the form that all amounts of these bounds share; ``null`` removes what is inherited."""
        name = ".".join(filter(None, (self.quantity.name, self.item)))
        return shared_as(name, about(self.quantity, self.item) | self.form_schema(shared), shared)

    def form_schema(self, shared: dict) -> dict:
        """A number, or a map that holds one or a distribution; what it means is left out."""
        bounded = self.number.bounded
        ends = {"value": "The value itself.", "from": "The least that a run can draw.", "to": "The most that a run can draw."}
        form = {name: {"description": description, **bounded} for name, description in ends.items()}
        form |= {name: self.form.keys[name].schema(shared) for name in ("normal", "lognormal", "choices", "jointly")}
        schema = {
            **bounded,
            "type": ["number", "object", "null"],
            "if": {"type": "object"},
            "then": {
                "properties": form | evidence_schema(shared),
                "additionalProperties": False,
                "dependentRequired": {"from": ["to"], "to": ["from"], "jointly": ["choices"]},
                "oneOf": [{"required": [law[0]]} for law in LAWS],
                **SOURCED,
            },
        }
        name = f"from_{self.number.low:g}_to_{self.number.high:g}"
        return shared_as(name.replace("-", "minus_").replace("+", ""), schema, shared)


class Word:
    """A choice between words; the scenario itself may name further ones where the declaration is open to it."""

    def __init__(self, words: Category):
        self.words, self.description = words, words.meaning
        self.form = Section("a word", {"value": self, **EVIDENCE})

    def check(self, node: Node, key: str, report: Report):
        """Read a word; those that a scenario may add are judged later, when its names are known."""
        if isinstance(node, Mapping):
            if "value" not in node.entries:
                report.add(node.position, key, f"expected a word, one of {listed(self.words.options)}, found {node}")
                return None
            read = self.form.check(node, key, report)
            given = evidence(read, key, report)
            return Parsed(Value("fixed", read["value"].data.numbers, **given), node.position) if "value" in read else None
        expected = [f"one of {listed(self.words.options)}"] if self.words.options else []
        expected += [f"the name of one of the {self.words.open_to}"] if self.words.open_to else []
        found = scalar(node, key, report, " or ".join(expected), str)
        if found and not self.words.open_to:
            return self.known(found, self.words.options, key, report)
        return found and Parsed(Value("fixed", (found.data,)), found.position)

    def known(self, found: Parsed, options, key: str, report: Report):
        """The word as a value, if it is one of the options."""
        if found.data in options:
            return Parsed(Value("fixed", (found.data,)), found.position)
        expected = f"one of {listed(dict.fromkeys(options))}" if options else f"the name of one of the {self.words.open_to}"
        report.add(found.position, key, f"expected {expected}, found {found.data!r}{nearest(found.data, options)}")
        return None

    def schema(self, shared: dict) -> dict:
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
