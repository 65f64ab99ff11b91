"""The residents' update of this engine, by itself: as many turns as the work has, in surroundings that stay."""

from ..work import Size
from .alone import Alone

_ALONE: dict = {}


def ready(size: Size, runs: int) -> None:
    """Have residents ready."""
    if (size, runs) not in _ALONE:
        _ALONE.clear()
        _ALONE[size, runs] = Alone(size, runs)


def play(size: Size, runs: int, seed: int) -> None:
    """Let residents live."""
    ready(size, runs)
    _ALONE[size, runs].live(size.turns)
