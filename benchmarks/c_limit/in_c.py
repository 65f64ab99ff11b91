"""The residents' update in C: the same residents as :mod:`.residents`, the same surroundings."""

import tempfile
from pathlib import Path

from ..work import Size
from .alone import ResidentsAlone
from .c_source import Source
from .kernel import Population

_POPULATIONS: dict = {}


def ready(size: Size, runs: int) -> None:
    """Compile the kernel and lay out the residents; ``runs`` is a multiple of 128 (eight networks, vectors of 16 runs)."""
    if (size, runs) not in _POPULATIONS:
        alone = ResidentsAlone(size, runs)
        traits, networks = alone.columns()
        around = alone.around(Source(networks[0].shape[1]).around)
        with tempfile.TemporaryDirectory() as folder:
            _POPULATIONS.clear()
            _POPULATIONS[size, runs] = Population(traits, around, networks, Path(folder))


def play(size: Size, runs: int, seed: int) -> None:
    """Update the residents for all turns of the work."""
    ready(size, runs)
    _POPULATIONS[size, runs].live(size.turns)
