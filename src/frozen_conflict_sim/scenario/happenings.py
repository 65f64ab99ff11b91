"""From what a file says of events to events of the horizon, in quarters and addresses."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..engine.setting import Event
from ..files.dates import quarters_after, written
from ..files.problems import Position, Report
from ..files.specs import Parsed
from .addresses import Addresses
from .conditions import condition
from .merging import Merged

_KINDS = {
    frozenset({"at", "shock"}): "scheduled",
    frozenset({"trend"}): "trend",
    frozenset({"hazard", "shock"}): "random",
    frozenset({"when", "shock"}): "conditional",
    frozenset({"when", "hazard", "shock"}): "conditional",
}
_HOW = (
    "{at, shock} (scheduled), {from, to, trend} (a change in each quarter), {hazard, shock} with or without from and to "
    "(random), or {when, shock} with or without hazard and once (conditional)"
)


@dataclass(frozen=True)
class GradedEvent(Event):
    """An event with the grade of its source."""

    grade: str = "assumed"
    verified: bool = False


@dataclass
class Happenings:
    """Turns the events of a scenario into quarters, counted from the start, and addresses; notes what was dropped."""

    start: tuple[int, int]
    quarters: int
    addresses: Addresses
    merged: Merged
    report: Report
    notes: list[str] = field(default_factory=list)

    def events(self, found: tuple[Parsed, ...]) -> tuple[GradedEvent, ...]:
        """The events that fall into the horizon."""
        return tuple(event for entry in found if (event := self._event(entry.data, entry.position)) is not None)

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
        given = {name: read[name].data for name in ("name", "hazard", "once", "description") if name in read}
        return GradedEvent(kind=kind, shock=shock, first=span[0], last=span[1], when=when, **given, **read["evidence"])

    def _kind(self, read: dict, key: str, position: Position) -> str | None:
        decisive = [name for name in ("at", "hazard", "when", "shock", "trend") if name in read["written"]]
        kind = _KINDS.get(frozenset(decisive))
        if kind is None:
            self.report.add(position, key, f"expected {_HOW}, found {', '.join(decisive) or 'none of these'}")
        strays = {"scheduled": ("from", "to", "once"), "conditional": ("from", "to"), "random": ("once",), "trend": ("once",)}
        for stray in strays.get(kind, ()):
            if stray in read:
                self.report.add(read[stray].position, f"{key}.{stray}", f"a {kind} event has no '{stray}'; delete it")
        return kind

    def _span(self, read: dict, key: str, position: Position) -> tuple[int, int] | None:
        """First and last quarter; what an inherited event has outside the horizon is dropped with a note."""
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
                self.notes.append(f"{key}: {dotted} was removed and is no longer touched ({found.position})")
                continue
            problem = self._problem(dotted, found.data)
            if problem:
                self.report.add(found.position, f"{key}.{dotted}", problem)
                continue
            target = self.addresses[dotted]
            (shock if target.shared else specific).update(dict.fromkeys(target.addresses, found.data))
        return shock | specific

    def _problem(self, dotted: str, amount: float) -> str:
        if dotted not in self.addresses:
            return self.addresses.unknown(dotted, states_only=True)
        declared = self.addresses[dotted].declared
        if not self.addresses[dotted].of_state:
            return "an event moves what changes during a run, but this stays as it is; a policy or a value can set it"
        width = declared.high - declared.low
        if not 0 < abs(amount) <= width:
            return f"expected a change other than 0, at most {width:g} either way ({declared.unit}), found {amount:g}"
        return ""
