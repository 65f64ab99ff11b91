"""The residents' update of this engine by itself, in constant surroundings."""

from ..work import Size
from .alone import ResidentsAlone

_RESIDENTS: dict = {}


def ready(size: Size, runs: int) -> None:
    """Prepare the residents."""
    if (size, runs) not in _RESIDENTS:
        _RESIDENTS.clear()
        _RESIDENTS[size, runs] = ResidentsAlone(size, runs)


def play(size: Size, runs: int, seed: int) -> None:
    """Update the residents for all turns of the work."""
    ready(size, runs)
    _RESIDENTS[size, runs].live(size.turns)
