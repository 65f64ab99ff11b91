"""Events: the spec of a file's entries, and from what was read to events of the horizon, in quarters and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..engine.declare.parameter import Quantity
from ..engine.setting import Event
from ..files.dates import quarters_after, written
from ..files.json_schema import defined, keyed, sentence
from ..files.nodes import Broken, Mapping, Node, Scalar, Sequence, described
from ..files.numbers import Number
from ..files.problems import Position, Report
from ..files.scalars import NotANumber, meaning
from ..files.section import Section
from ..files.specs import Date, Flag, Parsed, Text, scalar
from ..model import examples
from .addresses import Addresses
from .quantities import EVIDENCE, NEEDS_SOURCE, evidence

_KINDS = {
    frozenset({"at", "shock"}): "scheduled",
    frozenset({"trend"}): "trend",
    frozenset({"hazard", "shock"}): "random",
    frozenset({"when", "shock"}): "conditional",
    frozenset({"when", "hazard", "shock"}): "conditional",
}
_FORMS = (
    "{at, shock} (scheduled), {from, to, trend} (a change in each quarter), {hazard, shock} with or without from and to "
    "(random), or {when, shock} with or without hazard and once (conditional)"
)
_STRAYS = {"scheduled": ("from", "to", "once"), "conditional": ("from", "to"), "random": ("once",), "trend": ("once",)}
_WHEN = re.compile(r"(\S+?)\s*(<=|>=|<|>)\s*(\S+)")
_WHEN_EXAMPLE = "parents.georgia.alienation > 0.8"


@dataclass(frozen=True)
class Shock:
    """What an event adds to which states; ``states`` are the states of any scenario by key pattern, for the JSON Schema."""

    description: str
    states: dict[str, Quantity]

    def check(self, node: Node, key: str, report: Report):
        """Read dotted keys and finite numbers; what the keys address is checked later."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping) or not node.entries:
            report.add(node.position, key, f"expected a map such as {{{examples.STATE}: -0.3}}, found {node}")
            return None
        read = {}
        for name, inner in node.entries.items():
            found = scalar(inner, f"{key}.{name}", report, "a number", (int, float))
            if found:
                read[name] = Parsed(float(found.data), node.positions[name])
        return Parsed(read, node.position)

    def schema(self, definitions: dict) -> dict:
        """A map from keys that address a state to changes no larger than the state's bounds are wide."""
        changes = {}
        for pattern, state in self.states.items():
            width = state.high - state.low
            about = f"{sentence(state.meaning)}\n\nA change of at most {width:g} either way ({state.unit})."
            changes[pattern] = {"description": about, "type": "number", "minimum": -width, "maximum": width}
        changes = keyed(changes) | {"minProperties": 1}
        return {"description": sentence(self.description)} | defined("changes", changes, definitions)


class EventList:
    """The events of a scenario."""

    description = "what happens that nobody in the model decides"

    def __init__(self, states: dict[str, Quantity]):
        self.entry = Section(
            "an event",
            {
                "name": Text("what it is called"),
                "description": Text("what happens, in a sentence"),
                "at": Date("when it happens"),
                "from": Date("the first quarter in which it has an effect"),
                "to": Date("the last quarter in which it has an effect"),
                "hazard": Number(0.0, 1.0, "probability per quarter", "how likely it is in a quarter"),
                "when": Text(f"the condition under which it happens, as in {examples.CONDITION!r}"),
                "once": Flag("whether it happens only the first time"),
                "shock": Shock("what it adds to which states", states),
                "trend": Shock("what it adds to which states in each quarter", states),
                "remove": Flag("whether an inherited event of this name is removed"),
                **EVIDENCE,
            },
            needs=("name",),
            requires=NEEDS_SOURCE,
        )

    def check(self, node: Node, key: str, report: Report):
        """Read the events, each as a dictionary of what was read, its evidence, and the keys that are written."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence):
            report.add(node.position, key, f"expected a list of events (- {{at: …, name: …, shock: {{…}}}}), found {node}")
            return None
        events: dict[str, Parsed] = {}
        for number, item in enumerate(node.items, 1):
            name = name_of(item)
            dotted = f"{key}.{name}" if name else f"{key}[{number}]"
            read = self.entry.check(item, dotted, report)
            if name in events:
                line = events[name].position.line
                report.add(item.position, dotted, f"an event on line {line} has this name; give this one another")
            elif removes(item):
                report.add(item.position, dotted, "nothing is inherited that could be removed; delete the entry")
            elif read is not None and name:
                read |= {"evidence": evidence(read), "written": tuple(item.entries)}
                events[name] = Parsed(read, item.position)
        return Parsed(tuple(events.values()), node.position)

    def schema(self, definitions: dict) -> dict:
        """A list of events."""
        definitions["event"] = self.entry.schema(definitions) | {"type": "object"}
        return {"description": sentence(self.description), "type": ["array", "null"], "items": {"$ref": "#/$defs/event"}}


def name_of(item: Node) -> str:
    """The name of an event; empty if it has none."""
    name = item.entries.get("name") if isinstance(item, Mapping) else None
    return name.value if isinstance(name, Scalar) and isinstance(name.value, str) else ""


def removes(item: Node) -> bool:
    """Whether an entry removes an inherited event."""
    flag = item.entries.get("remove") if isinstance(item, Mapping) else None
    return isinstance(flag, Scalar) and flag.value is True


@dataclass(frozen=True)
class GradedEvent(Event):
    """An event with the grade of its source."""

    grade: str = "assumed"
    verified: bool = False


@dataclass
class EventReader:
    """Makes events in quarters from the start, with addresses, of what was read; notes what was dropped.

    ``merged`` is the :class:`~.extends.Merged` scenario: it knows what is inherited and what was removed.
    """

    start: tuple[int, int]
    quarters: int
    addresses: Addresses
    merged: object
    report: Report
    notes: list[str] = field(default_factory=list)

    def events(self, entries: tuple[Parsed, ...]) -> tuple[GradedEvent, ...]:
        """The events within the horizon."""
        return tuple(event for entry in entries if (event := self._event(entry.data, entry.position)) is not None)

    def _event(self, read: dict, position: Position) -> GradedEvent | None:
        key = f"events.{read['name'].data}"
        kind = self._kind(read, key, position)
        amounts = "trend" if kind == "trend" else "shock"
        if kind is None or any(name not in read for name in read["written"]):
            return None
        shock = self._shock(read[amounts].data, f"{key}.{amounts}")
        when = condition(read["when"], f"{key}.when", self.addresses, self.report) if "when" in read else None
        span = self._span(read, key, position)
        if span is None or not shock:
            return None
        more = {name: read[name].data for name in ("name", "hazard", "once", "description") if name in read}
        return GradedEvent(kind=kind, shock=shock, first=span[0], last=span[1], when=when, **more, **read["evidence"])

    def _kind(self, read: dict, key: str, position: Position) -> str | None:
        decisive = [name for name in ("at", "hazard", "when", "shock", "trend") if name in read["written"]]
        kind = _KINDS.get(frozenset(decisive))
        if kind is None:
            self.report.add(position, key, f"expected {_FORMS}, found {', '.join(decisive) or 'none of these'}")
        for stray in _STRAYS.get(kind, ()):
            if stray in read:
                self.report.add(read[stray].position, f"{key}.{stray}", f"a {kind} event has no '{stray}'; delete it")
        return kind

    def _span(self, read: dict, key: str, position: Position) -> tuple[int, int] | None:
        """First and last quarter; the part of an inherited event outside the horizon is dropped with a note."""
        dates = {word: read[word] for word in ("at", "from", "to") if word in read}
        at = {word: quarters_after(found.data, self.start) for word, found in dates.items()}
        first = at.get("at", at.get("from", 0))
        last = at.get("at", at.get("to", self.quarters - 1))
        if "from" in dates and "to" in dates and first > last:
            self.report.add(dates["from"].position, f"{key}.from", "this lies after 'to'; exchange the two")
            return None
        outside = [word for word in dates if not 0 <= at[word] < self.quarters]
        if not outside:
            return first, last
        if not self.merged.inherited(position):
            horizon = f"{written(self.start)} to {written(self.start, self.quarters - 1)}"
            for word in outside:
                message = f"expected a date within the horizon, {horizon}, found {written(dates[word].data)}"
                self.report.add(dates[word].position, f"{key}.{word}", message)
            return None
        dropped = first >= self.quarters or last < 0
        what = "falls outside the horizon and is dropped" if dropped else "reaches beyond the horizon and is cut there"
        self.notes.append(f"the inherited event {read['name'].data!r} {what} ({position})")
        return None if dropped else (max(first, 0), min(last, self.quarters - 1))

    def _shock(self, amounts: dict[str, Parsed], key: str) -> dict:
        shock: dict = {}
        specific: dict = {}
        for dotted, found in amounts.items():
            if self.merged.gone(dotted, found.position):
                self.notes.append(f"{key}: {dotted} was removed and is no longer changed ({found.position})")
                continue
            problem = _shock_problem(dotted, found.data, self.addresses)
            if problem:
                self.report.add(found.position, f"{key}.{dotted}", problem)
                continue
            target = self.addresses[dotted]
            (shock if target.shared else specific).update(dict.fromkeys(target.addresses, found.data))
        return shock | specific


def _shock_problem(dotted: str, amount: float, addresses: Addresses) -> str:
    if dotted not in addresses:
        return addresses.unknown(dotted, states_only=True)
    declared = addresses[dotted].declared
    if not addresses[dotted].of_state:
        return "an event moves what changes during a run, but this stays as it is; a policy or a value can set it"
    width = declared.high - declared.low
    if not 0 < abs(amount) <= width:
        return f"expected a change other than 0, at most {width:g} either way ({declared.unit}), found {amount:g}"
    return ""


def condition(found: Parsed, key: str, addresses: Addresses, report: Report) -> tuple | None:
    """The condition of a conditional event: address, comparison and threshold."""
    parts = _WHEN.fullmatch(found.data.strip())
    number = _number(parts[3]) if parts else None
    if number is None:
        message = f"expected a condition such as '{_WHEN_EXAMPLE}', found {described(found.data)}"
        report.add(found.position, key, message)
        return None
    dotted, comparison = parts[1], parts[2]
    problem = _condition_problem(dotted, number, addresses)
    if problem:
        report.add(found.position, key, problem)
        return None
    return addresses[dotted].addresses[0], comparison, number


def _number(text: str) -> float | None:
    try:
        number = meaning(text)
    except NotANumber:
        return None
    return float(number) if isinstance(number, (int, float)) and not isinstance(number, bool) else None


def _condition_problem(dotted: str, number: float, addresses: Addresses) -> str:
    if dotted not in addresses:
        return addresses.unknown(dotted, states_only=True)
    target = addresses[dotted]
    if not target.of_state:
        return f"expected a quantity that changes during a run, but {dotted} stays as it is"
    if len(target.addresses) != 1:
        each = " or ".join(addresses.specific[address] for address in target.addresses[:2])
        return f"expected one quantity, but {dotted} addresses {len(target.addresses)}; name one, as {each}"
    if not target.declared.low <= number <= target.declared.high:
        return f"expected a threshold of {target.declared.bounds}, found {number:g}"
    return ""
