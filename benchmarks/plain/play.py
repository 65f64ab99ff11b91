"""Play one run of the plain model, with residents of whatever make."""

import numpy as np

from frozen_conflict_sim.politics.declarations import declared

from .start import Start, as_model, start
from .turn import Turn

_KNOWN: dict[tuple, tuple] = {}


def turn_of(scenario, recorded: tuple) -> tuple:
    """The lines of a scenario, written once in a process, and the function that they make."""
    key = (id(scenario), recorded)
    if key not in _KNOWN:
        turn = Turn(scenario, recorded)
        _KNOWN[key] = scenario, turn.opening, turn.compiled()
    return _KNOWN[key]


def play(scenario, chance, crowd, recorded: tuple = ()):
    """Play a run turn by turn, yielding what is ``recorded`` of each: pairs of a level and a name.

    ``crowd(traits, network)`` makes the residents of a territory. They answer ``live(phase, around)`` with what the territory
    sees of them, and ``vote(candidates, around)`` with the number of the winner.
    """
    scenario, opening, run = turn_of(scenario, recorded)
    drawn = start(opening, chance)
    crowds = [crowd(*place) for place in zip(drawn.traits, drawn.networks)]

    def perform(turn: int, values: dict, arounds: list[dict]) -> list[list[float]]:
        votes = [_vote(*place) for place in zip(crowds, arounds)]
        model = as_model(Start(values, drawn.traits, drawn.networks), scenario, chance, turn, votes)
        given = [step.function(model) for step in declared.procedures if step.phase != "setup"]
        return [array[..., 0].tolist() for arrays in given for array in arrays.values()]

    return run(drawn, chance, crowds, perform)


def _vote(crowd, around):
    def vote(candidates, due):
        plain = [{name: float(values[0]) for name, values in candidate.items()} for candidate in candidates]
        return np.array([float(crowd.vote(plain, around))])

    return vote
