"""A public of many residents, declared like any other role: traits of residents, and rules that every resident follows.

A resident's rule may read the resident's traits and measures, the average of a trait or measure among those it listens to
(``neighbours_`` in front of its name), and whatever the territory sees; when residents vote, also what
they see of a candidate.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .derived import FixedValue
from .parameter import Quantity
from .role import Role
from .rule import Rule

CANDIDATE = "candidate"


@dataclass(frozen=True)
class Observed:
    """A quantity of the territory that is the average of a trait or measure over its residents."""

    name: str
    of: str


@dataclass(frozen=True)
class Vote:
    """A vote of the residents for one of the members of a level; where none is held, ``otherwise`` stands."""

    among: str
    when: str
    otherwise: str
    voters: str
    meaning: str


@dataclass(frozen=True)
class Composition:
    """How a crowd is made up: names of how many residents, how many ties each has, and what share of them leads anywhere.

    Residents of a part (a stratum) stand side by side, as many as its share says.
    """

    count: str
    ties: str
    rewired: str
    parts: str
    shares: str


@dataclass
class ResidentDeclarations:
    """What is declared about single residents."""

    makeup: Composition | None = None
    draws: dict[str, str] = field(default_factory=dict)
    at_birth: dict[str, Rule] = field(default_factory=dict)
    quantiles: list[tuple[str, str]] = field(default_factory=list)
    of_parts: list[str] = field(default_factory=list)
    traits: dict[str, Quantity] = field(default_factory=dict)
    derived: dict[str, Rule] = field(default_factory=dict)
    changes: list[tuple[str, str, Rule]] = field(default_factory=list)
    observed: list[Observed] = field(default_factory=list)
    at_start: dict[str, str] = field(default_factory=dict)
    candidates: dict[str, Rule] = field(default_factory=dict)
    appeals: list[Rule] = field(default_factory=list)


class Population(Role):
    """A role whose members are made of many residents."""

    def __init__(self, *words, **more):
        super().__init__(*words, **more)
        self.residents = ResidentDeclarations()

    def traits(self, **traits: Quantity) -> None:
        """Declare what a resident is or holds, one trait a line; the bounds are held after every change."""
        for name, trait in traits.items():
            self.declared.claim(name, self)
            self.residents.traits[name] = trait.named(name)

    def composed_of(self, *, count: str, ties: str, rewired: str, parts: Role, shares: str) -> None:
        """Declare by which quantities the crowd is made up, and the role whose members are its parts."""
        self.residents.makeup = Composition(count, ties, rewired, parts.level, shares)

    def draws(self, **streams: str) -> None:
        """Declare what chance gives every resident on the way: uniform numbers, each from the stream of that name."""
        for name in streams:
            self.declared.claim(name, self)
        self.residents.draws.update(streams)

    def at_birth(self, trait: str):
        """Declare with what value of a trait a resident begins; without such a rule it is the trait's default.

        The rule may read lots, traits that begin before it, quantities of the resident's own part, tables, and whatever
        the territory sees.
        """

        def declare(function):
            self.residents.at_birth[trait] = Rule.of(function)
            return function

        return declare

    def quantiles(self, trait: str, *, among: str) -> None:
        """Declare that residents may be ranked by a trait, among those who have another."""
        self.residents.quantiles.append((trait, among))

    def by_part(self, *names: str) -> None:
        """Declare of which traits and measures the averages over single parts are wanted."""
        self.residents.of_parts += names

    def resident_derived(self, function):
        """Declare something that follows from a resident's traits and surroundings."""
        rule = Rule.of(function)
        self.declared.claim(rule.name, self)
        self.residents.derived[rule.name] = rule
        return function

    def resident_changes(self, to: str, *, phase: str, **quantities):
        """Declare one cause of change of a resident's trait."""
        self.declares(**quantities)

        def declare(function):
            self.residents.changes.append((to, phase, Rule.of(function)))
            return function

        return declare

    def at_start(self, **measures: str) -> None:
        """Declare with which measure a trait starts."""
        self.residents.at_start.update(measures)

    def candidate(self, function):
        """Declare something that residents see of a candidate when they vote; the rule may read its number, ``candidate``."""
        rule = Rule.of(function)
        self.declared.claim(rule.name, self)
        self.residents.candidates[rule.name] = rule
        return function

    def votes(self, name: str, meaning: str, *, phase: str, among: str, when: str, otherwise: str, voters: str) -> None:
        """Declare a vote: who wins it, by its number ``among`` the members of a level, is announced under ``name``.

        It is held ``when`` that name says so; where not, the answer is ``otherwise``. ``voters`` is the trait that says
        who may vote. Everybody is for the most appealing candidate, and the first two meet in a runoff.
        """
        self.declared.claim(name, self)
        vote = Vote(among, when, otherwise, voters, meaning)
        self.declared.fixed_values[name] = FixedValue(name, vote, self, phase)

    def appeals(self, function):
        """Declare a part of a candidate's appeal to a resident; the parts add up."""
        self.residents.appeals.append(Rule.of(function))
        return function

    def observes(self, of: str, **quantity: Quantity) -> None:
        """Declare a quantity of the territory that is the average of a trait or measure over its residents."""
        self.declares(**quantity)
        self.residents.observed += [Observed(name, of) for name in quantity]
