"""Decisions as one table: options in rows, incentives in columns, utility in cells.

``utility[option] = sum of weight × incentive``, relative to doing nothing, which has utility 0. An option is *considered* if
it is open and its utility without noise is positive; choice noise then decides on timing and among the options considered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .faults import DeclarationError, Miswritten, calling_place, unknown
from .names import Names, Owner
from .parameter import Quantity
from .rule import Rule, never_bare

_A_WEIGHT = 'weight=quantity(0.3, 0, 2, "utility", "What it is worth.")'


@dataclass(frozen=True)
class Incentive:
    """One reason for or against an option: ``weight × rule``. The incentive without a weight is the unit of utility."""

    rule: Rule
    weight: str

    @property
    def name(self) -> str:
        """The incentive's name in receipts and tables."""
        return self.rule.name


@dataclass
class Option:
    """Something an actor may do. Other rules read under the name ``act`` whether it was done (0 or 1)."""

    name: str
    decision: Decision
    meaning: str
    act: str = ""
    nothing: bool = False
    one_per_turn: bool = False
    own_conditions: list[Rule] = field(default_factory=list)
    incentives: list[Incentive] = field(default_factory=list)

    def __reduce_ex__(self, protocol):
        """A copy of a registered option is the option itself."""
        registered = self.decision.is_registered and any(option is self for option in self.decision.options)
        return (_option, (self.decision, self.name)) if registered else super().__reduce_ex__(protocol)

    @property
    def address(self) -> str:
        """``role.decision.option``, as mandates write it."""
        return f"{self.decision.key}.{self.name}"

    @property
    def conditions(self) -> list[Rule]:
        """The conditions of the decision and the option's own; doing nothing is always open."""
        return [] if self.nothing else [*self.decision.conditions, *self.own_conditions]

    @never_bare(_A_WEIGHT)
    def incentive(self, weight: Quantity | str | None) -> Callable:
        """Declare an incentive.

        ``weight`` is a quantity, which becomes the weight under the incentive's own name; or the name of another weight of
        this actor; or ``None`` for the incentive in whose unit all others are measured.
        """
        decision = self.decision

        def declare(function):
            rule = Rule.of(function)
            if not isinstance(weight, Quantity | str | None):
                what = f"has the weight {weight!r:.40}, which is neither a quantity nor the name of another weight"
                raise Miswritten([f"{rule.place}: {rule.name} {what}; write {_A_WEIGHT}"])
            decision.names.claim_incentive(rule.name, decision.role, rule.place)
            if isinstance(weight, Quantity):
                decision.names.weigh(rule.name, decision.role, weight)
            self.incentives.append(Incentive(rule, rule.name if isinstance(weight, Quantity) else weight or ""))
            return function

        return declare

    def open_when(self, function: Callable) -> Callable:
        """Declare a condition without which the option is not open."""
        rule = Rule.of(function)
        self.decision.names.admit(rule.name, rule.place)
        self.own_conditions.append(rule)
        return function

    def faults(self, known: set[str], names: Names) -> Iterator[str]:
        """A line for each argument or weight that nothing declares, and for an option without a reason."""
        weights = [name for role, name in names.weights if role == self.decision.role.name]
        for condition in self.own_conditions:
            yield from condition.faults(known)
        for incentive in self.incentives:
            yield from incentive.rule.faults(known)
            if incentive.weight:
                says = f"{incentive.name} of the {self.decision.role.name} has the weight"
                yield from unknown([incentive.weight], weights, incentive.rule.place, says)
        if self.nothing and self.incentives:
            yield f"{self.incentives[0].rule.place}: doing nothing ({self.address}) has utility 0 and takes no incentive"
        if not self.nothing and not self.incentives:
            yield f"{self.decision.place}: {self.address} has no incentive, so nobody would ever choose it"


@dataclass
class Decision:
    """A decision point: who decides, about whom, in which phase of the turn."""

    name: str
    role: Owner
    about: Owner
    phase: str
    meaning: str
    names: Names = field(repr=False)
    place: str = ""
    options: list[Option] = field(default_factory=list)
    conditions: list[Rule] = field(default_factory=list)

    @property
    def key(self) -> str:
        """``role.decision``, under which the declarations have it."""
        return f"{self.role.name}.{self.name}"

    @property
    def is_registered(self) -> bool:
        """Whether this is the decision of its name in sealed declarations."""
        return bool(self.names.catalogue) and self.names.decisions.get(self.key) is self

    def __reduce_ex__(self, protocol):
        """A copy of a registered decision is the decision itself."""
        where = self.names, self.key
        return (_decision, where) if self.is_registered else super().__reduce_ex__(protocol)

    @property
    def level(self) -> str:
        """The level whose members the decision is about; there is one choice for each member."""
        return self.about.level

    def open_when(self, function: Callable) -> Callable:
        """Declare a condition without which no option is open but doing nothing."""
        rule = Rule.of(function)
        self.names.admit(rule.name, rule.place)
        self.conditions.append(rule)
        return function

    def nothing(self, name: str, meaning: str) -> Option:
        """Declare the option of doing nothing, relative to which all utilities are measured."""
        self.names.admit(f"{self.key}.{name}", calling_place())
        option = Option(name, self, meaning, nothing=True)
        self.options.insert(0, option)
        return option

    def option(self, name: str, meaning: str, *, act: str, one_per_turn: bool = False) -> Option:
        """Declare an option. One that is ``one_per_turn`` is chosen for only one member each turn, where it scores best."""
        place = calling_place()
        if one_per_turn and any(other.one_per_turn for other in self.options):
            raise DeclarationError([f"{place}: {self.name}: only one option of a decision can be one_per_turn, not {name} too"])
        self.names.claim(act, self.about, place)
        option = Option(name, self, meaning, act, one_per_turn=one_per_turn)
        self.options.append(option)
        return option

    def faults(self, known: set[str], names: Names) -> Iterator[str]:
        """A line for each fault in the decision's conditions and options, and if it cannot be declined."""
        for condition in self.conditions:
            yield from condition.faults(known)
        for option in self.options:
            yield from option.faults(known, names)
        if not self.options or not self.options[0].nothing:
            yield f"{self.place}: {self.key} cannot be declined; declare its `nothing` first"
        if all(option.nothing for option in self.options):
            yield f"{self.place}: {self.key} has nothing to choose; declare an option"


def _decision(names: Names, key: str) -> Decision:
    return names.decisions[key]


def _option(decision: Decision, name: str) -> Option:
    return next(option for option in decision.options if option.name == name)
