"""Who takes part: the members of each level in the order of the file, what they are called, and to whom they belong."""

from __future__ import annotations

from ..engine.declare.registry import Declarations
from ..engine.declare.role import Role
from ..engine.setting import slug
from ..files.nodes import Broken, Mapping, at, is_null, position_at
from ..files.problems import Report, listed, nearest
from ..files.section import NAME
from ..files.specs import Parsed
from .schema import key_of_belonging

Entities = dict[str, tuple[str, ...]]
Belongs = dict[tuple[str, str], tuple[int, ...]]


def titled(name: str) -> str:
    """A name from a file as a display name, where the file gives none.

    >>> titled("south_ossetia"), titled("georgian_of_gali")
    ('South Ossetia', 'Georgian of Gali')
    """
    return " ".join(word if word in ("of", "and", "the") else word.capitalize() for word in name.split("_"))


def path_of(role: Role, member: str) -> tuple[str, ...]:
    """The keys that lead to a member's section."""
    return tuple(role.section.format(*(member.split(".") if role.many else ())).split("."))


def members(declared: Declarations, root: Mapping, read: dict, report: Report) -> Entities:
    """The members of each level. Needed roles must have some; no two members may share a name."""
    entities: Entities = {}
    for role in declared.roles.values():
        if role.level in entities:
            continue
        if role.naming == "required":
            entities[role.level] = (_by_display_name(role, root, read, report),)
        else:
            entities[role.level] = _named(role, root, report) if role.many else (role.name,)
    _check_unique(declared, root, entities, report)
    return entities


def _leaf(read: dict, path: tuple[str, ...]) -> Parsed | None:
    """What was read at a path of keys."""
    for name in path:
        read = read.get(name) if isinstance(read, dict) else None
    return read if isinstance(read, Parsed) else None


def _named(role: Role, root: Mapping, report: Report) -> tuple[str, ...]:
    """The members of a role that a file names itself, from all places where it may name some."""
    found: list[tuple[tuple[str, ...], str]] = [((), "")]
    for part in role.section.split("."):
        if part == "{}":
            found = [
                ((*path, name), f"{member}.{name}".strip("."))
                for path, member in found
                for name in _names(role, path, root, report)
            ]
        else:
            found = [((*path, part), member) for path, member in found]
    return tuple(member for _, member in found)


def _names(role: Role, path: tuple[str, ...], root: Mapping, report: Report) -> list[str]:
    section = at(root, path)
    names = [name for name in section.entries if NAME.fullmatch(name)] if isinstance(section, Mapping) else []
    above = [at(root, path[:depth]) for depth in range(1, len(path) + 1)]
    reported = any(isinstance(node, Broken) or (node is not None and is_null(node)) for node in above)
    own = path[-1] == role.section.split(".")[-2]  # and not the section of those whom it is inside of
    if role.needed and own and not names and not reported:
        message = f"missing: at least one {role.name} is needed ({role.meaning.rstrip('.')})"
        report.add(position_at(root, path), ".".join(path), message)
    return names


def _by_display_name(role: Role, root: Mapping, read: dict, report: Report) -> str:
    path = (*role.section.split("."), "name")
    found = _leaf(read, path)
    if found is None:
        if at(root, path) is None:
            message = f"missing: what the {role.name} is called, as in 'name: Moscow'"
            report.add(position_at(root, path), ".".join(path), message)
        return role.name
    return slug(found.data) or role.name  # columns have Latin names, whatever the script of the name is


def _check_unique(declared: Declarations, root: Mapping, entities: Entities, report: Report) -> None:
    seen: dict[str, Role] = {}
    for role in declared.roles.values():
        for member in entities[role.level] if role.level == role.name else ():
            if member in seen:
                path = path_of(role, member)
                message = f"{member!r} also names a {seen[member].name}; results are named after their owners: choose another"
                report.add(position_at(root, path), ".".join(path), message)
            seen.setdefault(member, role)


def names(declared: Declarations, read: dict, entities: Entities) -> dict[str, str]:
    """Display names of all members and, where a file gives one, of a member's other roles (``abkhazia.elite``)."""
    called = {}
    for role in declared.roles.values():
        for member in entities[role.level]:
            found = _leaf(read, (*path_of(role, member), "name"))
            if role.name == role.level:
                called[member] = found.data if found else titled(member.rpartition(".")[2])
            elif found:
                called[f"{member}.{role.name}"] = found.data
    return called


def belongs(declared: Declarations, root: Mapping, read: dict, entities: Entities, report: Report) -> Belongs:
    """For each level and each level above it, the index of the member above to which every member belongs."""
    found: Belongs = {}
    for role in declared.roles.values():
        if role.inside:
            above = role.inside[0]
            found[role.level, above] = tuple(
                _index(declared, role, member, entities[above], root, read, report) for member in entities[role.level]
            )
    return found | _transitive(found)


def _index(
    declared: Declarations, role: Role, member: str, choices: tuple[str, ...], root: Mapping, read: dict, report: Report
) -> int:
    level, key = role.inside[0], key_of_belonging(declared, role)
    if not key:
        return choices.index(member.rpartition(".")[0])
    path = (*path_of(role, member), key)
    found = _leaf(read, path)
    if found is not None and found.data in choices:
        return choices.index(found.data)
    if found is not None:
        hint = nearest(found.data, choices) or f"; known are {listed(choices) or 'none'}"
        report.add(found.position, ".".join(path), f"no {level} is called {found.data!r}{hint}")
    elif len(choices) > 1 and at(root, path) is None:
        message = f"missing: the {level} to which it belongs, one of {listed(choices)}"
        report.add(position_at(root, path), ".".join(path), message)
    return 0


def _transitive(found: Belongs) -> Belongs:
    """Two steps up: a member that belongs to a territory belongs to the territory's parent."""
    return {
        (low, above): tuple(outer[index] for index in inner)
        for (low, middle), inner in found.items()
        for (lower, above), outer in found.items()
        if lower == middle and outer
    }
