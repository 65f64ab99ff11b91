"""Policies: mandates on what actors may do, by name."""

from __future__ import annotations

from ..engine.declare.parameter import Category
from ..engine.declare.registry import Declarations
from ..engine.setting import Policy
from ..files.nodes import position_at
from ..files.problems import Report
from ..files.specs import Parsed
from .addresses import Addresses, flattened, values
from .extends import Merged
from .schema import MANDATES


def policies(declared: Declarations, merged: Merged, read: dict, addresses: Addresses, report: Report) -> dict[str, Policy]:
    """The policies of a scenario."""
    reserved = {
        word
        for category in declared.quantities.values()
        if isinstance(category, Category) and category.open_to == "policies"
        for word in category.options
    }
    found = {}
    for name, mandate in read.items():
        key = f"policies.{name}"
        position = position_at(merged.root, ("policies", name))
        if name in reserved:
            report.add(position, key, f"{name!r} means to have no policy; choose another name")
        _check_members(mandate, key, addresses, merged, report)
        description = mandate["description"].data if "description" in mandate else ""
        options = {mandated: _options(declared, mandate, mandated) for mandated in MANDATES}
        found[name] = Policy(name, description, values(mandate, addresses), **options)
        for both in set(found[name].forbidden) & set(found[name].mandatory):
            report.add(position, key, f"{both.partition('.')[2]} cannot be forbidden and mandatory at once; choose one")
    return found


def _options(declared: Declarations, mandate: dict, mandated: str) -> tuple[str, ...]:
    options = []
    for role in declared.roles.values():
        section = mandate.get(role.name)
        named = section.get(mandated) if isinstance(section, dict) else None
        options += [f"{role.name}.{option}" for option in named.data] if isinstance(named, Parsed) else []
    return tuple(options)


def _check_members(mandate: dict, key: str, addresses: Addresses, merged: Merged, report: Report) -> None:
    """Report values for members that do not take part; an inherited value may address a member that was removed."""
    for dotted, found in flattened(mandate):
        if dotted not in addresses and not merged.gone(dotted, found.position):
            position = position_at(merged.root, (*key.split("."), *dotted.split(".")))
            report.add(position, f"{key}.{dotted}", addresses.unknown(dotted))
