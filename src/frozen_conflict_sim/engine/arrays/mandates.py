"""Mandates as arrays: which options the policies in force forbid or make mandatory, for which members, in which runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ..declare.decision import Option
from ..declare.registry import Declarations
from ..setting import MANDATES, Mandate, Policy
from .events import COMPARE
from .state import WorldState

FORBIDDEN, MANDATORY = MANDATES


class Mandates:
    """The mandates of some policies, by kind and option.

    ``always`` has the options that are mandated for all and always, and costs nothing in a turn; ``sometimes`` has the mandates
    that hold for some members, for some time or under conditions, in turns.
    """

    def __init__(self, policies: Iterable[Policy], time_step: str):
        self.always: dict[str, frozenset[str]] = {}
        self.sometimes: dict[str, dict[str, tuple[Mandate, ...]]] = {}
        self.by_policy: list[tuple[str, str, Mandate]] = []
        for kind in MANDATES:
            listed = [(policy.name, entry) for policy in policies for entry in getattr(policy, kind)]
            mandates = [(name, Mandate(entry) if isinstance(entry, str) else entry.scaled(time_step)) for name, entry in listed]
            self.by_policy += [(kind, name, mandate) for name, mandate in mandates]
            self.always[kind] = frozenset(one.option for _, one in mandates if one == Mandate(one.option))
            self.sometimes[kind] = {}
            for _, one in mandates:
                if one.option not in self.always[kind]:
                    self.sometimes[kind][one.option] = (*self.sometimes[kind].get(one.option, ()), one)

    def structure(self, adjustable: frozenset[str] = frozenset()) -> tuple:
        """All that compiled code depends on, where it looks up in memory whether ``adjustable`` options are mandated always."""
        return tuple((self.always[kind] - adjustable, tuple(sorted(self.sometimes[kind].items()))) for kind in MANDATES)

    def where(self, kind: str, option: Option, world: WorldState):
        """Where an option is mandated now: a single yes or no for all, or an array that broadcasts to ``(member, run)``."""
        if option.address in self.always[kind]:
            return True
        found = False
        for mandate in self.sometimes[kind].get(option.address, ()):
            found = found | holds(mandate, world, option.decision.level)
        return found

    def reasons(self, kind: str, option: Option, world: WorldState) -> Iterator[tuple[str, np.ndarray]]:
        """The mandates of a kind on an option that hold now, in words, and where; ``(member, run)``."""
        shape = (len(world.members(option.decision.level)), world.runs)
        for listed, policy, mandate in self.by_policy:
            if listed == kind and mandate.option == option.address:
                where = np.broadcast_to(holds(mandate, world, option.decision.level), shape)
                if where.any():
                    yield f"the policy {policy}{in_words(mandate, world)}", where


def holds(mandate: Mandate, world: WorldState, level: str):
    """Where a mandate on a decision about the members of a level holds now; broadcasts to ``(member, run)``."""
    last = world.setting.turns if mandate.last is None else mandate.last
    if not mandate.first <= world.turn <= last:
        return False
    found = True if mandate.of is None else np.array([[member in mandate.of] for member in world.members(level)])
    for condition in mandate.when:
        found = found & condition_holds(condition, world, level)
    return found


def condition_holds(condition: tuple, world: WorldState, level: str) -> np.ndarray:
    """Where the condition of a mandate holds; a condition without a member is read by each member of the level."""
    (_, member, name, item), sign, number = condition
    owner, by = world.declared.owners[name].level, world.declared.quantities[name].by
    values = world.values[name][world.declared.items[by].index(item)] if by else world.values[name]
    seen = values[world.members(owner).index(member)] if member else world.broadcast(values, owner, level)
    return COMPARE[sign](seen, number)


def in_words(mandate: Mandate, world: WorldState) -> str:
    """For whom, when and under which conditions a mandate holds; empty if for all and always."""
    setting, parts = world.setting, []
    if mandate.of is not None:
        parts.append(f"of {', '.join(mandate.of)}")
    if mandate.first:
        parts.append(f"from {setting.date(mandate.first)}")
    if mandate.last is not None:
        parts.append(f"until {setting.date(mandate.last)}")
    if mandate.when:
        parts.append(f"while {' and '.join(condition_text(world.declared, condition) for condition in mandate.when)}")
    return f" ({', '.join(parts)})" if parts else ""


def condition_text(declared: Declarations, condition: tuple) -> str:
    """A condition as a file writes it."""
    (role, member, name, item), sign, number = condition
    owner, key = declared.owners[name], declared.quantities[name].key
    dotted = owner.dotted(member, key, item) if member else f"{role}.{key}" + (f".{item}" if item else "")
    return f"{dotted} {sign} {number:g}"
