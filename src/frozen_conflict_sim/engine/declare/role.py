"""Roles: who has quantities and who decides. A role registers what any file declares about it.

Names are unique across roles: one name, one thing.
"""

from __future__ import annotations

from collections.abc import Callable

from .decision import Decision, Option
from .derived import Aggregate, Contribution, DerivedQuantity, FixedValue, Hazard, Noise, Procedure
from .faults import DeclarationError, calling_place
from .names import Owner
from .parameter import Category, Quantity, declared_as
from .registry import Declarations
from .rule import Rule, never_bare


class Role(Owner):
    """A role (patron, parent, elite, …): see :class:`Owner` for what it is; its methods declare what it has and does."""

    def __init__(self, declared: Declarations, name: str, meaning: str, **more):
        super().__init__(name, meaning, **more)
        declared.admit(name, calling_place())
        declared.roles[name] = self
        self.declared = declared

    def __reduce_ex__(self, protocol):
        """A copy of a registered role is the role itself."""
        registered = self.declared.catalogue and self.declared.roles.get(self.name) is self
        return (_role, (self.declared, self.name)) if registered else super().__reduce_ex__(protocol)

    def declares(self, **quantities: Quantity | Category) -> None:
        """Declare quantities and categories, by name."""
        for name, quantity in quantities.items():
            self.declared.claim(name, self, declared_as(name, quantity).place)
            self.declared.quantities[name] = quantity.named(name)

    def weighs(self, name: str, weight: Quantity) -> None:
        """Declare the weight of an incentive for this role."""
        self.declared.weigh(name, self, weight)

    @never_bare('"…"')
    def derived(self, unit: str, *, by: str = "", **quantities) -> Callable:
        """Declare a derived quantity; the first sentence of the rule's docstring is its meaning."""
        self.declares(**quantities)

        def declare(function):
            rule = self._claimed(function)
            self.declared.derived[rule.name] = DerivedQuantity(rule, self, unit, rule.sentence, by)
            return function

        return declare

    def aggregates(self, name: str, *, of: str, how: str, meaning: str) -> None:
        """Declare the ``sum``, ``mean`` or ``largest`` of a quantity over the members that belong to this role."""
        place = calling_place()
        self.declared.claim(name, self, place)
        self.declared.aggregates[name] = Aggregate(name, self, of, how, meaning, place)

    @never_bare('"…", phase="…"')
    def changes(self, to: str, *, phase: str, **quantities) -> Callable:
        """Declare one cause of change of the quantity ``to``; the rule gives the amount."""
        self.declares(**quantities)

        def declare(function):
            self.declared.contributions.append(Contribution(self._admitted(function), self, to, phase))
            return function

        return declare

    @never_bare('phase="…"')
    def hazard(self, *, phase: str, **quantities) -> Callable:
        """Declare a chance event; the rule gives its probability."""
        self.declares(**quantities)

        def declare(function):
            rule = self._claimed(function)
            self.declared.hazards[rule.name] = Hazard(rule, self, phase)
            return function

        return declare

    @never_bare('phase="…"')
    def fixed_within_turn(self, *, phase: str) -> Callable:
        """Declare a value that the rule computes once in its phase and that is fixed until the end of the turn."""

        def declare(function):
            rule = self._claimed(function)
            self.declared.fixed_values[rule.name] = FixedValue(rule.name, rule, self, phase, rule.place)
            return function

        return declare

    def noise(self, name: str, meaning: str, **more: str) -> None:
        """Declare a fresh random number each turn, one for each member and item; ``more`` as in :class:`Noise`."""
        self.declared.claim(name, self)
        self.declared.noises[name] = Noise(name, self, meaning, **more)

    def utility_of(self, name: str, option: Option, *, without: tuple[str, ...], meaning: str) -> None:
        """Declare as a derived quantity the utility of an option, without some of its incentives."""
        self.declared.claim(name, option.decision.about)
        self.declared.option_utilities[name] = (option, without, meaning)

    def ends_runs(self, function: Callable) -> Callable:
        """Declare when a run ends; there is one such rule."""
        rule = self._admitted(function)
        if self.declared.ending:
            raise DeclarationError([f"{rule.place}: {rule.name}: {self.declared.ending[0].name} ends runs already"])
        self.declared.ending = rule, self
        return function

    def delayed(self, name: str, *, of: str, turns: str | int) -> None:
        """Declare the value that ``of`` had some turns ago; ``turns`` is their number or a quantity that gives it."""
        self.declared.claim(name, self)
        self.declared.delays[name] = (of, turns)

    def table(self, name: str, meaning: str) -> None:
        """Declare a table of numbers that a procedure computes; residents' rules may read it at birth."""
        self.declared.claim(name, self)
        self.declared.tables[name] = meaning

    @never_bare('phase="…", gives={"…": "What it is."}')
    def procedure(self, *, phase: str, gives: dict[str, str]) -> Callable:
        """Declare a step before the first turn; ``gives`` names the values that it returns, each with its meaning.

        In the phase ``birth`` there are no residents yet, in the phase ``setup`` there are.
        """

        def declare(function):
            place = Rule.of(function).place
            for name in gives:
                self.declared.claim(name, self, place)
            self.declared.procedures.append(Procedure(function.__name__, self, phase, gives, function))
            return function

        return declare

    def decides(self, name: str, meaning: str, *, phase: str, about: Role | None = None) -> Decision:
        """Declare a decision, taken once a turn about each member of ``about`` (by default about the role's own)."""
        place, key = calling_place(), f"{self.name}.{name}"
        self.declared.admit(key, place)
        if key in self.declared.decisions:
            raise DeclarationError([f"{place}: {key} is declared twice, see {self.declared.decisions[key].place}"])
        decision = Decision(name, self, about or self, phase, meaning, self.declared, place)
        self.declared.decisions[key] = decision
        return decision

    def _claimed(self, function: Callable) -> Rule:
        """The rule of a function whose name is taken for it."""
        rule = Rule.of(function)
        self.declared.claim(rule.name, self, rule.place)
        return rule

    def _admitted(self, function: Callable) -> Rule:
        """The rule of a function that nothing else reads, so that its name need not be free."""
        rule = Rule.of(function)
        self.declared.admit(rule.name, rule.place)
        return rule


def _role(declared: Declarations, name: str) -> Owner:
    return declared.roles[name]
