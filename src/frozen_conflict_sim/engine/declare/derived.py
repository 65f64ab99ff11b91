"""What a role may declare besides quantities and decisions: what follows from the state, what changes it, what chance does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .rule import Rule

if TYPE_CHECKING:
    from .role import Role


@dataclass(frozen=True)
class DerivedQuantity:
    """Something that follows from the state: computed when a rule names it, never stored."""

    rule: Rule
    role: Role
    unit: str
    meaning: str
    by: str = ""


@dataclass(frozen=True)
class Aggregate:
    """A measure of the level below, gathered upward: the sum, mean or largest over the members that belong here."""

    name: str
    role: Role
    of: str
    how: str
    meaning: str


@dataclass(frozen=True)
class Contribution:
    """One cause of the change of one quantity, in one phase of the turn."""

    rule: Rule
    role: Role
    to: str
    phase: str


@dataclass(frozen=True)
class Hazard:
    """An event that happens with the probability its rule gives; other rules see it as 0 or 1 under its name."""

    rule: Rule
    role: Role
    phase: str


@dataclass(frozen=True)
class Noise:
    """Fresh chance each turn, seen under its name: a ``normal`` (standard) or a ``uniform`` (0 to 1) number.

    ``by`` names the items, or the level, for each of which there is a number of its own.
    """

    name: str
    role: Role
    meaning: str
    law: str = "normal"
    by: str = ""

    def stream_of(self, member: str) -> str:
        """The stream from which a member's numbers come."""
        return f"{self.name}/{member}"


@dataclass(frozen=True)
class FixedValue:
    """What is found out in a phase and stays as it is for the rest of the turn, whatever it was found from.

    ``determined_by`` is a rule, or the vote of a :class:`~.crowd.Crowd`.
    """

    name: str
    determined_by: Rule | object
    role: Role
    phase: str


@dataclass(frozen=True)
class Procedure:
    """A step before the first turn that no single rule can do: ``function(model)`` gives values under names."""

    name: str
    role: Role
    phase: str
    gives: dict[str, str]
    function: Callable
