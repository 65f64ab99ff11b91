"""Who takes part: the members of each level, what they are called, and who belongs to whom."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from ..engine.role import Declarations, Role
from .nodes import Mapping, at, mark_at
from .problems import Report, listed, nearest
from .schema import key_of_belonging
from .spec import NAME, Found

NEEDED = ("parent", "territory", "stratum", "faction", "voice")


def slug(name: str) -> str:
    """A display name as the name of a column.

    >>> slug("Moscow"), slug("South Ossetia")
    ('moscow', 'south_ossetia')
    """
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_")


def leaf(read: dict, path: tuple[str, ...]) -> Found | None:
    """What was read at a path of keys."""
    for name in path:
        read = read.get(name) if isinstance(read, dict) else None
    return read if isinstance(read, Found) else None


def path_of(role: Role, member: str) -> tuple[str, ...]:
    """The keys under which a member's section stands."""
    return tuple(role.section.format(*(member.split(".") if role.many else ())).split("."))


@dataclass
class Members:
    """The members of each level, in the order of the file."""

    declared: Declarations
    root: Mapping
    read: dict
    report: Report
    entities: dict[str, tuple[str, ...]] = field(default_factory=dict)
    belongs: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        for role in self.declared.roles.values():
            if role.level not in self.entities:
                self.entities[role.level] = self._members(role)
        self._check_unique()
        for role in self.declared.roles.values():
            self._name(role)
            if role.inside:
                self._belong(role)
        self._follow()

    def _members(self, role: Role) -> tuple[str, ...]:
        if role.name == "patron":
            return (self._patron(),)
        if not role.many:
            return (role.name,)
        found = [((), "")]
        for part in role.section.split("."):
            inner = {path: self._named(path) if part == "{}" else (part,) for path, _ in found}
            for path in [path for path, names in inner.items() if not names and role.name in NEEDED]:
                message = f"missing: at least one {role.name} is needed ({role.meaning.rstrip('.')})"
                self.report.add(mark_at(self.root, path), ".".join(path), message)
            found = [
                ((*path, name), f"{member}.{name}".strip(".") if part == "{}" else member)
                for path, member in found
                for name in inner[path]
            ]
        return tuple(member for _, member in found)

    def _named(self, path: tuple[str, ...]) -> list[str]:
        section = at(self.root, path)
        return [name for name in section.entries if NAME.fullmatch(name)] if isinstance(section, Mapping) else []

    def _patron(self) -> str:
        found = leaf(self.read, ("patron", "name"))
        if found is None:
            if at(self.root, ("patron", "name")) is None:
                self.report.add(
                    mark_at(self.root, ("patron",)), "patron.name", "missing: what the patron is called, as in 'name: Moscow'"
                )
            return "patron"
        if not slug(found.data):
            self.report.add(
                found.mark, "patron.name", f"expected a name with Latin letters (it names columns), found {found.data!r}"
            )
        return slug(found.data)

    def _check_unique(self) -> None:
        """Columns are named after their owners, so no two may share a name."""
        seen: dict[str, Role] = {}
        for role in self.declared.roles.values():
            if role.level != role.name:
                continue
            for member in self.entities[role.level]:
                if member in seen:
                    where = path_of(role, member)
                    message = (
                        f"{member!r} also names a {seen[member].name}; results are named after their owners, so choose another"
                    )
                    self.report.add(mark_at(self.root, where), ".".join(where), message)
                seen.setdefault(member, role)

    def _name(self, role: Role) -> None:
        for member in self.entities[role.level]:
            given = leaf(self.read, (*path_of(role, member), "name"))
            if role.name == role.level:
                self.names[member] = given.data if given else member.rpartition(".")[2].replace("_", " ").title()
            elif given:
                self.names[f"{member}.{role.name}"] = given.data

    def _belong(self, role: Role) -> None:
        above, key = role.inside[0], key_of_belonging(self.declared, role)
        choices, indices = self.entities[above], []
        for member in self.entities[role.level]:
            path = (*path_of(role, member), key)
            given = leaf(self.read, path) if key else Found(member.rpartition(".")[0], self.root.mark)
            if given is None:
                if len(choices) > 1 and at(self.root, path) is None:
                    message = f"missing: the {above} to which it belongs, one of {listed(choices)}"
                    self.report.add(mark_at(self.root, path), ".".join(path), message)
                indices.append(0)
            elif given.data in choices:
                indices.append(choices.index(given.data))
            else:
                hint = nearest(given.data, choices) or f"; known are {listed(choices) or 'none'}"
                self.report.add(given.mark, ".".join(path), f"no {above} is called {given.data!r}{hint}")
                indices.append(0)
        self.belongs[role.level, above] = tuple(indices)

    def _follow(self) -> None:
        """Who belongs to a territory belongs to its parent."""
        for (low, middle), inner in list(self.belongs.items()):
            for (lower, above), outer in list(self.belongs.items()):
                if lower == middle and (low, above) not in self.belongs and outer:
                    self.belongs[low, above] = tuple(outer[index] for index in inner)
