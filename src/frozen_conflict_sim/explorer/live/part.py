"""The parts that can be played in a live file: where a choice is forced, and where the reasons of the turn are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...engine.compiled.emit.forced import BY_RULES, name_of_forced, names_of_notes
from ...engine.declare.decision import Decision
from ...model.columns import key_trajectories
from ..description import chairs_of
from ..part import COUNTED, decided, question_about
from .ensemble import LiveFileEnsemble

Forced = Mapping[tuple[int, str, str], str]  # the name of an option by turn, decision and member


@dataclass(frozen=True)
class Place:
    """A decision about a member in memory: the addresses of the forced option, and of what is noted about each option."""

    actor: str
    decision: Decision
    member: str
    row: int
    forced: int
    worth: tuple[int, ...]
    open: tuple[int, ...]


def places_of(ensemble: LiveFileEnsemble) -> list[Place]:
    """Every decision about every member, in the order of a turn."""
    image, rows, found = ensemble.image, ensemble.model.recorder.choice_rows, []
    for actor, decision, member in decided(ensemble.scenario, ensemble.model.world.categories["phase_order", "play"]):
        at, options = ensemble.scenario.entities[decision.level].index(member), range(len(decision.options))
        noted = [tuple(image.noted(name, (index,), at) for index in options) for name in names_of_notes(decision)]
        forced = image.constant(name_of_forced(decision), at)
        found.append(Place(actor, decision, member, rows[decision.key] + at, forced, *noted))
    return found


def part_data(ensemble: LiveFileEnsemble) -> dict:
    """What the worker has to know to let somebody play a part."""
    scenario = ensemble.scenario
    return {
        "chairs": [chair["name"] for chair in chairs_of(scenario)], "counted": COUNTED,
        "courses": list(key_trajectories(scenario)), "by_rules": BY_RULES,
        "questions": [
            {
                "chair": place.actor, "row": place.row, "forced": place.forced, "worth": place.worth, "open": place.open,
                "asked": question_about(scenario, place.decision, place.member),
            }
            for place in places_of(ensemble)
        ],
    }  # fmt: skip


def steps_of(ensemble: LiveFileEnsemble, forced: Forced) -> list[list[tuple[int, int]]]:
    """For each turn the places of the decisions in which an option is forced, as the worker counts them, with its index."""
    found: list[list[tuple[int, int]]] = [[] for _ in range(ensemble.scenario.turns if forced else 0)]
    for number, place in enumerate(places_of(ensemble)):
        names = [option.name for option in place.decision.options]
        for turn, chosen in enumerate(found):
            name = forced.get((turn, place.decision.key, place.member))
            if name is not None:
                chosen.append((number, names.index(name)))
    return found


def steered(ensemble: LiveFileEnsemble, forced: Forced) -> list[dict[int, float]]:
    """What is written to memory before each turn, by address."""
    places = places_of(ensemble)
    rules = {place.forced: BY_RULES for place in places}
    return [rules | {places[at].forced: float(index) for at, index in chosen} for chosen in steps_of(ensemble, forced)]
