"""From what was read of a file to events of the horizon, in quarters and addresses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ...engine.arrays.starting_values import at_share
from ...engine.declare.parameter import Quantity
from ...engine.event_numbers import AT, EVENT, HAZARD, KINDS, PRESENT, SIZE, Address, amounts_of, event_key, quarter_of
from ...engine.setting import Event, Value
from ...files.dates import in_year, quarters_after, written
from ...files.nodes import Mapping
from ...files.problems import Position, Report
from ...files.specs import Parsed
from ..addresses import Addresses
from ..quantities import QuantitySpec
from .conditions import condition
from .spec import change_of

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


@dataclass(frozen=True)
class GradedEvent(Event):
    """An event with the grade of its source."""

    grade: str = "assumed"
    verified: bool = False


@dataclass
class EventReader:
    """Makes events in quarters from the start, with addresses, of what was read; notes what was dropped.

    ``merged`` is the :class:`~..extends.Merged` scenario: it knows what is inherited and what was removed. ``values`` collects
    the numbers that are uncertain or have a source of their own; the event has their middle.
    """

    start: tuple[int, int]
    quarters: int
    addresses: Addresses
    merged: object
    report: Report
    notes: list[str] = field(default_factory=list)
    values: dict[Address, Value] = field(default_factory=dict)

    def events(self, entries: tuple[Parsed, ...]) -> tuple[GradedEvent, ...]:
        """The events within the horizon."""
        found: dict[str, GradedEvent] = {}
        for entry in entries:
            event = self._event(entry.data, entry.position)
            if event is not None and event.key in found:
                message = f"its key in studies is {event.key!r}, as that of {found[event.key].name!r}; give it another name"
                self.report.add(entry.position, f"events.{event.name}", message)
            elif event is not None:
                found[event.key] = event
        return tuple(found.values())

    def _event(self, read: dict, position: Position) -> GradedEvent | None:
        name = read["name"].data
        key = f"events.{name}"
        kind = self._kind(read, key, position)
        if kind is None or any(word not in read for word in read["written"]):
            return None
        amounts = amounts_of(Event("", kind, {}))
        shock, values = self._shock(read[amounts].data, event_key(name), amounts, f"{key}.{amounts}")
        when = condition(read["when"], f"{key}.when", self.addresses, self.report) if "when" in read else None
        dates = self._dates(read[AT], key, name) if AT in read else None
        span = self._span(read, key) if AT not in read else dates and dates.numbers and self._around(dates)
        if not span or not shock:
            return None
        numbers = {
            each: self._number(read[each].data, event_key(name), each) for each in (PRESENT, SIZE, HAZARD) if each in read
        }
        if dates:
            self._number(dates, event_key(name), AT)
        self.values |= values
        more = {each: read[each].data for each in ("once", "description") if each in read} | numbers
        more |= {PRESENT: bool(more.get(PRESENT, 1.0) > 0.5)}
        return GradedEvent(name, kind, shock, first=span[0], last=span[1], when=when, **more, **read["evidence"])

    def _kind(self, read: dict, key: str, position: Position) -> str | None:
        decisive = [name for name in ("at", "hazard", "when", "shock", "trend") if name in read["written"]]
        kind = _KINDS.get(frozenset(decisive))
        if kind is None:
            self.report.add(position, key, f"expected {_FORMS}, found {', '.join(decisive) or 'none of these'}")
        for stray in _STRAYS.get(kind, ()):
            if stray in read:
                self.report.add(read[stray].position, f"{key}.{stray}", f"a {kind} event has no '{stray}'; delete it")
        return kind

    def _number(self, value: Value, slug: str, name: str) -> float:
        """A number of an event, its middle if it is uncertain."""
        return self._kept(
            value, (EVENT.name, slug, name, ""), Quantity(None, *KINDS[name]), EVENT.dotted(slug, name), self.values
        )

    @staticmethod
    def _kept(value: Value, address: Address, quantity: Quantity, stream: str, values: dict) -> float:
        """The middle of a value; the value itself is put among the values unless it is a bare number."""
        if value != Value("fixed", value.numbers):
            values[address] = replace(value, stream=stream)
        return float(value.fixed if value.law == "fixed" else at_share(value, quantity, 0.5))

    def _span(self, read: dict, key: str) -> tuple[int, int] | None:
        """First and last quarter; the part of an inherited event outside the horizon is dropped with a note."""
        dates = {word: read[word] for word in ("from", "to") if word in read}
        at = {word: quarters_after(found.data, self.start) for word, found in dates.items()}
        first, last = at.get("from", 0), at.get("to", self.quarters - 1)
        if len(dates) == 2 and first > last:
            self.report.add(dates["from"].position, f"{key}.from", "this lies after 'to'; exchange the two")
            return None
        outside = [word for word in dates if not 0 <= at[word] < self.quarters]
        own = [word for word in outside if not self.merged.inherited(dates[word].position)]
        for word in own:
            self._outside(dates[word].position, f"{key}.{word}", written(dates[word].data))
        if own or not outside:
            return None if own else (first, last)
        dropped = first >= self.quarters or last < 0
        what = "falls outside the horizon and is dropped" if dropped else "reaches beyond the horizon and is cut there"
        self.notes.append(f"the inherited event {read['name'].data!r} {what} ({dates[outside[0]].position})")
        return None if dropped else (max(first, 0), min(last, self.quarters - 1))

    def _dates(self, found: Parsed, key: str, name: str) -> Value:
        """The date, or the dates of which each run draws one, within the horizon."""
        value, horizon = found.data, range(self.quarters)
        inside = tuple(year for year in value.numbers if int(quarter_of(self.start, year)) in horizon)
        outside = [year for year in value.numbers if year not in inside]
        if outside and self.merged.inherited(found.position) and not value.jointly:
            what = "can also fall outside the horizon; these dates are" if inside else "falls outside the horizon and is"
            self.notes.append(f"the inherited event {name!r} {what} dropped ({found.position})")
        elif outside:
            self._outside(found.position, f"{key}.{AT}", in_year(outside[0]))
            return replace(value, numbers=())
        return replace(value, numbers=inside)

    def _around(self, dates: Value) -> tuple[int, int]:
        """The quarter of the date; of several, the middle one."""
        middle = dates.numbers[(len(dates.numbers) - 1) // 2]
        quarter = int(quarter_of(self.start, middle))
        return quarter, quarter

    def _outside(self, position: Position, key: str, found: str) -> None:
        horizon = f"{written(self.start)} to {written(self.start, self.quarters - 1)}"
        self.report.add(position, key, f"expected a date within the horizon, {horizon}, found {found}")

    def _shock(self, amounts: dict[str, Parsed], slug: str, word: str, key: str) -> tuple[dict, dict[Address, Value]]:
        """What the event adds to which states, and the values of amounts that are uncertain."""
        found: dict[bool, dict] = {True: {}, False: {}}
        for dotted, amount in amounts.items():
            if self.merged.gone(dotted, amount.position):
                self.notes.append(f"{key}: {dotted} was removed and is no longer changed ({amount.position})")
                continue
            value = self._amount(dotted, amount, f"{key}.{dotted}")
            if value is not None:
                target = self.addresses[dotted]
                found[target.shared] |= dict.fromkeys(target.addresses, (value, dotted))
        shock, values = {}, {}
        for address, (value, dotted) in (found[True] | found[False]).items():
            at = EVENT.name, slug, word, self.addresses.specific[address]
            state = self.addresses[dotted].declared
            shock[address] = self._kept(value, at, change_of(state), EVENT.dotted(slug, word, dotted), values)
        return shock, values

    def _amount(self, dotted: str, amount: Parsed, key: str) -> Value | None:
        if not isinstance(amount.data, Mapping):
            problem = _shock_problem(dotted, amount.data, self.addresses)
            if problem:
                self.report.add(amount.position, key, problem)
            return None if problem else Value("fixed", (amount.data,))
        problem = _state_problem(dotted, self.addresses)
        if problem:
            self.report.add(amount.position, key, problem)
            return None
        read = QuantitySpec(change_of(self.addresses[dotted].declared)).check(amount.data, key, self.report)
        return read and read.data


def _state_problem(dotted: str, addresses: Addresses) -> str:
    if dotted not in addresses:
        return addresses.unknown(dotted, states_only=True)
    if not addresses[dotted].of_state:
        return "an event moves what changes during a run, but this stays as it is; a policy or a value can set it"
    if recomputed := addresses[dotted].declared.recomputed:
        return f"an event cannot move it, since the model computes it anew: {recomputed}"
    return ""


def _shock_problem(dotted: str, amount: float, addresses: Addresses) -> str:
    if problem := _state_problem(dotted, addresses):
        return problem
    change = change_of(addresses[dotted].declared)
    if not 0 < abs(amount) <= change.high:
        return f"expected a change other than 0, at most {change.high:g} either way ({change.unit}), found {amount:g}"
    return ""
