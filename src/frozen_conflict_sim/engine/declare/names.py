"""Names: each is declared once, by one owner, at one place in a file; sealed declarations accept no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .faults import DeclarationError, calling_place
from .parameter import Category, Quantity, declared_as

WEIGHT, NEIGHBOURS, CANDIDATE = "weight_of_", "neighbours_", "candidate"


class Owner:
    """A role as a scenario knows it: what it is, on which level its members are, and where a file keeps their values.

    ``level`` is the axis along which there may be many (territories); several roles may share one (territory, elite, public).
    ``section`` is the path in a scenario file with a ``{}`` for each name. Every member belongs to exactly one member of each
    level in ``inside``. ``needed`` roles must have a member in every scenario, and in every place where there may be one.
    ``naming`` tells whether a scenario gives a display name (``optional``), must give one, from which the member's own name
    follows (``required``), or cannot (``none``). ``measured_by`` is what it would take to know its numbers better.
    """

    residents = None  # what a population declares about single residents

    def __init__(
        self,
        name: str,
        meaning: str,
        *,
        level: str = "",
        section: str,
        inside: tuple[str, ...] = (),
        needed: bool = False,
        naming: str = "optional",
        measured_by: str = "",
    ):
        self.name, self.meaning = name, meaning
        self.level = level or name
        self.section, self.inside = section, inside
        self.needed, self.naming = needed, naming
        self.measured_by = measured_by

    def __repr__(self):
        return f"{type(self).__name__}({self.name})"

    @property
    def many(self) -> bool:
        """Whether a scenario may name several members."""
        return "{}" in self.section

    def dotted(self, member: str, name: str, item: str = "") -> str:
        """The address of a quantity of a member as a scenario file writes it."""
        section = self.section.format(*member.split("."))
        return f"{section}.{name}" + (f".{item}" if item else "")

    @property
    def resident_names(self) -> set[str]:
        """The names that only single residents have a value for."""
        return set()

    def faults(self, known: set[str]) -> Iterator[str]:
        """A line for each fault in what is declared about single members; ``known`` are the names that their rules may read."""
        yield from ()

    def containers(self) -> Iterator[list | dict]:
        """The lists and dictionaries of this role that declarations write to."""
        yield from ()


@dataclass
class Names:
    """What is declared under which name: quantities, weights of incentives, and the owner and place of every name.

    ``version`` grows with every declaration. Once ``sealed``, a further declaration raises :class:`DeclarationError`. The
    module ``catalogue`` has what was sealed as ``declared``; ``made_of`` is a digest of the files that decide what rules do.
    """

    roles: dict[str, Owner] = field(default_factory=dict)
    owners: dict[str, Owner] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    quantities: dict[str, Quantity | Category] = field(default_factory=dict)
    weights: dict[tuple[str, str], Quantity] = field(default_factory=dict)
    incentives: dict[tuple[str, str], str] = field(default_factory=dict)
    version: int = field(default=0, compare=False)
    sealed: bool = field(default=False, compare=False)
    catalogue: str = field(default="", compare=False)
    made_of: str = field(default="", compare=False)

    def admit(self, name: str, place: str) -> None:
        """Count one more declaration; raise an error if they are sealed."""
        if self.sealed:
            late = f"{place}: {name} is declared too late: the declarations are sealed"
            mend = "List its file in the catalogue or, in a script, declare it in `with declared.open():`"
            origin = f", with `declared` from {self.catalogue}" if self.catalogue else ""
            raise DeclarationError([f"{late}. {mend}{origin}"])
        self.version += 1

    def claim(self, name: str, owner: Owner, place: str = "") -> None:
        """Take a name for its owner; raise an error if it is taken."""
        place = place or calling_place()
        self.admit(name, place)
        if name in self.owners:
            self._taken(name, place, self.owners[name].name, self.places[name])
        for (role, incentive), first in self.incentives.items():
            if incentive == name:
                self._taken(name, place, role, first)
        self.owners[name], self.places[name] = owner, place

    def claim_incentive(self, name: str, owner: Owner, place: str) -> None:
        """Take the name of an incentive: one role has one incentive of a name, and nothing else is called so."""
        self.admit(name, place)
        if name in self.owners:
            self._taken(name, place, self.owners[name].name, self.places[name])
        if (owner.name, name) in self.incentives:
            self._taken(name, place, owner.name, self.incentives[owner.name, name])
        self.incentives[owner.name, name] = place

    def weigh(self, name: str, owner: Owner, weight: Quantity) -> None:
        """Take the weight of an incentive; raise an error if its role has one of that name."""
        self.admit(name, declared_as(name, weight).place or calling_place())
        if (owner.name, name) in self.weights:
            self._taken(name, weight.place, owner.name, self.weights[owner.name, name].place)
        self.weights[owner.name, name] = weight.named(name)

    def _taken(self, name: str, place: str, owner: str, first: str) -> None:
        mend = "Choose another name"
        if self.catalogue and not first.startswith(self.catalogue.partition(".")[0]):  # an earlier declaration of a script
            mend += " or, to run a cell of a notebook again, call `declared.restore()` first: it forgets what scripts declared"
        raise DeclarationError([f"{place}: {name!r} is declared twice; {owner} has it already, see {first}. {mend}"])

    def owner(self, name: str) -> Owner:
        """The role that a name belongs to; the weight of an incentive is read as ``weight_of_`` and its name."""
        if not name.startswith(WEIGHT):
            return self.owners[name]
        return self.roles[next(role for role, weight in self.weights if weight == name.removeprefix(WEIGHT))]
