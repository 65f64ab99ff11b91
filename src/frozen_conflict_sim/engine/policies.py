"""Policies in force: those that the scenario chooses for its actors, and what they set and mandate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .declare.names import Owner
from .declare.registry import Declarations
from .setting import MANDATES, Mandate, Policy, Setting


def mandated(declared: Declarations, setting: Setting, categories: dict) -> dict:
    """The values that the policies in force set instead of the scenario's own, by address."""
    return {address: value for policy in in_force(declared, setting, categories) for address, value in policy.values.items()}


def in_force(declared: Declarations, setting: Setting, categories: dict) -> list[Policy]:
    """The policies that the scenario's categories choose.

    What a policy says about the role that chooses it holds for the member that chooses it, if there are several.
    """
    found = []
    for (name, member), word in categories.items():
        if declared.quantities[name].open_to == "policies" and word in setting.policies:
            role, policy = declared.owners[name], setting.policies[word]
            alone = len(setting.entities[role.level]) == 1
            found.append(policy if alone else _of_member(declared, setting, policy, role, member))
    return found


def _of_member(declared: Declarations, setting: Setting, policy: Policy, role: Owner, member: str) -> Policy:
    """The part of a policy that holds where one of several members has chosen it."""
    values = {address: value for address, value in policy.values.items() if address[0] != role.name or address[1] == member}
    lists = {kind: tuple(_narrowed(declared, setting, getattr(policy, kind), role, member)) for kind in MANDATES}
    return replace(policy, values=values, **lists)


def _narrowed(declared: Declarations, setting: Setting, entries: tuple, role: Owner, member: str) -> Iterator[str | Mandate]:
    """Mandates, of which those on the role's own decisions hold for what one of its members decides."""
    for entry in entries:
        mandate = Mandate(entry) if isinstance(entry, str) else entry
        owner, decision, _ = mandate.option.split(".")
        if owner != role.name:
            yield entry
            continue
        level = declared.decisions[f"{owner}.{decision}"].level
        own = _decided_by(setting, role, member, level)
        of = tuple(one for one in own if mandate.of is None or one in mandate.of)
        if of:
            yield replace(mandate, of=of)


def _decided_by(setting: Setting, role: Owner, member: str, level: str) -> list[str]:
    """The members of a level about which a member of a role decides."""
    if level == role.level:
        return [member]
    place, belongs = setting.entities[role.level].index(member), setting.belongs.get((level, role.level))
    return [one for at, one in enumerate(setting.entities[level]) if belongs is None or belongs[at] == place]
