"""Roles: who has quantities, who decides, and everything that is declared about them.

A role (patron, parent, elite, …) is declared once; its quantities, measures, decisions and mechanisms register themselves
with it, from whichever file they stand in. Names are unique across roles: one name, one thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .derived import Aggregate, Contribution, DerivedQuantity, FixedValue, Hazard, Noise, Procedure
from .parameter import Category, Quantity
from .rule import Rule

WEIGHT = "weight_of_"
_KEPT = 64


@dataclass
class Declarations:
    """Everything that has been declared, by name."""

    roles: dict[str, Role] = field(default_factory=dict)
    quantities: dict[str, Quantity | Category] = field(default_factory=dict)
    weights: dict[tuple[str, str], Quantity] = field(default_factory=dict)
    owners: dict[str, Role] = field(default_factory=dict)
    derived: dict[str, DerivedQuantity] = field(default_factory=dict)
    aggregates: dict[str, Aggregate] = field(default_factory=dict)
    noises: dict[str, Noise] = field(default_factory=dict)
    hazards: dict[str, Hazard] = field(default_factory=dict)
    procedures: list[Procedure] = field(default_factory=list)
    fixed_values: dict[str, FixedValue] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    contributions: list[Contribution] = field(default_factory=list)
    decisions: dict[str, object] = field(default_factory=dict)
    acts: dict[str, object] = field(default_factory=dict)
    option_utilities: dict[str, tuple] = field(default_factory=dict)
    delays: dict[str, tuple[str, str | int]] = field(default_factory=dict)
    ending: tuple[Rule, Role] | None = None
    items: dict[str, tuple[str, ...]] = field(default_factory=dict)
    made: dict[tuple, object] = field(default_factory=dict, compare=False, repr=False)

    def claim(self, name: str, role: Role):
        """Take a name; it must be free."""
        if name in self.owners:
            raise ValueError(f"{name!r} is declared twice, by {self.owners[name].name} and by {role.name}")
        self.owners[name] = role

    def owner(self, name: str) -> Role:
        """Whose a name is; the weight of an incentive is seen as ``weight_of_`` and its name."""
        if name.startswith(WEIGHT):
            return self.roles[next(role for role, weight in self.weights if weight == name.removeprefix(WEIGHT))]
        return self.owners[name]

    def once(self, make, *about):
        """``make(self, *about)``, made once, and anew when more has been declared since; the like is meant for reading only."""
        options = (option.name for decision in self.decisions.values() for option in decision.options)
        key = make, about, tuple(self.owners), tuple(self.weights), tuple(options)
        if key not in self.made:
            if len(self.made) == _KEPT:
                self.made.clear()
            self.made[key] = make(self, *about)
        return self.made[key]

    def computed_from(self) -> dict[str, set[str]]:
        """For every derived name the names from which it is computed."""
        names = {name: set(measure.rule.reads) for name, measure in self.derived.items()}
        names |= {name: {gathered.of} for name, gathered in self.aggregates.items()}
        names |= {name: {read for read in pair if isinstance(read, str)} for name, pair in self.delays.items()}
        for name, (option, without, _) in self.option_utilities.items():
            rules = [incentive.rule for incentive in option.incentives if incentive.name not in without]
            names[name] = {read for rule in rules for read in rule.reads}
        return names

    def rules(self):
        """Every rule with the role whose eyes it sees with and a word for what it is."""
        for measure in self.derived.values():
            yield "measure", measure.role, measure.rule
        for hazard in self.hazards.values():
            yield "hazard", hazard.role, hazard.rule
        for announcement in self.fixed_values.values():
            if isinstance(announcement.determined_by, Rule):
                yield "announcement", announcement.role, announcement.determined_by
        for contribution in self.contributions:
            yield "contribution", contribution.role, contribution.rule
        if self.ending:
            yield "ending", self.ending[1], self.ending[0]
        for decision in self.decisions.values():
            for condition in decision.conditions:
                yield "condition", decision.role, condition
            for option in decision.options:
                for condition in option.own_conditions:
                    yield "condition", decision.role, condition
                for incentive in option.incentives:
                    yield "incentive", decision.role, incentive.rule


class Role:
    """A part in the play: what it is, on which level it stands, where its values live in a scenario file.

    ``level`` is the axis along which there may be many (territories); several roles may share one (territory, elite, public).
    ``section`` is the path in a scenario file with a ``{}`` for each name; ``inside`` maps a level above to the rule that
    every member belongs to exactly one member of it. ``needed`` roles must have a member in every scenario, and in every place
    where there may be one. ``naming`` says whether a scenario gives a display name (``optional``), must give one, from which
    the member's own name follows (``required``), or cannot (``none``).
    """

    def __init__(
        self,
        declared: Declarations,
        name: str,
        meaning: str,
        *,
        level: str = "",
        section: str,
        inside: tuple[str, ...] = (),
        needed: bool = False,
        naming: str = "optional",
    ):
        self.declared, self.name, self.meaning = declared, name, meaning
        self.level = level or name
        self.section, self.inside = section, inside
        self.needed, self.naming = needed, naming
        declared.roles[name] = self

    def __repr__(self):
        return f"Role({self.name})"

    @property
    def many(self) -> bool:
        """Whether a scenario may name several of them."""
        return "{}" in self.section

    def dotted(self, member: str, name: str, item: str = "") -> str:
        """The address of a quantity of a member as a scenario file writes it."""
        section = self.section.format(*member.split("."))
        return f"{section}.{name}" + (f".{item}" if item else "")

    def declares(self, **quantities: Quantity | Category) -> None:
        """Declare quantities, one a line."""
        for name, declared in quantities.items():
            if name in self.declared.quantities and self.declared.quantities[name] is declared:
                continue
            self.declared.claim(name, self)
            self.declared.quantities[name] = declared.named(name)

    def weighs(self, name: str, weight: Quantity) -> None:
        """Declare what an incentive is worth to this role."""
        key = (self.name, name)
        if key in self.declared.weights:
            raise ValueError(f"{self.name} weighs {name!r} twice")
        self.declared.weights[key] = weight.named(name)

    def derived(self, unit: str, *, by: str = "", **quantities):
        """Declare a measure; its docstring's first sentence is its meaning."""
        self.declares(**quantities)

        def declare(function):
            rule = Rule.of(function)
            self.declared.claim(rule.name, self)
            self.declared.derived[rule.name] = DerivedQuantity(rule, self, unit, rule.sentence, by)
            return function

        return declare

    def aggregates(self, name: str, *, of: str, how: str, meaning: str) -> None:
        """Declare the ``sum``, ``mean`` or ``largest`` of a quantity or measure over the members that belong to this role."""
        self.declared.claim(name, self)
        self.declared.aggregates[name] = Aggregate(name, self, of, how, meaning)

    def changes(self, to: str, *, phase: str, **quantities):
        """Declare one cause of change of the quantity ``to``; the function gives the amount."""
        self.declares(**quantities)

        def declare(function):
            self.declared.contributions.append(Contribution(Rule.of(function), self, to, phase))
            return function

        return declare

    def hazard(self, *, phase: str, **quantities):
        """Declare a chance event; the function gives its probability."""
        self.declares(**quantities)

        def declare(function):
            rule = Rule.of(function)
            self.declared.claim(rule.name, self)
            self.declared.hazards[rule.name] = Hazard(rule, self, phase)
            return function

        return declare

    def fixed_within_turn(self, *, phase: str):
        """Declare something that is found out in a phase and stays as it is for the rest of the turn."""

        def declare(function):
            rule = Rule.of(function)
            self.declared.claim(rule.name, self)
            self.declared.fixed_values[rule.name] = FixedValue(rule.name, rule, self, phase)
            return function

        return declare

    def noise(self, name: str, meaning: str, **more: str) -> None:
        """Declare fresh chance each turn, one number for each member and item; see :class:`Noise` for what may be said."""
        self.declared.claim(name, self)
        self.declared.noises[name] = Noise(name, self, meaning, **more)

    def utility_of(self, name: str, option, *, without: tuple[str, ...], meaning: str) -> None:
        """Declare as a measure what an option is worth, some incentives left out."""
        self.declared.claim(name, option.decision.about)
        self.declared.option_utilities[name] = (option, without, meaning)

    def ends_runs(self, function):
        """Declare when a run is over; there is one such rule."""
        self.declared.ending = Rule.of(function), self
        return function

    def delayed(self, name: str, *, of: str, turns: str | int) -> None:
        """Declare the value that ``of`` had some turns ago; ``turns`` is how many, or the quantity that says it."""
        self.declared.claim(name, self)
        self.declared.delays[name] = (of, turns)

    def table(self, name: str, meaning: str) -> None:
        """Declare a table of numbers that some procedure gives; residents may look things up in it when they come about."""
        self.declared.claim(name, self)
        self.declared.tables[name] = meaning

    def procedure(self, *, phase: str, gives: dict[str, str]):
        """Declare a step before the first turn that gives values under names, each with its meaning.

        In the phase ``birth`` there are no residents yet, in the phase ``setup`` there are.
        """

        def declare(function):
            for name in gives:
                self.declared.claim(name, self)
            self.declared.procedures.append(Procedure(function.__name__, self, phase, gives, function))
            return function

        return declare

    def decides(self, name: str, meaning: str, *, phase: str, about: Role | None = None):
        """Declare a decision point, taken once a turn about each member of ``about`` (by default the role itself)."""
        from .decision import Decision

        decision = Decision(name, self, about or self, phase, meaning)
        key = f"{self.name}.{name}"
        if key in self.declared.decisions:
            raise ValueError(f"{self.name} decides {name!r} twice")
        self.declared.decisions[key] = decision
        return decision
