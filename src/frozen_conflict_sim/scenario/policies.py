"""Policies: mandates on what actors may do, by name."""

from __future__ import annotations

from ..engine.declare.parameter import Category
from ..engine.declare.role import Declarations
from ..engine.setting import Policy
from ..files.nodes import position_at
from ..files.problems import Report
from ..files.specs import Parsed
from .addresses import Addresses
from .merging import Merged
from .values import flattened, values


def policies(declared: Declarations, merged: Merged, read: dict, addresses: Addresses, report: Report) -> dict[str, Policy]:
    """The policies of a scenario."""
    reserved = {
        word
        for words in declared.quantities.values()
        if isinstance(words, Category) and words.open_to == "policies"
        for word in words.options
    }
    found = {}
    for name, mandate in read.items():
        key = f"policies.{name}"
        position = position_at(merged.root, ("policies", name))
        if name in reserved:
            report.add(position, key, f"{name!r} means to have no policy; choose another name")
        _check_members(mandate, key, addresses, merged, report)
        found[name] = Policy(
            name,
            mandate["description"].data if "description" in mandate else "",
            values(mandate, addresses),
            _options(declared, mandate, "forbidden"),
            _options(declared, mandate, "mandatory"),
        )
        for both in set(found[name].forbidden) & set(found[name].mandatory):
            report.add(position, key, f"{both.partition('.')[2]} cannot be closed and ordered at once; choose one")
    return found


def _options(declared: Declarations, mandate: dict, word: str) -> tuple[str, ...]:
    options = []
    for role in declared.roles.values():
        section = mandate.get(role.name)
        listed = section.get(word) if isinstance(section, dict) else None
        options += [f"{role.name}.{option}" for option in listed.data] if isinstance(listed, Parsed) else []
    return tuple(options)


def _check_members(mandate: dict, key: str, addresses: Addresses, merged: Merged, report: Report) -> None:
    """Every value must speak of somebody who takes part; an inherited one may speak of somebody who was removed."""
    for dotted, found in flattened(mandate):
        if dotted not in addresses and not merged.gone(dotted, found.position):
            position = position_at(merged.root, (*key.split("."), *dotted.split(".")))
            report.add(position, f"{key}.{dotted}", addresses.unknown(dotted))
