"""The plain data of a scenario: who takes part, which values differ from the declared defaults, what happens when.

``scenario/load`` makes a setting from a file; a test may write one by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

import numpy as np

from .time_step import MONTHS, USUAL, compounded, quarters


@cache
def slug(name: str) -> str:
    """A display name as the name of a column.

    >>> slug("Moscow"), slug("South Ossetia")
    ('moscow', 'south_ossetia')
    """
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_")


@dataclass(frozen=True)
class Value:
    """A value that a scenario gives to a quantity or a category.

    ``law`` is ``fixed`` (one number or word), ``between`` (low, high), ``normal`` (mean, sd), ``lognormal`` (median, log sd) or
    ``choices`` (numbers, all equally likely); the last four are distributions, from which each run draws once. ``stream`` names
    the random stream of the draw: two addresses with one stream get one draw. Choices with one name under ``jointly`` are drawn
    number by number: all of them give the number at the same place of their list.
    """

    law: str
    numbers: tuple = ()
    source: str = ""
    grade: str = "assumed"
    verified: bool = False
    stream: str = ""
    jointly: str = ""

    @property
    def fixed(self):
        """The number or word itself, if the law is ``fixed``."""
        return self.numbers[0]


@dataclass(frozen=True)
class Event:
    """Something that nobody in the model decides. It changes states; it never scripts a response.

    ``kind`` is ``scheduled`` (in quarter ``first``, counted from 0), ``trend`` (every quarter from ``first`` to ``last``),
    ``random`` (with probability ``hazard`` a quarter from ``first`` to ``last``) or ``conditional`` (each quarter in which
    ``when`` holds: an address, one of ``< <= > >=``, a number; with probability ``hazard``; only the first time if ``once``).
    ``shock`` maps addresses of states to what is added to them, times ``size``. An address is ``(role, member, name, item)``.
    An event that is not ``present`` never happens. A number that is uncertain is a :class:`Value` of the setting, under
    an address of :mod:`.event_numbers`. In a model that plays, numbers are arrays with one number, or one a run.
    """

    name: str
    kind: str
    shock: dict
    first: int = 0
    last: int = 0
    hazard: float = 1.0
    when: tuple | None = None
    once: bool = False
    source: str = ""
    description: str = ""
    present: bool = True
    size: float = 1.0

    @property
    def key(self) -> str:
        """The name as keys have it, in Latin letters where that is possible.

        >>> Event("Fall of the rouble", "trend", {}).key, Event("Крым", "scheduled", {}).key
        ('fall_of_the_rouble', 'крым')
        """
        return slug(self.name) or re.sub(r"\W+", "_", self.name.casefold()).strip("_") or "event"

    @property
    def by_chance(self) -> bool:
        """Whether it depends on a random number when the event happens."""
        return self.kind in ("random", "conditional") and bool(np.any(self.hazard < 1.0))

    @property
    def stream(self) -> str:
        """The random stream of that number."""
        return f"event/{self.name}"

    def scaled(self, time_step: str) -> Event:
        """The same event in turns of another length: first and last turn, probability in a turn, and changes.

        In months a date is the middle of its quarter. Changes that are added every turn have the same sum over a year.
        """
        if time_step == USUAL:
            return self
        middle = 1 if self.kind == "scheduled" else 0
        first, last = (3 * self.first + middle) // MONTHS[time_step], (3 * self.last + 2 - middle) // MONTHS[time_step]
        times = 1.0
        if self.kind == "trend":
            times = (self.last - self.first + 1) / (last - first + 1)
        elif self.kind == "conditional" and not self.once:
            times = np.where(self.hazard < 1.0, 1.0, quarters(time_step))
        shock = {address: amount * times for address, amount in self.shock.items()}
        return replace(self, first=first, last=last, hazard=compounded(time_step, self.hazard), shock=shock)


MANDATES = ("forbidden", "mandatory")


@dataclass(frozen=True)
class Mandate:
    """An option that is forbidden or mandatory for some members, for some time, or under conditions.

    It holds for the members in ``of`` that the decision is about (``None``: for all), from quarter ``first`` to ``last``
    (``None``: to the end), and while every condition in ``when`` holds at the moment of the decision. A condition is an address
    of a state, one of ``< <= > >=``, and a number; an address without a member is that of the member that the decision is
    about, or of the one to which it belongs.
    """

    option: str
    of: tuple[str, ...] | None = None
    first: int = 0
    last: int | None = None
    when: tuple[tuple, ...] = ()

    def scaled(self, time_step: str) -> Mandate:
        """The same mandate in turns of another length: in all turns that touch a quarter in which it holds."""
        first, last = 3 * self.first // MONTHS[time_step], self.last
        return replace(self, first=first, last=None if last is None else (3 * last + 2) // MONTHS[time_step])


@dataclass(frozen=True)
class Policy:
    """Mandates on the options of actors; motives stay what they are.

    ``values`` override quantities by address. ``forbidden`` and ``mandatory`` list options as ``role.decision.option``, for
    all and always, or as a :class:`Mandate`: a forbidden option is not open, a mandatory one is taken whenever it is open.
    """

    name: str
    description: str
    values: dict = field(default_factory=dict)
    forbidden: tuple[str | Mandate, ...] = ()
    mandatory: tuple[str | Mandate, ...] = ()


@dataclass(frozen=True)
class Setting:
    """Who, what, when. ``entities`` maps a level to its members, ``belongs`` maps (level, level above) to indices.

    ``turns`` is how many turns are played, ``time_step`` how long each is; ``events`` count in quarters, whatever it is.
    """

    title: str
    start: tuple[int, int]
    turns: int
    entities: dict[str, tuple[str, ...]]
    belongs: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    values: dict[tuple, Value] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    time_step: str = USUAL

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.title!r}: {self.date(0)} to {self.date(self.turns - 1)}>"

    def once(self, make: Callable, declared):
        """``make(declared, self)``, computed once for this setting; computed anew after a further declaration."""
        kept = self.__dict__.setdefault("_once", {})
        known = kept.get(make)
        if known is None or known[0] is not declared or known[1] != declared.version:
            kept[make] = known = declared, declared.version, make(declared, self)
        return known[2]

    def __getstate__(self) -> dict:
        return {name: value for name, value in self.__dict__.items() if name != "_once"}

    @property
    def quarters(self) -> int:
        """The number of quarters that are played."""
        return self.turns * MONTHS[self.time_step] // 3

    def with_time_step(self, time_step: str) -> Setting:
        """The same calendar in turns of another length."""
        return replace(self, time_step=time_step, turns=self.quarters * 3 // MONTHS[time_step])

    @cached_property
    def events_in_turns(self) -> tuple[Event, ...]:
        """The events, counted in turns instead of quarters; numbers that are uncertain are not drawn."""
        return tuple(event.scaled(self.time_step) for event in self.events)

    def date(self, turn: int) -> str:
        """The quarter in which a turn begins, as ``2015-Q1``; its month, as ``2015-01``, if turns are months."""
        months = (self.start[0] * 4 + self.start[1] - 1) * 3 + turn * MONTHS[self.time_step]
        if self.time_step == "month":
            return f"{months // 12}-{months % 12 + 1:02d}"
        return f"{months // 12}-Q{months // 3 % 4 + 1}"

    def date_as_year(self, turn: int) -> float:
        """The middle of a turn as a decimal year, for axes."""
        return self.start[0] + (self.start[1] - 1 + (turn + 0.5) * quarters(self.time_step)) / 4
