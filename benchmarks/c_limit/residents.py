"""The residents' update of this engine, by itself: as many turns as the work has, in surroundings that stay."""

from ..work import Size
from .alone import ResidentsAlone

_RESIDENTS: dict = {}


def ready(size: Size, runs: int) -> None:
    """Have residents ready."""
    if (size, runs) not in _RESIDENTS:
        _RESIDENTS.clear()
        _RESIDENTS[size, runs] = ResidentsAlone(size, runs)


def play(size: Size, runs: int, seed: int) -> None:
    """Let residents live."""
    ready(size, runs)
    _RESIDENTS[size, runs].live(size.turns)
