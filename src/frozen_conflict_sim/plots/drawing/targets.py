"""Targets of plots: the columns of some results that a plot can show, all of them or only the key outcomes."""

from __future__ import annotations

from collections.abc import Callable

from ...analysis.comparison.exchange_rate import AT_END
from ...analysis.summary import is_yes_or_no
from ...model.columns import Column
from ...results import Results

Targets = Callable[[Results, bool], list[str]]


def study(results: Results, key_outcomes: bool) -> list[str]:
    """The study as a whole, which has no name."""
    return [""]


def estimate(results: Results, key_outcomes: bool) -> list[str]:
    """All outcomes, for plots of means and shares; as key outcomes, those that the experiment names, if any."""
    return list(results.experiment.outcomes if key_outcomes else ()) or results.names("outcome", key_outcomes)


def outcome(results: Results, key_outcomes: bool) -> list[str]:
    """Outcomes with a distribution: all but those that are yes or no."""
    return [name for name in estimate(results, key_outcomes) if not is_yes_or_no(results.columns[name])]


def trajectory(results: Results, key_outcomes: bool) -> list[str]:
    """Quantities over time; as key outcomes, those whose value at the end is an outcome of the experiment, if any."""
    names = results.names("trajectory", key_outcomes)
    wanted = {name.removesuffix(AT_END) for name in results.experiment.outcomes}
    return [name for name in names if key_outcomes and name in wanted] or names


def members(results: Results) -> dict[str, list[Column]]:
    """The quantities that several members, such as the territories, have: the stored trajectories of each."""
    found: dict[str, list[Column]] = {}
    for name in results.names("trajectory"):
        found.setdefault(name.removeprefix(f"{results.variables[name].owner}."), []).append(results.variables[name])
    return {quantity: columns for quantity, columns in found.items() if len(columns) > 1}


def quantity(results: Results, key_outcomes: bool) -> list[str]:
    """Quantities over time that several members have."""
    return [name for name, columns in members(results).items() if columns[0].key_outcome or not key_outcomes]


def decision(results: Results, key_outcomes: bool) -> list[str]:
    """Decisions over time."""
    return results.names("decision", key_outcomes)


def owner(results: Results, key_outcomes: bool) -> list[str]:
    """Parents and territories with stored trajectories."""
    stored, entities = results.names("trajectory"), results.scenario.entities
    return [name for name in (*entities["parent"], *entities["territory"]) if any(_owns(name, each) for each in stored)]


def parents_outcome(results: Results, key_outcomes: bool) -> list[str]:
    """Outcomes of the parents; as key outcomes, their alignment and alienation over the run."""
    parents = results.scenario.entities["parent"]
    if key_outcomes:
        wanted = [f"{parent}.{what}_on_average" for parent in parents for what in ("western_alignment", "alienation")]
        return [name for name in wanted if name in results.columns]
    return [name for name in outcome(results, False) if results.columns[name].owner in parents and ".utility" not in name]


def _owns(name: str, column: str) -> bool:
    return column.rpartition(".")[0] == name


TARGETS: dict[str, Targets] = {
    each.__name__: each for each in (study, estimate, outcome, trajectory, quantity, decision, owner, parents_outcome)
}
