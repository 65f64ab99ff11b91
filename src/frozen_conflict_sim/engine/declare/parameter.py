"""Parameters and states: a number or a category is declared once, with default, bounds, unit, meaning, source and grade.

Schemas, samplers, sliders, reference pages and axis labels are derived from these declarations and from nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from numbers import Real

from .faults import DeclarationError, Miswritten, calling_place

GRADES = ("documented", "estimated", "assumed")
_WRITTEN = 'write its default, low, high, unit and meaning: quantity(0.3, 0, 2, "utility", "What it is worth.")'


@dataclass(frozen=True)
class Quantity:
    """A number of the model: what it means and which values it may have.

    ``by`` names the items for each of which there is a number (``clause``), with one default for each item. Without a
    default the number is computed from others unless a scenario sets it. ``private`` hides it from every actor but its
    owner. A ``common`` number is the same in all runs of a model, because it shapes the world itself. A ``fact`` differs
    from conflict to conflict, so a scenario should give it. ``recomputed`` marks a state that the model computes anew before
    any rule reads it, and tells what to change instead. What ``sums_to_one`` over the members of one place, or over the items
    of a member, is either divided by its sum (``normalised``) or taken as it is (``as given``). Where it is not set, it
    ``follows`` the quantity of that name of the member above. ``key`` is the last part of its key in files, by default its
    name; ``place`` is the file and line of the declaration.
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
    follows: str = ""
    key: str = ""
    name: str = ""
    place: str = field(default="", compare=False, repr=False)

    def __post_init__(self):
        defaults = self.default.values() if isinstance(self.default, dict) else [self.default]
        numbers = [("default", one) for one in defaults if one is not None] + [("low", self.low), ("high", self.high)]
        for what, value in numbers:
            if not isinstance(value, Real):
                self._refuse(f"its {what} is {value!r:.40}, which is no number; {_WRITTEN}", Miswritten)
        for what, value in (("unit", self.unit), ("meaning", self.meaning)):
            if not isinstance(value, str):
                self._refuse(f"its {what} is {value!r:.40}, which is no text; {_WRITTEN}", Miswritten)
        if not all(value is None or self.low <= value <= self.high for value in defaults):
            self._refuse(f"default {self.default} is outside {self.low} to {self.high}")
        if self.grade not in GRADES:
            self._refuse(f"grade {self.grade!r} is none of {', '.join(GRADES)}")
        if self.grade == "documented" and not self.source:
            self._refuse("a documented value needs its source")

    def _refuse(self, why: str, error: type[DeclarationError] = DeclarationError):
        raise error([f"{self.place or calling_place()}: {self.name or self.meaning}: {why}"])

    def named(self, name: str, **changes) -> Quantity:
        """A copy of the declaration with its name."""
        return replace(self, name=name, key=self.key or name, **changes)

    def default_of(self, item: str = "") -> float:
        """The default, of one item where there are several; NaN if the number is computed from others."""
        default = self.default[item] if isinstance(self.default, dict) else self.default
        return math.nan if default is None else default

    @property
    def bounds(self) -> str:
        """The bounds with the unit, for a reader.

        >>> quantity(0.3, 0, 1, "index", "How deep it goes.").bounds
        '0 to 1 (index)'
        """
        return f"{self.low:g} to {self.high:g} ({self.unit})"

    def faults(self) -> Iterator[str]:
        """A line for each fault in the declaration itself."""
        if not self.meaning.endswith((".", "?")):
            yield f"{self.place}: {self.name}: its meaning is no sentence; end it with a full stop"
        if not self.unit:
            yield f"{self.place}: {self.name} has no unit"
        if not self.low < self.high:
            yield f"{self.place}: {self.name}: its bounds {self.low:g} and {self.high:g} leave no room between them"


@dataclass(frozen=True)
class Category:
    """A choice of one word out of ``options``; a scenario may add words in the section that ``open_to`` names.

    ``key`` is the last part of its key in files, by default its name.
    """

    default: str
    options: tuple[str, ...]
    meaning: str
    source: str = ""
    grade: str = "assumed"
    open_to: str = ""
    key: str = ""
    name: str = ""
    structural: bool = False
    place: str = field(default="", compare=False, repr=False)

    def named(self, name: str) -> Category:
        """A copy of the declaration with its name."""
        return replace(self, name=name, key=self.key or name)

    def faults(self) -> Iterator[str]:
        """A line for each fault in the declaration itself."""
        if not self.meaning.endswith((".", "?")):
            yield f"{self.place}: {self.name}: its meaning is no sentence; end it with a full stop"


def declared_as(name: str, one) -> Quantity | Category:
    """What is declared under a name; raise :class:`Miswritten` if it is neither a quantity nor a category."""
    if not isinstance(one, Quantity | Category):
        raise Miswritten([f"{calling_place()}: {name} is {one!r:.40}, which is no quantity; {_WRITTEN}"])
    return one


def quantity(default, low, high, unit, meaning, *, source="", grade="assumed", **more) -> Quantity:
    """Declare a number that is fixed during a run; ``more`` takes the further fields of :class:`Quantity`."""
    return Quantity(default, low, high, unit, meaning, source, grade, place=calling_place(), **more)


def state(default, low, high, unit, meaning, *, source="", grade="assumed", **more) -> Quantity:
    """Declare a number that changes during a run; the default is its starting value."""
    return Quantity(default, low, high, unit, meaning, source, grade, state=True, place=calling_place(), **more)


def category(default, options, meaning, *, source="", grade="assumed", open_to="", key="", structural=False) -> Category:
    """Declare a choice of one word; ``open_to`` names the section of a scenario file that may add words.

    Of a ``structural`` word the order, length or code of a turn depends: each option has compiled code of its own. All other
    words are looked up in memory, so that one code serves them all; rules compare them by ``==`` and ``!=``.
    """
    more = {"structural": structural, "place": calling_place()}
    return Category(default, tuple(options), meaning, source, grade, open_to, key, **more)
