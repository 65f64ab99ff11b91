"""Decisions as one table: options in rows, incentives in columns, utility in cells.

``utility[option] = sum of weight × incentive(what the actor sees)``, relative to doing nothing, which is zero. An option is
*considered* only if it is open and its utility without noise beats doing nothing; noise then decides timing and the
choice among considered acts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .parameter import Quantity
from .role import Role
from .rule import Rule


@dataclass(frozen=True)
class Incentive:
    """One reason for or against an option: ``weight × rule``; without a weight it is the unit of account."""

    rule: Rule
    weight: str

    @property
    def name(self) -> str:
        """The incentive's name in receipts and tables."""
        return self.rule.name


@dataclass
class Option:
    """Something an actor may do. ``act`` is the name under which other rules see that it was done (0 or 1)."""

    name: str
    decision: Decision
    meaning: str
    act: str = ""
    nothing: bool = False
    one_per_turn: bool = False
    own_conditions: list[Rule] = field(default_factory=list)
    incentives: list[Incentive] = field(default_factory=list)

    @property
    def address(self) -> str:
        """``role.decision.option``, as mandates write it."""
        return f"{self.decision.role.name}.{self.decision.name}.{self.name}"

    @property
    def conditions(self) -> list[Rule]:
        """All without which the option is not open: those of the decision, and its own. Doing nothing is always open."""
        return [] if self.nothing else [*self.decision.conditions, *self.own_conditions]

    def incentive(self, weight: Quantity | str | None):
        """Declare an incentive.

        ``weight`` declares what it is worth under the incentive's own name, or names a weight of this actor that is declared
        already, or is ``None`` for the incentive in whose units all others are measured.
        """

        def declare(function):
            rule = Rule.of(function)
            if isinstance(weight, Quantity):
                self.decision.role.weighs(rule.name, weight)
            self.incentives.append(Incentive(rule, rule.name if isinstance(weight, Quantity) else weight or ""))
            return function

        return declare

    def open_when(self, function):
        """Declare a condition without which the option is not open."""
        self.own_conditions.append(Rule.of(function))
        return function


@dataclass
class Decision:
    """A decision point: who decides, about whom, in which phase of the turn."""

    name: str
    role: Role
    about: Role
    phase: str
    meaning: str
    options: list[Option] = field(default_factory=list)
    conditions: list[Rule] = field(default_factory=list)

    @property
    def level(self) -> str:
        """The level whose members the decision is about: one choice for each."""
        return self.about.level

    def open_when(self, function):
        """Declare a condition without which there is nothing to decide: no option is open but doing nothing."""
        self.conditions.append(Rule.of(function))
        return function

    def nothing(self, name: str, meaning: str) -> Option:
        """Declare the option of doing nothing, against which all utilities are measured."""
        option = Option(name, self, meaning, nothing=True)
        self.options.insert(0, option)
        return option

    def option(self, name: str, meaning: str, *, act: str, one_per_turn: bool = False) -> Option:
        """Declare an option; of one that is ``one_per_turn`` only the best case is taken in a turn, the others wait."""
        if one_per_turn and any(other.one_per_turn for other in self.options):
            raise ValueError(f"{self.name}: only one option of a decision can be one a turn, not {name} too")
        option = Option(name, self, meaning, act, one_per_turn=one_per_turn)
        self.role.declared.claim(act, self.about)
        self.role.declared.acts[act] = option
        self.options.append(option)
        return option
