"""Matching of scenario files to the shipped scenarios that patterns need."""

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


def scenarios_to_score(files: Sequence[str] = (), values: Map[str, object] | None = None) -> dict[str, Scenario]:
    """The scenarios to score, by the name by which patterns need them; without ``files`` all that are shipped.

    A file replaces the scenario that it extends. ``values`` by dotted key change every scenario that has the key. Raises
    :class:`InputError` for a file that replaces none, for two that replace the same, and for a key that none has.
    """
    shipped = shipped_names()
    loaded = [load_scenario(name) for name in files or (name for name in scenarios_of_patterns() if name in shipped)]
    scenarios: dict[str, Scenario] = {}
    for scenario in loaded:
        name = _replaces(scenario)
        if name in scenarios:
            message = f"replaces {name}, as {scenarios[name].path} does; give only one of them"
            raise InputError([Problem(Position(scenario.path), "", message)])
        scenarios[name] = scenario
    given = _with(scenarios, values) if values else scenarios
    return {name: in_quarters(scenario) for name, scenario in given.items()}


def _replaces(scenario: Scenario) -> str:
    for layer in scenario.layers:
        path = Path(layer.position.file).resolve()
        if path.parent == shipped_folder().resolve() and path.stem in scenarios_of_patterns():
            return path.stem
    message = f"no pattern needs it; a file must extend one of {listed(scenarios_of_patterns())} to replace it"
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
