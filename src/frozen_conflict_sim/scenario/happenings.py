"""From what a file says of events to events of the horizon, in turns and addresses."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass, field

from ..engine.quantity import Quantity
from ..engine.setting import Event
from .addresses import Addresses
from .dates import turn_of
from .nodes import described
from .plain import NotANumber, meaning
from .problems import Mark, Report
from .spec import Found

COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_WHEN = re.compile(r"(\S+?)\s*(<=|>=|<|>)\s*(\S+)")
_KINDS = {
    frozenset({"at", "shock"}): "scheduled",
    frozenset({"trend"}): "trend",
    frozenset({"hazard", "shock"}): "random",
    frozenset({"when", "shock"}): "conditional",
    frozenset({"when", "hazard", "shock"}): "conditional",
}
_HOW = (
    "one of {at, shock} (scheduled), {from, to, trend} (a change every quarter), {hazard, shock} with or without from and to "
    "(random), {when, shock} with or without hazard and once (conditional)"
)


@dataclass(frozen=True)
class GradedEvent(Event):
    """An event with the grade of its source."""

    grade: str = "assumed"
    verified: bool = False


@dataclass
class Happenings:
    """Turns the events of a scenario into turns and addresses; notes what was dropped."""

    start: tuple[int, int]
    turns: int
    addresses: Addresses
    removed: dict[str, Mark]
    report: Report
    own_layer: int = 0
    notes: list[str] = field(default_factory=list)

    def events(self, found: tuple[Found, ...]) -> tuple[GradedEvent, ...]:
        """The events that fall into the horizon."""
        return tuple(event for entry in found if (event := self._event(entry)) is not None)

    def _event(self, entry: Found) -> GradedEvent | None:
        read, mark = entry.data, entry.mark
        name = read["name"].data if "name" in read else ""
        key = f"events.{name}"
        written = frozenset(read) & {"at", "hazard", "when", "shock", "trend"}
        kind = _KINDS.get(written)
        if kind is None:
            self.report.add(mark, key, f"expected {_HOW}, found {', '.join(sorted(written)) or 'none of these'}")
            return None
        for stray in {"from", "to"} & set(read) if kind in ("scheduled", "conditional") else ():
            self.report.add(read[stray].mark, f"{key}.{stray}", f"a {kind} event has no '{stray}'; delete it")
        if "once" in read and kind != "conditional":
            self.report.add(read["once"].mark, f"{key}.once", "only a conditional event ('when') has 'once'; delete it")
        amounts = "trend" if kind == "trend" else "shock"
        shock = self._shock(read[amounts].data, f"{key}.{amounts}", name)
        when = self._when(read["when"], f"{key}.when") if "when" in read else None
        span = self._span(read, key, name, mark)
        if span is None or not shock or ("when" in read and when is None):
            return None
        return GradedEvent(
            name=name,
            kind=kind,
            shock=shock,
            first=span[0],
            last=span[1],
            hazard=read["hazard"].data if "hazard" in read else 1.0,
            when=when,
            once=read["once"].data if "once" in read else False,
            says=read["says"].data if "says" in read else "",
            **read["evidence"],
        )

    def _span(self, read: dict, key: str, name: str, mark: Mark) -> tuple[int, int] | None:
        """First and last turn; what an inherited event has outside the horizon is dropped with a note."""
        dates = {word: read[word] for word in ("at", "from", "to") if word in read}
        turns = {word: turn_of(found.data, self.start) for word, found in dates.items()}
        first = turns.get("at", turns.get("from", 0))
        last = turns.get("at", turns.get("to", self.turns - 1))
        if first > last and len(turns) == 2:
            self.report.add(read["from"].mark, f"{key}.from", "this lies after 'to'; exchange the two")
            return None
        outside = {word: found for word, found in dates.items() if not 0 <= turns[word] < self.turns}
        if not outside:
            return first, last
        if mark.layer == self.own_layer:
            for word, found in outside.items():
                message = f"expected a date within the horizon, {self._quarter(0)} to {self._quarter(self.turns - 1)}, found {_quarter(found.data)}"
                self.report.add(found.mark, f"{key}.{word}", message)
            return None
        if first >= self.turns or last < 0:
            self.notes.append(f"the inherited event {name!r} ({mark.file}) falls outside the horizon and is dropped")
            return None
        self.notes.append(f"the inherited event {name!r} ({mark.file}) reaches beyond the horizon and is cut there")
        return max(first, 0), min(last, self.turns - 1)

    def _quarter(self, turn: int) -> str:
        quarters = self.start[0] * 4 + self.start[1] - 1 + turn
        return _quarter((quarters // 4, quarters % 4 + 1))

    def _shock(self, amounts: dict[str, Found], key: str, name: str) -> dict:
        shock: dict = {}
        for dotted, found in sorted(
            amounts.items(), key=lambda item: item[0] not in self.addresses or not self.addresses[item[0]].shared
        ):
            where = f"{key}.{dotted}"
            if self._gone(dotted) and found.mark.layer > self.own_layer:
                self.notes.append(f"the inherited event {name!r} no longer touches {dotted}, which was removed")
            elif dotted not in self.addresses:
                self.report.add(found.mark, where, self.addresses.unknown(dotted, states_only=True))
            elif not self.addresses[dotted].of_state:
                message = "an event changes what changes during a run; this stays as it is (trends and shocks need a state)"
                self.report.add(found.mark, where, message)
            else:
                target = self.addresses[dotted]
                width = target.declared.high - target.declared.low
                if not 0 < abs(found.data) <= width:
                    expected = f"a change other than 0, at most {width:g} either way ({target.declared.unit})"
                    self.report.add(found.mark, where, f"expected {expected}, found {found.data:g}")
                shock |= dict.fromkeys(target.addresses, found.data)
        return shock

    def _gone(self, dotted: str) -> bool:
        return any(dotted == gone or dotted.startswith(f"{gone}.") for gone in self.removed)

    def _when(self, found: Found, key: str) -> tuple | None:
        parts = _WHEN.fullmatch(found.data.strip())
        try:
            number = meaning(parts[3]) if parts else None
        except NotANumber:
            number = None
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            message = f"expected a condition such as 'parents.georgia.alienation > 0.8', found {described(found.data)}"
            self.report.add(found.mark, key, message)
            return None
        dotted, comparison, _ = parts.groups()
        if dotted not in self.addresses:
            self.report.add(found.mark, key, self.addresses.unknown(dotted, states_only=True))
            return None
        target = self.addresses[dotted]
        if not target.of_state or len(target.addresses) != 1:
            known = "one quantity that changes during a run"
            what = "stays as it is" if len(target.addresses) == 1 else f"speaks of {len(target.addresses)} at once"
            self.report.add(found.mark, key, f"expected {known}, but {dotted} {what}")
            return None
        assert isinstance(target.declared, Quantity)
        if not target.declared.low <= number <= target.declared.high:
            self.report.add(found.mark, key, f"expected a threshold of {target.declared.bounds}, found {number:g}")
            return None
        return target.addresses[0], comparison, float(number)


def _quarter(when: tuple[int, int]) -> str:
    return f"{when[0]}-Q{when[1]}"
