"""Policies: mandates on what actors may do, by name."""

from __future__ import annotations

from collections.abc import Iterator

from ..engine.declare.parameter import Category
from ..engine.declare.registry import Declarations
from ..engine.setting import MANDATES, Mandate, Policy
from ..files.nodes import position_at
from ..files.problems import Report
from ..files.specs import Parsed
from .addresses import Addresses, flattened, values
from .extends import Merged
from .mandates import MandateReader


def policies(declared: Declarations, read: dict, reader: MandateReader) -> dict[str, Policy]:
    """The policies of a scenario."""
    reserved = {
        word
        for category in declared.quantities.values()
        if isinstance(category, Category) and category.open_to == "policies"
        for word in category.options
    }
    addresses, merged, report, found = reader.addresses, reader.merged, reader.report, {}
    for name, mandate in read.items():
        key = f"policies.{name}"
        position = position_at(merged.root, ("policies", name))
        if name in reserved:
            report.add(position, key, f"{name!r} means to have no policy; choose another name")
        _check_members(mandate, key, addresses, merged, report)
        description = mandate["description"].data if "description" in mandate else ""
        lists = {kind: tuple(_mandates(declared, mandate, kind, key, reader)) for kind in MANDATES}
        found[name] = Policy(name, description, values(mandate, addresses), **lists)
        for problem in _contradictions(found[name]):
            report.add(position, key, problem)
    return found


def _mandates(declared: Declarations, policy: dict, kind: str, key: str, reader: MandateReader) -> Iterator[str | Mandate]:
    """The options of all actors that a policy forbids, or makes mandatory."""
    for role in declared.roles.values():
        section = policy.get(role.name)
        named = section.get(kind) if isinstance(section, dict) else None
        for number, entry in enumerate(named.data if isinstance(named, Parsed) else (), 1):
            if isinstance(entry, str):
                yield f"{role.name}.{entry}"
                continue
            decision, _, name = entry["option"].data.partition(".")
            options = declared.decisions[f"{role.name}.{decision}"].options
            option = next(one for one in options if one.name == name)
            mandate = reader.mandate(entry, option, f"{key}.{role.name}.{kind}[{number}]")
            if mandate is not None:
                yield mandate


def _contradictions(policy: Policy) -> Iterator[str]:
    """A message for each option that is forbidden wherever it is mandatory."""
    for entry in dict.fromkeys(policy.mandatory):
        option = entry if isinstance(entry, str) else entry.option
        name = option.partition(".")[2]
        if entry in policy.forbidden:
            yield f"{name} cannot be forbidden and mandatory at once; choose one"
        elif option in policy.forbidden:
            yield f"{name} is forbidden always, so it is never mandatory; choose one, or say when it is forbidden"


def _check_members(mandate: dict, key: str, addresses: Addresses, merged: Merged, report: Report) -> None:
    """Report values for members that do not take part; an inherited value may address a member that was removed."""
    for dotted, found in flattened(mandate):
        if dotted not in addresses and not merged.gone(dotted, found.position):
            position = position_at(merged.root, (*key.split("."), *dotted.split(".")))
            report.add(position, f"{key}.{dotted}", addresses.unknown(dotted))
