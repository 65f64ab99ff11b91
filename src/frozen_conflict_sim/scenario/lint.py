"""Warnings: what is valid but may not be meant, such as parts that do not add up to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..engine.declare.parameter import Quantity
from ..engine.declare.registry import Declarations
from ..engine.declare.role import Role
from ..engine.setting import Setting, Value
from .addresses import Address
from .members import Belongs, Entities, path_of
from .schema import key_of_belonging

Values = Mapping[Address, Value]

TOLERANCE = 0.02
CONSEQUENCE = {
    "normalised": "each is divided by that sum",
    "as given": "it is taken as it is, so together they weigh that much more or less",
}


def warnings(declared: Declarations, entities: Entities, belongs: Belongs, values: Values) -> Iterator[str]:
    """All warnings about a scenario, a sentence each."""
    for path, name, kind, total in _sums(declared, entities, values):
        if abs(total - 1.0) > TOLERANCE:
            yield f"{name} adds up to {total:g} and not to 1 over {path}; {CONSEQUENCE[kind]}"
    yield from _left_alone(declared, entities, belongs)


def nothing_to_divide(declared: Declarations, entities: Entities, values: Values) -> Iterator[tuple[str, str]]:
    """The path and the name of each quantity that is divided by its sum, but is 0 for every member there."""
    return ((path, name) for path, name, kind, total in _sums(declared, entities, values) if kind == "normalised" and not total)


def facts_not_given(declared: Declarations, scenario: Setting) -> list[str]:
    """Facts that a scenario leaves at their defaults: a line for each member, with the defaults."""
    given = {address[:3] for address in scenario.values}
    lacking: dict[str, list[str]] = {}
    for role in declared.roles.values():
        facts = [name for name, owner in declared.owners.items() if owner is role and _is_fact(declared, name)]
        for member in scenario.entities[role.level]:
            missing = [_with_default(declared, fact) for fact in facts if (role.name, member, fact) not in given]
            lacking.setdefault(scenario.names.get(member, member), []).extend(missing)
    return [f"{called}: {', '.join(missing)}" for called, missing in lacking.items() if missing]


def _is_fact(declared: Declarations, name: str) -> bool:
    return getattr(declared.quantities.get(name), "fact", False)


def _with_default(declared: Declarations, fact: str) -> str:
    default = declared.quantities[fact].default
    return fact if default is None or isinstance(default, dict) else f"{fact} {default:g}"


def _left_alone(declared: Declarations, entities: Entities, belongs: Belongs) -> Iterator[str]:
    """Members to whom no member of a needed role belongs."""
    for role in declared.roles.values():
        above = key_of_belonging(declared, role)
        if role.needed and above:
            for number, member in enumerate(entities[above]):
                if number not in belongs[role.level, above]:
                    yield f"no {role.name} belongs to {member}; what happens in the others reaches it only indirectly"


def _sums(declared: Declarations, entities: Entities, values: Values) -> Iterator[tuple[str, str, str, float]]:
    """Path, name, kind and sum of everything that should sum to one, where all parts are fixed."""
    for name, quantity in declared.quantities.items():
        if not isinstance(quantity, Quantity) or not quantity.sums_to_one:
            continue
        for path, parts in _parts(declared, quantity, entities):
            given = [values.get((declared.owners[name].name, member, name, item)) for member, item in parts]
            if all(value is None or value.law == "fixed" for value in given):
                numbers = (quantity.default_of(item) if one is None else one.fixed for one, (_, item) in zip(given, parts))
                yield path, name, quantity.sums_to_one, round(sum(numbers), 6)


def _parts(declared: Declarations, quantity: Quantity, entities: Entities) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What adds up to one: a path, and the member and item of each part."""
    role = declared.owners[quantity.name]
    if quantity.by:
        for member in entities[role.level]:
            yield ".".join(path_of(role, member)), [(member, item) for item in declared.items[quantity.by]]
    else:
        for path, members in _groups(role, entities).items():
            yield path, [(member, "") for member in members]


def _groups(role: Role, entities: Entities) -> dict[str, list[str]]:
    """The members of a role by the place in which a file names them."""
    groups: dict[str, list[str]] = {}
    for member in entities[role.level]:
        groups.setdefault(".".join(path_of(role, member)[:-1]), []).append(member)
    return groups
