"""From a path or a bare name to a checked scenario."""

from __future__ import annotations

import os
from collections.abc import Mapping as Map
from pathlib import Path

from ..engine.declare.role import Declarations
from ..engine.time_step import MONTHS, PLURAL, TIME_STEP, USUAL
from ..files.from_python import GIVEN, from_python
from ..files.nodes import Mapping, position_at
from ..files.problems import InputError, Position, Problem, Report
from ..files.specs import Parsed
from .addresses import addresses_of
from .belonging import belongs
from .extends import read_layers
from .happenings import Happenings
from .lint import bereft_of_nothing, empty_publics, parts_and_wholes, shocks_in_vain
from .members import members, names
from .merging import Layers, Merged
from .policies import policies
from .scenario import Scenario
from .schema import Schema
from .shipped import locate
from .values import check_open_words, values


def declarations() -> Declarations:
    """Everything that politics declares."""
    from ..politics.declarations import declared

    return declared


def load_scenario(
    path: str | os.PathLike, overrides: Map[str, object] | None = None, *, declared: Declarations | None = None
) -> Scenario:
    """Read and check a scenario: a path, or the bare name of a shipped one. Raises :class:`InputError` with all problems."""
    declared = declared or declarations()
    file = locate(os.fspath(path))
    report = Report()
    scenario = build(declared, read_layers(Path(file), report), str(file), report)
    return scenario.with_values(overrides, declared) if overrides else scenario


def scenario_from(data: Map[str, object], *, declared: Declarations | None = None) -> Scenario:
    """A scenario from plain data, complete as :meth:`Scenario.to_yaml` writes it; checked like a file."""
    report = Report()
    root = from_python(data, Position(GIVEN), "", report)
    if not isinstance(root, Mapping):
        raise InputError([Problem(root.position, "", f"expected a scenario (title, start, turns, patron, …), found {root}")])
    if "extends" in root.entries:
        report.add(
            root.position, "extends", "a scenario given as data must be complete; load the file and use with_values instead"
        )
    return build(declared or declarations(), (root,), "", report)


def build(declared: Declarations, layers: Layers, path: str, report: Report | None = None) -> Scenario:
    """Check the layers of a scenario (nearest first) and put them together."""
    report = report or Report()
    schema = declared.once(Schema)
    merged = Merged(layers, schema.root, report)
    root = merged.root
    read = schema.root.check(root, "", report)
    entities = members(declared, root, read, report)
    belonging = belongs(declared, root, read, entities, report)
    addresses = addresses_of(declared, entities)
    check_open_words(root, read, addresses, report)
    given = {name: found.data for name, found in read.items() if isinstance(found, Parsed)}
    # Where start or turns cannot be read, that is said already: no date lies outside the longest of horizons.
    horizon = (given["start"], given["turns"]) if {"start", "turns"} <= set(given) else ((1000, 1), 8000)
    happenings = Happenings(*horizon, addresses, merged, report)
    events = happenings.events(given.get("events", ()))
    mandates = policies(declared, merged, read.get("policies", {}), addresses, report)
    given_values = values(read, addresses)
    time_step = next((value.fixed for (_, _, name, _), value in given_values.items() if name == TIME_STEP), USUAL)
    turns, rest = divmod(3 * horizon[1], MONTHS[time_step])
    if rest:
        whole = f"{horizon[1]} quarters are no whole number of {PLURAL[time_step]}"
        report.add(read["turns"].position, "turns", f"{whole}; write {horizon[1] + 1}, or choose another play.turn")
    for territory in empty_publics(declared, entities, given_values):
        path = ("territories", territory, "public", "strata")
        report.add(position_at(root, path), ".".join(path), "all shares are 0: nobody lives there")
    report.raise_if_any()
    removed = [f"{key} is removed ({position})" for key, position in merged.removed.items()]
    doubts = (
        *parts_and_wholes(declared, entities, given_values),
        *bereft_of_nothing(entities, belonging["territory", "parent"]),
        *shocks_in_vain(events),
    )
    return Scenario(
        title=given["title"],
        start=given["start"],
        turns=turns,
        time_step=time_step,
        entities=entities,
        belongs=belonging,
        names=names(declared, read, entities),
        values=given_values,
        policies=mandates,
        events=events,
        about=given.get("about", ""),
        verified=given.get("verified", False),
        path=path,
        notes=(*removed, *happenings.notes, *doubts),
        layers=layers,
    )
