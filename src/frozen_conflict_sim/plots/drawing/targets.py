"""Of what pictures are drawn: which columns of some results a kind of picture can show, and which it shows first."""

from __future__ import annotations

from collections.abc import Callable

from ...analysis.summary import is_yes_or_no
from ...politics.columns import Column
from ...results import Results

Subjects = Callable[[Results, bool], list[str]]


def study(results: Results, key_outcomes: bool) -> list[str]:
    """The study as a whole has no name."""
    return [""]


def estimate(results: Results, key_outcomes: bool) -> list[str]:
    """Every outcome has a mean or is a share; first come those that the experiment asks for."""
    return list(results.experiment.outcomes if key_outcomes else ()) or results.names("outcome", key_outcomes)


def outcome(results: Results, key_outcomes: bool) -> list[str]:
    """What happens in a run or does not has no distribution worth a picture."""
    return [name for name in estimate(results, key_outcomes) if not is_yes_or_no(results.columns[name])]


def trajectory(results: Results, key_outcomes: bool) -> list[str]:
    """Quantities over time; first come those that the experiment asks for."""
    names = results.names("trajectory", key_outcomes)
    return [name for name in names if key_outcomes and name in results.experiment.outcomes] or names


def members(results: Results) -> dict[str, list[Column]]:
    """The quantities that several members have, such as the territories: of each, the courses that are stored."""
    found: dict[str, list[Column]] = {}
    for name in results.names("trajectory"):
        found.setdefault(name.removeprefix(f"{results.variables[name].owner}."), []).append(results.variables[name])
    return {quantity: columns for quantity, columns in found.items() if len(columns) > 1}


def quantity(results: Results, key_outcomes: bool) -> list[str]:
    """Quantities over time that can be set side by side for several members."""
    return [name for name, columns in members(results).items() if columns[0].key_outcome or not key_outcomes]


def decision(results: Results, key_outcomes: bool) -> list[str]:
    """Decisions over time."""
    return results.names("decision", key_outcomes)


def owner(results: Results, key_outcomes: bool) -> list[str]:
    """Parents and territories of which something is stored."""
    stored, entities = results.names("trajectory"), results.scenario.entities
    return [name for name in (*entities["parent"], *entities["territory"]) if any(_owns(name, each) for each in stored)]


def parents_outcome(results: Results, key_outcomes: bool) -> list[str]:
    """What becomes of the parents: first their alignment and alienation over the run."""
    parents = results.scenario.entities["parent"]
    if key_outcomes:
        wanted = [f"{parent}.{what}_on_average" for parent in parents for what in ("western_alignment", "alienation")]
        return [name for name in wanted if name in results.columns]
    return [name for name in outcome(results, False) if results.columns[name].owner in parents and ".utility" not in name]


def _owns(name: str, column: str) -> bool:
    return column.rpartition(".")[0] == name


SUBJECTS: dict[str, Subjects] = {
    each.__name__: each for each in (study, estimate, outcome, trajectory, quantity, decision, owner, parents_outcome)
}
