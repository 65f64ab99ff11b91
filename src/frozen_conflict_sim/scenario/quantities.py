"""Specs of the values in a scenario: a number or distribution for a quantity, a word for a category, with evidence."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

from ..engine.declare.parameter import GRADES, Category, Quantity
from ..engine.event_numbers import DATE, YES_OR_NO
from ..engine.setting import Value
from ..files.dates import in_year
from ..files.json_schema import defined, sentence
from ..files.nodes import Broken, Mapping, Node, Scalar
from ..files.numbers import Choices, DateNumber, FlagNumber, Number, NumberSpec, Pair
from ..files.problems import Report, listed, nearest
from ..files.section import NAME, Requires, Section
from ..files.specs import Flag, OneOf, Parsed, Shared, Spec, Text, scalar

EVIDENCE: dict[str, Spec] = {
    "source": Shared("source", Text("where the value comes from")),
    "grade": Shared("grade", OneOf(GRADES, "how well the source supports the value")),
    "verified": Shared("verified", Flag("whether somebody has compared the value with its source")),
}
NEEDS_SOURCE = (
    Requires("grade", "source", "a documented value needs its source; add 'source:' or grade it 'estimated'", "documented"),
    Requires("verified", "source", "verified against what? add 'source:'", True),
)
ONE_FOR_ALL = "this shapes the public, so it is one number for all runs; to compare several, list them as a lever"
JOINTLY = Shared("jointly", Text("a name of your choice: choices of one name are drawn jointly, number by number"))
ONLY_CHOICES = Requires("jointly", "choices", "only choices are drawn jointly; delete it, or use 'choices'")
FORMS = (("value",), ("from", "to"), ("normal",), ("lognormal",), ("choices",))
EXAMPLES = {
    ("from", "to"): "{from: …, to: …}",
    ("normal",): "{normal: [mean, sd]}",
    ("lognormal",): "{lognormal: [median, log_sd]}",
    ("choices",): "{choices: [number, …]}",
    ("value",): "{value: …}",
}


def evidence(read: dict) -> dict:
    """Source, grade and whether it was verified, among what was read."""
    return {name: read[name].data for name in EVIDENCE if name in read}


def annotations(declared: Quantity | Category, item: str = "") -> dict:
    r"""Description and default of a quantity or a category, as JSON Schema: meaning, bounds, unit, grade and source.

    >>> from frozen_conflict_sim.engine.declare.parameter import quantity
    >>> annotations(quantity(0.5, 0, 2, "index", "How much a treaty hurts."))["description"]
    'How much a treaty hurts.\n\n0 to 2 (index); default 0.5; grade: assumed.'
    """
    facts, default = [], declared.default
    if isinstance(declared, Quantity):
        default = declared.default_of(item)
        facts += [declared.bounds, "by default it follows from others" if math.isnan(default) else f"default {default:g}"]
    elif default:
        facts += [f"default {default}"]
    facts += [f"grade: {declared.grade}"] + ([f"source: {declared.source.rstrip('.')}"] if declared.source else [])
    described = {"description": f"{sentence(declared.meaning)}\n\n{sentence('; '.join(facts))}"}
    return described if default == "" or default != default else described | {"default": default}


def number_spec(quantity: Quantity) -> NumberSpec:
    """The spec of a number of this quantity; files write some numbers as dates, or as true and false."""
    if quantity.unit == DATE:
        return DateNumber(quantity.low, quantity.high, quantity.meaning)
    if quantity.unit == YES_OR_NO:
        return FlagNumber(quantity.meaning)
    return Number(quantity.low, quantity.high, quantity.unit, quantity.meaning)


def shown(value, unit: str):
    """A value of a unit as files write it, if that is a date, or true or false; any other as it is.

    >>> shown(2014.25, DATE), shown(1.0, YES_OR_NO), shown(1.0, "index")
    ('2014-Q2', 'true', 1.0)
    """
    if value is None or unit not in (DATE, YES_OR_NO):
        return value
    return in_year(value) if unit == DATE else str(value > 0.5).lower()


def _form(number: NumberSpec) -> Section:
    """A map with a value, or with a distribution of values within bounds, and with their evidence."""
    keys: dict[str, Spec] = {
        "value": number.called("the value itself"),
        "from": number.called("the least that a run can draw"),
        "to": number.called("the most that a run can draw"),
        "choices": Choices(number.called("a number"), "numbers of which each run draws one, all equally likely"),
    }
    if isinstance(number, Number):
        low, high, unit = number.low, number.high, number.unit
        median = Number(max(low, 0.0), high, unit, "median"), Number(0.0, 5.0, "log units", "log_sd")
        keys["normal"] = Pair(number.called("mean"), Number(0.0, high - low, unit, "sd"), "a normal distribution")
        keys["lognormal"] = Pair(*median, "a log-normal distribution")
    forms = tuple(form for form in FORMS if form[0] in ("value", *number.laws))
    known = {name: keys[name] for form in forms for name in form}
    requires = (ONLY_CHOICES, *NEEDS_SOURCE)
    return Section("a value", {**known, "jointly": JOINTLY, **EVIDENCE}, forms=forms, requires=requires)


class QuantitySpec:
    """A value of a quantity: a number, or a distribution from which each run draws one."""

    def __init__(self, quantity: Quantity, item: str = ""):
        self.quantity, self.item, self.description = quantity, item, quantity.meaning
        self.number = number_spec(quantity)

    @cached_property
    def form(self) -> Section:
        """A map with the value, or with its distribution; few values of a file are written as one."""
        return _form(self.number)

    def examples(self, fixed: bool = True) -> str:
        """The forms of a map, for messages; not ``fixed`` leaves out the value itself."""
        forms = [text for form, text in EXAMPLES.items() if form in self.form.forms and (fixed or form != ("value",))]
        return f"{', '.join(forms[:-1])} or {forms[-1]}" if len(forms) > 1 else forms[0]

    def check(self, node: Node, key: str, report: Report):
        """Read a value as :class:`~frozen_conflict_sim.engine.setting.Value`."""
        if isinstance(node, Scalar) and node.value is not None:
            number = self.number.check(node, key, report)
            return number and Parsed(Value("fixed", (number.data,)), node.position)
        if not isinstance(node, Mapping):
            if not isinstance(node, Broken):
                report.add(node.position, key, f"expected {self.number.expected}, or {self.examples()}, found {node}")
            return None
        read, form = self.form.check(node, key, report), self.form.form_of(node)
        if form not in self.form.forms:
            problem = f"found {' and '.join(form)}" if form else "found none of them"
            message = f"expected {self.number.expected}, as one of {self.examples()}, {problem}"
            report.add(node.position, key, message)
            return None
        if self.quantity.common and form != ("value",):
            report.add(node.position, key, ONE_FOR_ALL)
            return None
        drawn = None if any(name not in read for name in form) else self._distribution(form, read, node, key, report)
        return drawn and Parsed(Value(*drawn, jointly=self._jointly(read), **evidence(read)), node.position)

    def _distribution(self, form: tuple[str, ...], read: dict, node: Mapping, key: str, report: Report) -> tuple | None:
        """The law and its numbers."""
        numbers = read[form[0]].data
        if form == ("value",):
            return "fixed", (numbers,)
        if form == ("from", "to"):
            low, high = numbers, read["to"].data
            if low > high:
                ends = self.number.written(low), self.number.written(high)
                report.add(
                    node.entries["from"].position, f"{key}.from", f"{ends[0]} lies above 'to', {ends[1]}; exchange the two"
                )
                return None
            is_date = isinstance(self.number, DateNumber)
            return ("choices", self.number.between(low, high)) if is_date else ("between", (low, high))
        if form == ("lognormal",) and numbers[0] <= 0:
            where = node.entries["lognormal"].position
            report.add(where, f"{key}.lognormal[median]", "expected a median above 0, found 0")
            return None
        return form[0], numbers

    @staticmethod
    def _jointly(read: dict) -> str:
        return read["jointly"].data if "jointly" in read else ""

    def schema(self, definitions: dict) -> dict:
        """Its meaning, and the form that all quantities of these bounds share; ``null`` removes what is inherited."""
        name = ".".join(filter(None, (self.quantity.name, self.item)))
        return defined(name, annotations(self.quantity, self.item) | self.form_schema(definitions), definitions)

    def form_schema(self, definitions: dict) -> dict:
        """A number, or a map with a number or a distribution; without the meaning."""
        number = replace(self.number, unit="") if isinstance(self.number, Number) else self.number
        form = _form(number).schema(definitions)
        inside = {name: part for name, part in form.items() if name not in ("description", "type")}
        kinds = [number.bounded["type"], "object", "null"]
        schema = {**number.bounded, "type": kinds, "if": {"type": "object"}, "then": inside}
        return defined(self.bounds_name("from"), schema, definitions)

    def bounds_name(self, word: str) -> str:
        """A name for what all quantities of these bounds share."""
        if not isinstance(self.number, Number):
            return f"{word}_{self.quantity.unit.replace(' ', '_')}"
        return f"{word}_{self.number.low:g}_to_{self.number.high:g}".replace("-", "minus_").replace("+", "")


class CategorySpec:
    """One of the words of a category; the scenario itself may name further ones where the declaration is open to it."""

    def __init__(self, category: Category):
        self.category, self.description = category, category.meaning
        self.form = Section("a word", {"value": _Word(self), **EVIDENCE}, needs=("value",), requires=NEEDS_SOURCE)

    def check(self, node: Node, key: str, report: Report):
        """Read a word, alone or with its evidence; names that a scenario may add are judged later, when they are known."""
        if not isinstance(node, Mapping):
            return self.word(node, key, report)
        if "value" not in node.entries:
            report.add(node.position, key, f"expected a word, one of {listed(self.category.options)}, found {node}")
            return None
        read = self.form.check(node, key, report)
        if "value" not in read:
            return None
        return Parsed(Value("fixed", read["value"].data.numbers, **evidence(read)), node.position)

    def word(self, node: Node, key: str, report: Report) -> Parsed | None:
        """Read the word itself."""
        expected = [f"one of {listed(self.category.options)}"] if self.category.options else []
        expected += [f"the name of one of the {self.category.open_to}"] if self.category.open_to else []
        found = scalar(node, key, report, " or ".join(expected), str)
        if found and not self.category.open_to:
            return self.known(found, self.category.options, key, report)
        return found and Parsed(Value("fixed", (found.data,)), found.position)

    def known(self, found: Parsed, options, key: str, report: Report) -> Parsed | None:
        """The word as a value, if it is one of the options; otherwise a report."""
        if found.data in options:
            return Parsed(Value("fixed", (found.data,)), found.position)
        expected = f"one of {listed(dict.fromkeys(options))}" if options else f"the name of one of the {self.category.open_to}"
        report.add(found.position, key, f"expected {expected}, found {found.data!r}{nearest(found.data, options)}")
        return None

    def word_schema(self) -> dict:
        """One of the words, or a name where a scenario may add some."""
        words = {"enum": list(self.category.options)}
        name = {"type": "string", "pattern": f"^{NAME.pattern}$"}
        if not self.category.open_to:
            return words
        return {"anyOf": [words, name]} if self.category.options else name

    def schema(self, definitions: dict) -> dict:
        """A word, alone or with its evidence; ``null`` removes one that is inherited."""
        form = self.form.schema(definitions) | {"type": "object"}
        schema = annotations(self.category) | {"anyOf": [self.word_schema(), form, {"type": "null"}]}
        return defined(self.category.name, schema, definitions)


class _Word:
    """The word of a category inside a map with evidence."""

    description = "the word"

    def __init__(self, spec: CategorySpec):
        self.spec = spec

    def check(self, node: Node, key: str, report: Report):
        return self.spec.word(node, key, report)

    def schema(self, definitions: dict) -> dict:
        return self.spec.word_schema()
