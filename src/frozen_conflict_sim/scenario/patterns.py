"""Dotted keys of any scenario, for editors: what a file names itself stands as a pattern."""

from __future__ import annotations

import re

from ..engine.declare.parameter import Category, Quantity
from ..engine.declare.role import Declarations, Role
from ..files.section import NAME

_SPELT_OUT = re.compile("[a-z0-9_.]+")


def patterns(declared: Declarations) -> dict[str, tuple[Quantity | Category, str]]:
    """Each quantity and word, with its item, under the keys that address it: of one member, and of all alike."""
    found = {}
    for name, quantity in declared.quantities.items():
        items = declared.items[quantity.by] if getattr(quantity, "by", "") else ("",)
        for section in _sections(declared.owners[name]):
            found |= {f"{section}.{name}{'.' if item else ''}{item}": (quantity, item) for item in items}
    for (owner, name), weight in declared.weights.items():
        found |= {f"{section}.incentives.{name}": (weight, "") for section in _sections(declared.roles[owner])}
    return found


def _sections(role: Role) -> tuple[str, ...]:
    named = role.section.replace("{}", NAME.pattern)
    return (named, role.name) if role.many else (named,)


def keyed(schemas: dict[str, dict]) -> dict:
    """The schema of a map under whose keys (patterns, or spelt out) these schemas hold."""
    spelt_out = {key: schema for key, schema in schemas.items() if _SPELT_OUT.fullmatch(key)}
    others = {f"^{key.replace('.', '[.]')}$": schema for key, schema in schemas.items() if key not in spelt_out}
    return {"type": "object", "properties": spelt_out, "patternProperties": others, "additionalProperties": False}
