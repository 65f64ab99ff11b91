"""Who belongs to whom: strata to territories, territories to parents, projects to the territory they cross."""

from __future__ import annotations

from ..engine.declare.role import Declarations, Role
from ..files.nodes import Mapping, at, position_at
from ..files.problems import Report, listed, nearest
from .members import Entities, leaf, path_of
from .schema import key_of_belonging

Belongs = dict[tuple[str, str], tuple[int, ...]]


def belongs(declared: Declarations, root: Mapping, read: dict, entities: Entities, report: Report) -> Belongs:
    """For each level and each level above it, the index of the member to which every member belongs."""
    found: Belongs = {}
    for role in declared.roles.values():
        if role.inside:
            above = entities[role.inside[0]]
            found[role.level, role.inside[0]] = tuple(
                _index(declared, role, member, above, root, read, report) for member in entities[role.level]
            )
    return found | _followed(found)


def _index(
    declared: Declarations, role: Role, member: str, choices: tuple[str, ...], root: Mapping, read: dict, report: Report
) -> int:
    level, key = role.inside[0], key_of_belonging(declared, role)
    if not key:
        return choices.index(member.rpartition(".")[0])
    path = (*path_of(role, member), key)
    given = leaf(read, path)
    if given is not None and given.data in choices:
        return choices.index(given.data)
    if given is not None:
        hint = nearest(given.data, choices) or f"; known are {listed(choices) or 'none'}"
        report.add(given.position, ".".join(path), f"no {level} is called {given.data!r}{hint}")
    elif len(choices) > 1 and at(root, path) is None:
        report.add(
            position_at(root, path), ".".join(path), f"missing: the {level} to which it belongs, one of {listed(choices)}"
        )
    return 0


def _followed(found: Belongs) -> Belongs:
    """Whoever belongs to a territory belongs to its parent."""
    return {
        (low, above): tuple(outer[index] for index in inner)
        for (low, middle), inner in found.items()
        for (lower, above), outer in found.items()
        if lower == middle and outer
    }
