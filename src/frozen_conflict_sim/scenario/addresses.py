"""Dotted keys and what they address: ``parents.georgia.grievance`` one quantity, ``parent.grievance`` that of every parent."""

from __future__ import annotations

from dataclasses import dataclass

from ..engine.declare.parameter import Category, Quantity
from ..engine.declare.role import Declarations, Role
from ..files.problems import listed, nearest

Address = tuple[str, str, str, str]
Members = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Target:
    """What a dotted key addresses; ``shared`` if it speaks of all members of a role at once."""

    key: str
    role: Role
    declared: Quantity | Category
    item: str
    addresses: tuple[Address, ...]
    shared: bool

    @property
    def of_state(self) -> bool:
        """Whether it is a quantity that changes during a run."""
        return isinstance(self.declared, Quantity) and self.declared.state


class Addresses:
    """All dotted keys of a scenario."""

    def __init__(self, declared: Declarations, members: Members):
        entities = dict(members)
        self.targets: dict[str, Target] = {}
        self.specific: dict[Address, str] = {}
        for name, quantity in declared.quantities.items():
            role = declared.owners[name]
            for item in declared.items[quantity.by] if getattr(quantity, "by", "") else ("",):
                self._add(role, entities, f"{name}.{item}" if item else name, quantity, item)
        for (owner, name), weight in declared.weights.items():
            self._add(declared.roles[owner], entities, f"incentives.{name}", weight, "")

    def _add(self, role: Role, entities: dict, tail: str, declared: Quantity | Category, item: str) -> None:
        addresses = tuple((role.name, member, declared.name, item) for member in entities[role.level])
        for address, member in zip(addresses, entities[role.level]):
            key = f"{role.section.format(*member.split('.'))}.{tail}"
            self.targets[key] = Target(key, role, declared, item, (address,), False)
            self.specific[address] = key
        if role.many:
            key = f"{role.name}.{tail}"
            self.targets[key] = Target(key, role, declared, item, addresses, True)

    def __getitem__(self, key: str) -> Target:
        return self.targets[key]

    def __contains__(self, key: str) -> bool:
        return key in self.targets

    def unknown(self, key: str, states_only: bool = False, also: tuple[str, ...] = ()) -> str:
        """What to say of a key that addresses nothing, where it could ``also`` be one of some words."""
        known = [name for name, target in self.targets.items() if target.of_state or not states_only] + list(also)
        same = [name for name in known if name.rpartition(".")[2] == key.rpartition(".")[2] and "." in name]
        hint = nearest(key, same) or nearest(key, known) or (f"; did you mean {listed(same, 3)}?" if same else "")
        return f"{key!r} addresses nothing{hint or '; the command parameters lists what can be addressed'}"


def addresses_of(declared: Declarations, entities: dict[str, tuple[str, ...]]) -> Addresses:
    """All dotted keys of a scenario with these members."""
    return declared.once(Addresses, tuple(entities.items()))
