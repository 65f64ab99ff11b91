"""What a role may declare besides quantities and decisions: derived quantities, causes of change, and chance.

Each class checks itself: ``faults`` gives a line for each name in it that nothing declares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .faults import did_you_mean, unknown
from .names import Names, Owner
from .parameter import Quantity
from .rule import Rule


@dataclass(frozen=True)
class DerivedQuantity:
    """A number that follows from the state: computed when a rule reads it, never stored."""

    rule: Rule
    role: Owner
    unit: str
    meaning: str
    by: str = ""


@dataclass(frozen=True)
class Aggregate:
    """The sum, mean or largest value (``how``) of a quantity over the members of a level below that belong to this role."""

    name: str
    role: Owner
    of: str
    how: str
    meaning: str
    place: str = ""

    def faults(self, known: set[str]) -> list[str]:
        """A line if the quantity is not declared."""
        return unknown([self.of], known, self.place, f"{self.name} aggregates")


@dataclass(frozen=True)
class Contribution:
    """One cause of the change of the quantity ``to``, in one phase of the turn; its rule gives the amount."""

    rule: Rule
    role: Owner
    to: str
    phase: str

    def faults(self, names: Names) -> list[str]:
        """A line if ``to`` is not declared as a state."""
        if _is_state(names.quantities.get(self.to)):
            return []
        states = [name for name, one in names.quantities.items() if _is_state(one)]
        return [f"{self.rule.place}: {self.rule.name} changes {self.to!r}, which is no state{did_you_mean(self.to, states)}"]


def _is_state(one) -> bool:
    return isinstance(one, Quantity) and one.state


@dataclass(frozen=True)
class Hazard:
    """A chance event with the probability that its rule gives; other rules read it as 0 or 1 under its name."""

    rule: Rule
    role: Owner
    phase: str


@dataclass(frozen=True)
class Noise:
    """A fresh random number each turn: ``normal`` (standard) or ``uniform`` (0 to 1).

    ``by`` names items or a level, for each of which there is a number of its own.
    """

    name: str
    role: Owner
    meaning: str
    law: str = "normal"
    by: str = ""

    def stream_of(self, member: str) -> str:
        """The random stream of a member."""
        return f"{self.name}/{member}"


@dataclass(frozen=True)
class Vote:
    """A vote of the residents for a member of the level ``among``, held ``when`` that name is 1; else ``otherwise`` holds.

    ``voters`` is the trait that tells who may vote.
    """

    among: str
    when: str
    otherwise: str
    voters: str
    meaning: str


@dataclass(frozen=True)
class FixedValue:
    """A value computed once in its phase, by a rule or a vote, and fixed until the end of the turn."""

    name: str
    determined_by: Rule | Vote
    role: Owner
    phase: str
    place: str = ""

    def faults(self, known: set[str], names: Names) -> list[str]:
        """A line for each name that the rule or the vote reads and nothing declares."""
        found = self.determined_by
        if isinstance(found, Rule):
            return found.faults(known)
        says = f"the vote {self.name} reads"
        levels = {role.level for role in names.roles.values()}
        return [
            *unknown([found.when, found.otherwise], known, self.place, says),
            *unknown([found.voters], self.role.resident_names, self.place, says),
            *unknown([found.among], levels, self.place, f"the vote {self.name} is among"),
        ]


@dataclass(frozen=True)
class Procedure:
    """A step before the first turn that no single rule can do: ``function(model)`` returns values by name."""

    name: str
    role: Owner
    phase: str
    gives: dict[str, str]
    function: Callable
