"""Play one run of the plain model, with any kind of residents."""

from .run_writer import RunWriter
from .start import start

_WRITTEN: dict[tuple, tuple] = {}


def writer_of(scenario, recorded: tuple) -> tuple:
    """The scenario, its starting values and its compiled code, generated once in a process."""
    key = (id(scenario), recorded)
    if key not in _WRITTEN:
        writer = RunWriter(scenario, recorded)
        _WRITTEN[key] = scenario, writer.starting_values, writer.compiled()
    return _WRITTEN[key]


def play_run(scenario, draws, make_population, recorded: tuple = ()):
    """Play a run turn by turn; yield whether it is over and the recorded values. ``recorded`` are pairs of a level and a name.

    ``make_population(traits, network)`` makes residents of a territory. Their ``update(phase, around)`` returns the averages
    that the territory observes, and their ``vote(candidates, around)`` the number of the winner.
    """
    scenario, starting_values, run = writer_of(scenario, recorded)
    drawn = start(starting_values, draws)
    populations = [make_population(*place) for place in zip(drawn.traits, drawn.networks)]
    return run(drawn, draws, populations)
