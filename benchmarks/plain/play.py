"""Play one run of the plain model, with residents of whatever make."""

from .start import start
from .turn import Turn

_KNOWN: dict[tuple, tuple] = {}


def turn_of(scenario, recorded: tuple) -> tuple:
    """The lines of a scenario, written once in a process, and the function that they make."""
    key = (id(scenario), recorded)
    if key not in _KNOWN:
        turn = Turn(scenario, recorded)
        _KNOWN[key] = scenario, turn.opening, turn.compiled()
    return _KNOWN[key]


def course(scenario, chance, crowd, recorded: tuple = ()):
    """Play a run turn by turn, yielding whether it is over and what is ``recorded``: pairs of a level and a name.

    ``crowd(traits, network)`` makes the residents of a territory. They answer ``live(phase, around)`` with what the territory
    sees of them, and ``vote(candidates, around)`` with the number of the winner.
    """
    scenario, opening, run = turn_of(scenario, recorded)
    drawn = start(opening, chance)
    crowds = [crowd(*place) for place in zip(drawn.traits, drawn.networks)]
    return run(drawn, chance, crowds)
