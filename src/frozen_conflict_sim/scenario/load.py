"""From a path or a bare name to a checked scenario, and from a scenario to the same with other values."""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..engine.declare.registry import Declarations
from ..engine.setting import Setting
from ..engine.time_step import MONTHS, PLURAL, TIME_STEP, USUAL
from ..files.nodes import GIVEN, Mapping, from_python, position_at, to_python
from ..files.parser import parse, read_text
from ..files.problems import InputError, Position, Problem, Report
from ..files.specs import Parsed
from ..politics import examples
from .addresses import Address, addresses_in, addresses_of, check_open_categories, numbers_given, values
from .events.reader import EventReader
from .extends import Layers, Merged, read_layers
from .lint import nothing_to_divide, warnings
from .members import belongs, members, names
from .policies import MandateReader, policies
from .schema import Schema, declarations
from .shipped import locate
from .write import written

SETTABLE = ("title", "about", "start", "quarters")
LONGEST_HORIZON = (1000, 1), 8000
MOST_READ = 64  # scenarios that are kept


@dataclass(frozen=True, repr=False)
class Scenario(Setting):
    """A checked scenario, ready to run.

    Two scenarios are equal if nothing that matters to a run differs; ``path``, ``notes`` and ``layers`` may differ.
    """

    about: str = ""
    verified: bool = False
    path: str = field(default="", compare=False)
    notes: tuple[str, ...] = field(default=(), compare=False)
    layers: Layers = field(default=(), compare=False, repr=False)

    def with_values(self, values: Map[str, object], declared: Declarations | None = None) -> Scenario:
        """The same scenario with other values by dotted key: numbers, words, or ``{"from": …, "to": …}``.

        These values win over all files. Raises :class:`InputError`, as a file would.
        """
        declared = declared or declarations()
        return build(declared, (_layer(self, declared, values), *self.layers), self.path)

    def numbers_given(self, given: Map[str | Address, object], runs: int) -> dict[Address, np.ndarray]:
        """Numbers by dotted key or address as arrays by address, one number a run. Raises :class:`InputError`."""
        return numbers_given(addresses_in(declarations(), self), given, runs)

    @property
    def base(self) -> Scenario | None:
        """What this scenario extends, or was before its values were replaced; None if it stands by itself."""
        return build(declarations(), self.layers[1:], self.path) if len(self.layers) > 1 else None

    def __repr__(self) -> str:
        return f"<Scenario {self.title!r}: {self.turns} {PLURAL[self.time_step]}, {len(self.values)} values given>"

    def _repr_html_(self) -> str:
        """The scenario for a notebook: who and when, what differs from its base, what is uncertain, what happens."""
        from .display import html

        return html(self, self.base, declarations())

    @property
    def nearest_layer(self) -> int:
        """The number of the nearest layer: zero or less; a layer put on top needs a lower one."""
        return min([0, *(nearest.position.layer for nearest in self.layers[:1])])

    def extended(self, root: Mapping, declared: Declarations | None = None) -> Scenario:
        """The same scenario below a nearer layer, as if the nodes in ``root`` were a file that extends it.

        Raises :class:`InputError`, as a file would.
        """
        return build(declared or declarations(), (root, *self.layers), self.path)

    def to_yaml(self, declared: Declarations | None = None) -> str:
        """The scenario as one complete file that loads back to an equal one: without ``extends`` and dropped events."""
        return written(self, declared or declarations())


def load_scenario(
    path: str | os.PathLike, overrides: Map[str, object] | None = None, *, declared: Declarations | None = None
) -> Scenario:
    """Read and check a scenario: a path, or the bare name of a shipped one. Raises :class:`InputError` with all problems."""
    declared = declared or declarations()
    scenario = _loaded(declared, locate(path))
    return scenario.with_values(overrides, declared) if overrides else scenario


def _loaded(declared: Declarations, file: Path) -> Scenario:
    """The scenario of a file; the one that was read before if neither a file nor a declaration has changed since."""
    earlier = declared.cached(_scenarios_read).get(file)
    if earlier and all(_has_text(path, text) for path, text in earlier[0].items()):
        return earlier[1]
    report = Report()
    layers, texts = read_layers(file, report)
    scenario = build(declared, layers, str(file), report)
    known = declared.cached(_scenarios_read)
    if len(known) >= MOST_READ:
        known.clear()
    known[file] = texts, scenario
    return scenario


def _scenarios_read(declared: Declarations) -> dict[Path, tuple[dict[Path, str], Scenario]]:
    """The scenarios that were read, by file, with the texts of all files that they consist of."""
    return {}


def _has_text(path: Path, text: str) -> bool:
    """Whether a file has this text."""
    try:
        return read_text(path) == text
    except InputError:
        return False


def scenario_from(data: Map[str, object], *, declared: Declarations | None = None) -> Scenario:
    """A scenario from Python data, complete as :meth:`Scenario.to_yaml` writes it; checked like a file."""
    report = Report()
    root = from_python(data, Position(GIVEN), "", report)
    if not isinstance(root, Mapping):
        message = f"expected a scenario (title, start, quarters, patron, …), found {root}"
        raise InputError([Problem(root.position, "", message)])
    if "extends" in root.entries:
        message = "a scenario given as data must be complete; load the file and use with_values instead"
        report.add(root.position, "extends", message)
    return build(declared or declarations(), (root,), "", report)


def settings(pairs: Iterable[str]) -> dict[str, object]:
    """The values given by ``--set``, by dotted key.

    >>> settings(["patron.incentives.prestige={from: 0, to: 1}", "parent.channels=off"])
    {'patron.incentives.prestige': {'from': 0, 'to': 1}, 'parent.channels': 'off'}
    """
    report, read = Report(), {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key.strip():
            report.add(Position("--set"), "", f"expected key=value, as in {examples.PARAMETER}=0.5, found {pair!r}")
            continue
        try:
            read[key.strip()] = to_python(parse(text.strip(), "--set", report))
        except InputError as error:
            for problem in error.problems:
                report.add(Position("--set"), key.strip(), problem.message)
    report.raise_if_any()
    return read


def build(declared: Declarations, layers: Layers, path: str, report: Report | None = None) -> Scenario:
    """Check the layers of a scenario (nearest first) and put them together. Raises :class:`InputError` with all problems."""
    report = report or Report()
    schema = declared.cached(Schema)
    merged = Merged(layers, schema.root, report)
    read = schema.root.check(merged.root, "", report)
    entities = members(declared, merged.root, read, report)
    belonging = belongs(declared, merged.root, read, entities, report)
    addresses = addresses_of(declared, entities)
    check_open_categories(merged.root, read, addresses, report)
    top = {name: found.data for name, found in read.items() if isinstance(found, Parsed)}
    # Where start or quarters cannot be read, that is reported already: no date lies outside the longest horizon.
    horizon = (top["start"], top["quarters"]) if {"start", "quarters"} <= set(top) else LONGEST_HORIZON
    reader = EventReader(*horizon, addresses, merged, report)
    events = reader.events(top.get("events", ()))
    above = {level: frozenset({level, *(up for low, up in belonging if low == level)}) for level in entities}
    mandates = policies(declared, read.get("policies", {}), MandateReader(horizon, addresses, entities, above, merged, report))
    chosen = values(read, addresses) | reader.values
    time_step = next((value.fixed for (_, _, name, _), value in chosen.items() if name == TIME_STEP), USUAL)
    turns = _turns(horizon[1], time_step, read, report)
    for section, name in nothing_to_divide(declared, entities, chosen):
        where = position_at(merged.root, tuple(section.split(".")))
        report.add(where, section, f"every {name} is 0, so there is nothing to divide")
    report.raise_if_any()
    removed = [f"{key} is removed ({position})" for key, position in merged.removed.items()]
    return Scenario(
        title=top["title"],
        start=top["start"],
        turns=turns,
        time_step=time_step,
        entities=entities,
        belongs=belonging,
        names=names(declared, read, entities),
        values=chosen,
        policies=mandates,
        events=events,
        about=top.get("about", ""),
        verified=top.get("verified", False),
        path=path,
        notes=(*removed, *reader.notes, *warnings(declared, entities, belonging, chosen)),
        layers=layers,
    )


def _turns(quarters: int, time_step: str, read: dict, report: Report) -> int:
    """The number of turns of this length; a rest is reported."""
    turns, rest = divmod(3 * quarters, MONTHS[time_step])
    if rest:
        problem = f"{quarters} quarters are no whole number of {PLURAL[time_step]}"
        message = f"{problem}; write {quarters + 1}, or choose another {examples.TIME_STEP}"
        report.add(read["quarters"].position, "quarters", message)
    return turns


def _layer(setting: Scenario, declared: Declarations, values: Map[str, object]) -> Mapping:
    """Values given from outside as the nearest layer of a scenario; each key must address something in it."""
    above = setting.nearest_layer - 1
    position, report, tree = Position(GIVEN, layer=above), Report(), {}
    addresses = addresses_in(declared, setting)
    mandates = tuple(f"policies.{name}." for name in setting.policies)
    events = {event.key: {"name": event.name} for event in setting.events}
    for key, value in values.items():
        section, *path = addresses.canonical(key).split(".", 3)
        if section == "events" and path and path[0] in events:
            slug, *inside = path
            if not inside and not isinstance(value, Map):
                report.add(position, key, f"expected a map such as {{size: 0.5}}, found {value}")
            elif inside:
                _put(events[slug], inside, value)
            else:
                events[slug] |= value
            continue
        known = key in addresses or key in SETTABLE or key.startswith(mandates)
        if section == "events" or not (known or any(target.startswith(f"{key}.") for target in addresses.targets)):
            report.add(position, key, addresses.unknown(key))
            continue
        _put(tree, key.split("."), value)
    if changed := [entry for entry in events.values() if len(entry) > 1]:
        tree["events"] = changed
    root = from_python(tree, position, "", report)
    report.raise_if_any()
    return root


def _put(tree: dict, path: list[str], value) -> None:
    """Put a value into nested dictionaries; a map is merged with one that is there."""
    *sections, last = path
    for name in sections:
        tree = tree.setdefault(name, {})
    tree[last] = {**tree[last], **value} if isinstance(tree.get(last), dict) and isinstance(value, Map) else value
