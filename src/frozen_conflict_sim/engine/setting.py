"""A conflict set up for the engine: who takes part, which values differ from the declared defaults, what happens when.

A setting is plain data. The loader makes one from a scenario file; a test may write one by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Value:
    """A value that a scenario gives to a quantity.

    ``law`` is ``fixed`` (one number or word), ``between`` (low, high), ``normal`` (mean, sd), ``lognormal`` (median, log sd) or
    ``listed`` (numbers, all equally likely). ``stream`` names the chance it is drawn with: two addresses with one stream get
    one draw. Lists that are drawn ``together`` give what stands at the same place.
    """

    law: str
    numbers: tuple = ()
    source: str = ""
    grade: str = "assumed"
    verified: bool = False
    stream: str = ""
    together: str = ""

    @property
    def fixed(self):
        """The number or word itself, where it is fixed."""
        return self.numbers[0]


@dataclass(frozen=True)
class Event:
    """Something that nobody in the model decides. It shocks quantities; it never scripts a response.

    ``kind`` is ``scheduled`` (on turn ``first``), ``trend`` (every turn from ``first`` to ``last``), ``random`` (with
    probability ``hazard`` a turn from ``first`` to ``last``) or ``conditional`` (each turn in which ``when`` holds: an address,
    one of ``< <= > >=``, a number; with probability ``hazard``; only the first time if ``once``). ``shock`` maps addresses of
    states to what is added to them. An address is ``(role, entity, name, item)``.
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
    says: str = ""

    @property
    def by_chance(self) -> bool:
        """Whether chance has a say in when it comes about."""
        return self.kind in ("random", "conditional") and self.hazard < 1.0

    @property
    def stream(self) -> str:
        """The stream of that chance."""
        return f"event/{self.name}"


@dataclass(frozen=True)
class Policy:
    """A mandate on an actor's options; motives stay what they are.

    ``values`` override quantities by address; ``closed`` and ``ordered`` name options as ``role.decision.option``: a closed
    option is never open, an ordered one is taken whenever it is open.
    """

    name: str
    says: str
    values: dict = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """Who, what, when. ``entities`` maps a level to its members, ``belongs`` maps (level, level above) to indices."""

    title: str
    start: tuple[int, int]
    turns: int
    entities: dict[str, tuple[str, ...]]
    belongs: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    values: dict[tuple, Value] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    def date(self, turn: int) -> str:
        """The quarter of a turn, as ``2015-Q1``."""
        quarters = self.start[0] * 4 + self.start[1] - 1 + turn
        return f"{quarters // 4}-Q{quarters % 4 + 1}"

    def date_as_year(self, turn: int) -> float:
        """The middle of the turn's quarter as a decimal year, for axes."""
        return self.start[0] + (self.start[1] - 1 + turn + 0.5) / 4
