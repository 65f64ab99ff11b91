"""Matching of scenario files to the shipped scenarios that patterns, or statements, need."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from pathlib import Path

from ..files.problems import InputError, Position, Problem, listed
from ..scenario import Scenario, load_scenario
from ..scenario.addresses import addresses_in
from ..scenario.load import SETTABLE
from ..scenario.schema import declarations
from ..scenario.shipped import shipped_folder, shipped_names
from .patterns import PATTERNS
from .runs import in_quarters


def scenarios_of_patterns() -> list[str]:
    """The names of the scenarios that some pattern needs."""
    return list(dict.fromkeys(name for pattern in PATTERNS.values() for name in pattern.scenarios))


def scenarios_to_score(
    files: Sequence[str] = (), values: Map[str, object] | None = None, needed: Sequence[str] | None = None
) -> dict[str, Scenario]:
    """The scenarios to score, by the name by which they are needed; without ``files`` all of these that are shipped.

    ``needed`` are the names, by default those that patterns need. A file replaces the first of them that it extends.
    ``values`` by dotted key change every scenario that has the key. Raises :class:`InputError` for a file that replaces none,
    for two that replace the same, and for a key that none has.
    """
    shipped, needed = shipped_names(), scenarios_of_patterns() if needed is None else needed
    loaded = [load_scenario(name) for name in files or (name for name in needed if name in shipped)]
    scenarios: dict[str, Scenario] = {}
    for scenario in loaded:
        name = _replaces(scenario, needed)
        if name in scenarios:
            message = f"replaces {name}, as {scenarios[name].path} does; give only one of them"
            raise InputError([Problem(Position(scenario.path), "", message)])
        scenarios[name] = scenario
    given = _with(scenarios, values) if values else scenarios
    return {name: in_quarters(scenario) for name, scenario in given.items()}


def _replaces(scenario: Scenario, needed: Sequence[str]) -> str:
    folder = shipped_folder().resolve()
    for layer in scenario.layers:
        path = Path(layer.position.file).resolve()
        name = path.relative_to(folder).with_suffix("").as_posix() if path.is_relative_to(folder) else ""
        if name in needed:
            return name
    message = f"nothing that is scored needs it; a file must extend one of {listed(needed, len(needed))} to replace it"
    raise InputError([Problem(Position(scenario.path), "", message)])


def _with(scenarios: dict[str, Scenario], values: Map[str, object]) -> dict[str, Scenario]:
    known = {name: addresses_in(declarations(), scenario) for name, scenario in scenarios.items()}
    nowhere = [key for key in values if key not in SETTABLE and not any(key in addresses for addresses in known.values())]
    if nowhere:
        next(iter(scenarios.values())).with_values({key: values[key] for key in nowhere})
    return {
        name: scenario.with_values({key: value for key, value in values.items() if key in SETTABLE or key in known[name]})
        for name, scenario in scenarios.items()
    }
