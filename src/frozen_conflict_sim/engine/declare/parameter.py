"""Declare a number, or a word, once: default, bounds, unit, meaning, source, grade.

Schema, sampler, sliders, reference pages and axis labels are derived from these declarations and from nothing else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

GRADES = ("documented", "estimated", "assumed")


@dataclass(frozen=True)
class Quantity:
    """One number of the model: what it means and which values make sense.

    ``by`` names the items over which the quantity extends (``clause``), with one default for each item; without a
    default it follows from others unless a scenario sets it. ``private`` hides it from every actor but its owner. What is
    ``common`` shapes the world itself, so all runs of a model have one number. A ``fact`` differs from conflict to conflict, so
    a scenario should give it. ``recomputed`` marks a state that the model computes anew before anybody sees it, and tells
    what to change instead. What ``sums_to_one`` over the members of one place is either divided by its sum (``normalised``)
    or taken as it is (``as given``).
    """

    default: float | dict[str, float] | None
    low: float
    high: float
    unit: str
    meaning: str
    source: str = ""
    grade: str = "assumed"
    by: str = ""
    private: bool = False
    common: bool = False
    state: bool = False
    fact: bool = False
    recomputed: str = ""
    sums_to_one: str = ""
    name: str = ""

    def __post_init__(self):
        defaults = self.default.values() if isinstance(self.default, dict) else [self.default]
        if not all(value is None or self.low <= value <= self.high for value in defaults):
            raise ValueError(f"{self.name or self.meaning}: default {self.default} lies outside {self.low} to {self.high}")
        if self.grade not in GRADES:
            raise ValueError(f"{self.name or self.meaning}: grade {self.grade!r} is none of {', '.join(GRADES)}")
        if self.grade == "documented" and not self.source:
            raise ValueError(f"{self.name or self.meaning}: a documented value needs its source")

    def named(self, name: str, **changes) -> Quantity:
        """The same declaration under its name."""
        return replace(self, name=name, **changes)

    def default_of(self, item: str = "") -> float:
        """The default, of one item where the quantity extends over several; NaN where it follows from others."""
        default = self.default[item] if isinstance(self.default, dict) else self.default
        return math.nan if default is None else default

    @property
    def bounds(self) -> str:
        """The bounds as a reader wants them.

        >>> quantity(0.3, 0, 1, "index", "How deep it goes.").bounds
        '0 to 1 (index)'
        """
        return f"{self.low:g} to {self.high:g} ({self.unit})"


@dataclass(frozen=True)
class Category:
    """A choice between words: one of ``options``; ``open`` where the scenario itself may name further ones."""

    default: str
    options: tuple[str, ...]
    meaning: str
    source: str = ""
    grade: str = "assumed"
    open_to: str = ""
    name: str = ""

    def named(self, name: str) -> Category:
        """The same declaration under its name."""
        return replace(self, name=name)


def quantity(default, low, high, unit, meaning, *, source="", grade="assumed", **more) -> Quantity:
    """A number that stays as it is during a run."""
    return Quantity(default, low, high, unit, meaning, source, grade, **more)


def state(default, low, high, unit, meaning, *, source="", grade="assumed", **more) -> Quantity:
    """A number that changes during a run; the default is where it starts."""
    return Quantity(default, low, high, unit, meaning, source, grade, state=True, **more)


def category(default, options, meaning, *, source="", grade="assumed", open_to="") -> Category:
    """A word to choose; ``open_to`` names the part of a scenario file that may offer further words."""
    return Category(default, tuple(options), meaning, source, grade, open_to)
