"""Values given from outside a study file, by ``--set`` or from Python: some are the experiment's, some its scenario's."""

from __future__ import annotations

from collections.abc import Mapping as Map

from ...files.nodes import GIVEN, Mapping, from_python
from ...files.problems import Position, Report

SCALARS = ("question", "about", "scenario", "replicates", "seed", "verified", "outcomes", "keep", "compare_with", "design")
MAPS = ("levers", "uncertainties", "design", "compare_with")


def overridden(root: Mapping, given: Map[str, object], report: Report) -> tuple[Mapping, dict[str, object]]:
    """The file with the values that are its own, and those that go on to the scenario. ``None`` removes what the file has."""
    for_scenario = {}
    for key, value in given.items():
        section, _, rest = key.partition(".")
        if rest and section in MAPS:
            inner = root.entries.get(section)
            inner = inner if isinstance(inner, Mapping) else Mapping(Position(GIVEN))
            root = _with(root, section, _put(inner, rest, value, key, report))
        elif not rest and section in SCALARS:
            root = _put(root, section, value, key, report)
        else:
            for_scenario[key] = value
    return root, for_scenario


def _put(root: Mapping, name: str, value, key: str, report: Report) -> Mapping:
    return root.without(name) if value is None else _with(root, name, from_python(value, Position(GIVEN), key, report))


def _with(root: Mapping, name: str, node) -> Mapping:
    return Mapping(root.position, {**root.entries, name: node}, {**root.positions, name: node.position})
