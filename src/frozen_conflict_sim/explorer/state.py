"""What a reader has changed: values by dotted key and dropped events; as a scenario, as YAML, and back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..engine.setting import Value
from ..files.problems import InputError, Position, Problem, nearest
from ..files.writer import Flow, dumped, number_of
from ..scenario import Scenario, load_scenario
from ..scenario.addresses import addresses_of
from ..scenario.schema import declarations
from ..scenario.write import form_of

MOST_VALUES = 2000


@dataclass(frozen=True)
class State:
    """A setting of the page: ``values`` as in ``Scenario.with_values``, and the names of the events that are left out."""

    values: Mapping[str, object] = field(default_factory=dict)
    drop: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: object) -> State:
        """A setting from what a page sent; raises :class:`InputError` if it is none."""
        if not isinstance(data, dict):
            raise refused("setting", "expected an object with values and drop")
        values, drop = data.get("values", {}), data.get("drop", [])
        if not isinstance(values, dict) or len(values) > MOST_VALUES:
            raise refused("values", "expected an object of values by dotted key")
        if not isinstance(drop, list) or not all(isinstance(name, str) for name in drop):
            raise refused("drop", "expected a list of names of events")
        return cls(values, tuple(drop))

    def on(self, base: Scenario) -> Scenario:
        """The scenario with these changes; raises :class:`InputError` for a key, value or event that does not exist."""
        known = [event.name for event in base.events]
        for name in self.drop:
            if name not in known:
                raise refused("drop", f"there is no event {name!r}{nearest(name, known)}")
        changed = base.with_values(self.values) if self.values else base
        if not self.drop:
            return changed
        return replace(changed, events=tuple(event for event in changed.events if event.name not in self.drop))

    def to_yaml(self, base: str) -> str:
        """A scenario file that extends ``base`` (a name or a path) and has nothing but what differs."""
        tree: dict = {"extends": base}
        for key, value in self.values.items():
            *path, last = key.split(".")
            branch = tree
            for name in path:
                branch = branch.setdefault(name, {})
            branch[last] = Flow(value) if isinstance(value, dict) else number_of(value)
        if self.drop:
            tree["events"] = [Flow(name=name, remove=True) for name in self.drop]
        return dumped(tree)


def state_of(text: str, base: Scenario, beside: Path) -> State:
    """What a scenario file (as text) changes in ``base``; paths in it are relative to the folder ``beside``.

    Raises :class:`InputError` for an invalid file, and for one that differs in more than values and left out events.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", dir=_writable(beside), encoding="utf-8") as file:
        file.write(text)
        file.flush()
        try:
            other = load_scenario(file.name)
        except InputError as error:
            raise InputError(
                [replace(problem, position=replace(problem.position, file="the file")) for problem in error.problems]
            ) from None
    kept = [event.name for event in other.events]
    drop = tuple(event.name for event in base.events if event.name not in kept)
    same = replace(other, values=base.values, title=base.title, about=base.about, events=base.events, verified=base.verified)
    if same != base or other.events != tuple(event for event in base.events if event.name in kept):
        raise refused("the file", "it differs from this scenario in more than values and left out events; explore it by itself")
    return State(_differing(base, other), drop)


def _writable(folder: Path) -> str | None:
    return str(folder) if folder.is_dir() else None


def _differing(base: Scenario, other: Scenario) -> dict[str, object]:
    """The values in which two scenarios differ, by the key under which they were written."""
    addresses, found = addresses_of(declarations(), base.entities), {}
    for address in dict.fromkeys([*other.values, *base.values]):
        value = other.values.get(address)
        if value is None:
            raise refused(addresses.specific[address], "the file removes this value; the page cannot")
        if _bare(value) != _bare(base.values.get(address)):
            shared = value.stream in addresses and address in addresses[value.stream].addresses
            found[value.stream if shared else addresses.specific[address]] = _plain(value)
    return found


def _bare(value: Value | None):
    return value and (value.law, value.numbers, value.jointly, value.stream)


def _plain(value: Value):
    form = form_of(replace(value, source="", grade="assumed", verified=False))
    return dict(form) if isinstance(form, dict) else form


def refused(where: str, message: str) -> InputError:
    """An error about what a page sent."""
    return InputError([Problem(Position("explorer"), where, message)])
