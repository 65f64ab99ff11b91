"""Who takes part: the members of each level, in the order of the file, and what they are called."""

from __future__ import annotations

import re
import unicodedata

from ..engine.declare.role import Declarations, Role
from ..files.nodes import Broken, Mapping, at, is_null, position_at
from ..files.problems import Report
from ..files.section import NAME
from ..files.specs import Parsed

NEEDED = ("parent", "territory", "stratum", "faction", "voice")

Entities = dict[str, tuple[str, ...]]


def slug(name: str) -> str:
    """A display name as the name of a column.

    >>> slug("Moscow"), slug("South Ossetia")
    ('moscow', 'south_ossetia')
    """
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_")


def titled(name: str) -> str:
    """A name from a file as a display name, where the file gives none.

    >>> titled("south_ossetia"), titled("georgian_of_gali")
    ('South Ossetia', 'Georgian of Gali')
    """
    return " ".join(word if word in ("of", "and", "the") else word.capitalize() for word in name.split("_"))


def leaf(read: dict, path: tuple[str, ...]) -> Parsed | None:
    """What was read at a path of keys."""
    for name in path:
        read = read.get(name) if isinstance(read, dict) else None
    return read if isinstance(read, Parsed) else None


def path_of(role: Role, member: str) -> tuple[str, ...]:
    """The keys under which a member's section stands."""
    return tuple(role.section.format(*(member.split(".") if role.many else ())).split("."))


def members(declared: Declarations, root: Mapping, read: dict, report: Report) -> Entities:
    """The members of each level. Those that no run can do without must be there; no two may share a name."""
    entities: Entities = {}
    for role in declared.roles.values():
        if role.level in entities:
            continue
        if role.name == "patron":
            entities[role.level] = (_patron(root, read, report),)
        else:
            entities[role.level] = _named(role, root, report) if role.many else (role.name,)
    _check_unique(declared, root, entities, report)
    return entities


def _named(role: Role, root: Mapping, report: Report) -> tuple[str, ...]:
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
    said_already = any(isinstance(node, Broken) or (node is not None and is_null(node)) for node in above)
    own = path[-1] == role.section.split(".")[-2]  # and not the section of those whom it is inside of
    if role.name in NEEDED and own and not names and not said_already:
        message = f"missing: at least one {role.name} is needed ({role.meaning.rstrip('.')})"
        report.add(position_at(root, path), ".".join(path), message)
    return names


def _patron(root: Mapping, read: dict, report: Report) -> str:
    path = ("patron", "name")
    found = leaf(read, path)
    if found is None:
        if at(root, path) is None:
            report.add(position_at(root, path), "patron.name", "missing: what the patron is called, as in 'name: Moscow'")
        return "patron"
    return slug(found.data) or "patron"  # columns have Latin names, whatever the script of the name is


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
    """What everybody is called: each member, and where a file says so a member's elite (``abkhazia.elite``)."""
    called = {}
    for role in declared.roles.values():
        for member in entities[role.level]:
            given = leaf(read, (*path_of(role, member), "name"))
            if role.name == role.level:
                called[member] = given.data if given else titled(member.rpartition(".")[2])
            elif given:
                called[f"{member}.{role.name}"] = given.data
    return called
