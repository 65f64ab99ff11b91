"""A population: a role whose members are made of many residents, with their traits and the rules that each resident follows.

A resident's rule may read the resident's traits and derived quantities; their average among those it listens to
(``neighbours_`` in front of the name); whatever the territory reads; and, in a vote, what it knows of a candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields

from .derived import FixedValue, Vote
from .faults import calling_place, unknown
from .names import CANDIDATE, NEIGHBOURS
from .parameter import Quantity, declared_as
from .role import Role
from .rule import Rule, never_bare


@dataclass(frozen=True)
class Observed:
    """A quantity of the territory that is the average of a trait or derived quantity over its residents."""

    name: str
    of: str


@dataclass(frozen=True)
class Composition:
    """Which quantities give the number of residents, the ties of each, and the share of ties that lead anywhere.

    Residents of one part (a stratum) are side by side; ``shares`` gives each part's share.
    """

    count: str
    ties: str
    rewired: str
    parts: str
    shares: str
    place: str = ""


@dataclass
class ResidentDeclarations:
    """What is declared about single residents."""

    composition: Composition | None = None
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
    owner: Role | None = field(default=None, repr=False, compare=False)

    def __reduce_ex__(self, protocol):
        registered = self.owner and self.owner.declared.catalogue
        return (getattr, (self.owner, "residents")) if registered else super().__reduce_ex__(protocol)

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Every rule of single residents, with its kind."""
        yield from (("derived quantity", rule) for rule in self.derived.values())
        yield from (("contribution", rule) for _, _, rule in self.changes)
        yield from (("value at birth", rule) for rule in self.at_birth.values())
        yield from (("candidate", rule) for rule in self.candidates.values())
        yield from (("appeal", rule) for rule in self.appeals)

    def in_their_precision(self) -> Iterator[tuple[Rule, bool]]:
        """Every rule, and whether it is evaluated in the precision of the residents."""
        yield from ((rule, kind not in ("value at birth", "candidate")) for kind, rule in self.rules())


class Population(Role):
    """A role whose members are made of many residents."""

    def __init__(self, *what, **more):
        super().__init__(*what, **more)
        self.residents = ResidentDeclarations(owner=self)

    def traits(self, **traits: Quantity) -> None:
        """Declare the traits of a resident; their bounds hold after every change."""
        for name, trait in traits.items():
            self.declared.claim(name, self, declared_as(name, trait).place)
            self.residents.traits[name] = trait.named(name)

    def composed_of(self, *, count: str, ties: str, rewired: str, parts: Role, shares: str) -> None:
        """Declare the quantities of :class:`Composition` and the role whose members are the parts."""
        place = calling_place()
        self.declared.admit(f"the composition of the {self.name}", place)
        self.residents.composition = Composition(count, ties, rewired, parts.level, shares, place)

    def draws(self, **streams: str) -> None:
        """Declare uniform draws, one for every resident at birth, each from the random stream of that name."""
        for name in streams:
            self.declared.claim(name, self)
        self.residents.draws.update(streams)

    @never_bare('"…"')
    def at_birth(self, trait: str) -> Callable:
        """Declare the value of a trait at birth; without such a rule it is the trait's default.

        The rule may read draws, traits declared before it, quantities of the resident's own part, tables, and whatever the
        territory reads.
        """

        def declare(function):
            self.residents.at_birth[trait] = self._admitted(function)
            return function

        return declare

    def quantiles(self, trait: str, *, among: str) -> None:
        """Declare that quantiles of a trait are needed, among the residents who have another trait."""
        self.declared.admit(f"quantiles of {trait}", calling_place())
        self.residents.quantiles.append((trait, among))

    def by_part(self, *names: str) -> None:
        """Declare the traits and derived quantities whose averages over single parts are needed."""
        self.declared.admit(f"averages of {', '.join(names)}", calling_place())
        self.residents.of_parts += names

    def resident_derived(self, function: Callable) -> Callable:
        """Declare a derived quantity of a resident."""
        rule = self._claimed(function)
        self.residents.derived[rule.name] = rule
        return function

    @never_bare('"…", phase="…"')
    def resident_changes(self, to: str, *, phase: str, **quantities) -> Callable:
        """Declare one cause of change of a resident's trait."""
        self.declares(**quantities)

        def declare(function):
            self.residents.changes.append((to, phase, self._admitted(function)))
            return function

        return declare

    def at_start(self, **derived: str) -> None:
        """Declare the derived quantity with which a trait starts, once all residents are born."""
        self.declared.admit(f"the start of {', '.join(derived)}", calling_place())
        self.residents.at_start.update(derived)

    def candidate(self, function: Callable) -> Callable:
        """Declare what residents know of a candidate; the rule may read the candidate's number, ``candidate``."""
        rule = self._claimed(function)
        self.residents.candidates[rule.name] = rule
        return function

    def votes(self, name: str, meaning: str, *, phase: str, among: str, when: str, otherwise: str, voters: str) -> None:
        """Declare a vote (see :class:`Vote`); rules read the winner's number, counted within the level, under ``name``.

        Every resident is for the candidate with the highest appeal, and the first two meet in a runoff.
        """
        place = calling_place()
        self.declared.claim(name, self, place)
        vote = Vote(among, when, otherwise, voters, meaning)
        self.declared.fixed_values[name] = FixedValue(name, vote, self, phase, place)

    def appeals(self, function: Callable) -> Callable:
        """Declare a part of a candidate's appeal to a resident; the parts add up."""
        self.residents.appeals.append(self._admitted(function))
        return function

    def observes(self, of: str, **quantities: Quantity) -> None:
        """Declare quantities of the territory, each the average of a trait or derived quantity over its residents."""
        self.declares(**quantities)
        self.residents.observed += [Observed(name, of) for name in quantities]

    @property
    def resident_names(self) -> set[str]:
        """The names that only single residents have a value for."""
        residents = self.residents
        return {*residents.traits, *residents.derived, *residents.candidates, *residents.draws}

    def containers(self) -> Iterator[list | dict]:
        """The lists and dictionaries that declarations about residents write to."""
        held = (getattr(self.residents, one.name) for one in fields(self.residents))
        yield from (one for one in held if isinstance(one, list | dict))

    def faults(self, known: set[str]) -> Iterator[str]:
        """A line for each name about residents that nothing declares."""
        residents, own = self.residents, self.resident_names
        readable = {*known, *own, *(NEIGHBOURS + name for name in own), CANDIDATE}
        of_residents = [*residents.traits, *residents.derived]
        for trait in residents.traits.values():
            yield from trait.faults()
        for _, rule in residents.rules():
            yield from rule.faults(readable)
        for trait, rule in residents.at_birth.items():
            yield from unknown([trait], residents.traits, rule.place, f"{rule.name} is the value at birth of")
        for trait, _, rule in residents.changes:
            yield from unknown([trait], residents.traits, rule.place, f"{rule.name} changes")
        for one in residents.observed:
            place = self.declared.places[one.name]
            yield from unknown([one.of], of_residents, place, f"{one.name} is the average of")
            if not self.declared.quantities[one.name].state:
                yield f"{place}: {one.name} is the average of residents, so it must be a state"
        whole = f"the {self.name} declares"
        for trait, derived in residents.at_start.items():
            yield from unknown([trait], residents.traits, self.name, f"{whole} the start of")
            yield from unknown([derived], of_residents, self.name, f"{whole} as the start of {trait}")
        for pair in residents.quantiles:
            yield from unknown(pair, residents.traits, self.name, f"{whole} quantiles of")
        yield from unknown(residents.of_parts, of_residents, self.name, f"{whole} averages by part of")
        if made := residents.composition:
            yield from unknown([made.count, made.ties, made.rewired, made.shares], known, made.place, f"{whole} as composition")
