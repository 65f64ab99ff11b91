"""The residents of this engine by themselves. No other module of the benchmarks knows how the engine stores them."""

from __future__ import annotations

import numpy as np

from frozen_conflict_sim import FrozenConflictModel

from ..work import Size, work
from .c_source import PHASE, PLAYING
from .kernel import LANES

WARM_UP_TURNS = 12  # turns before the residents are measured; by then some are in the street


class ResidentsAlone:
    """The residents of one territory of a model, in the middle of its runs."""

    def __init__(self, size: Size, runs: int, seed: int = 1):
        self.model = FrozenConflictModel(work(size), runs=runs, seed=seed, compiled=True)
        self.model.compiled.optimise()
        for _ in range(min(WARM_UP_TURNS, size.turns - 1)):
            self.model.step()
        self.public = self.model.publics[0].population
        self.surroundings, self.active = self.model.publics[0].surroundings, self.model.world.active
        self.public.update(PHASE, self.surroundings, self.active)

    def live(self, turns: int = 1) -> None:
        """Update the residents for some turns in constant surroundings."""
        self.public.live(PHASE, self._look, turns)

    def _look(self, name: str) -> np.ndarray:
        return self.active if name == PLAYING else self.surroundings(name)

    def columns(self) -> tuple[dict, list]:
        """The traits ``(resident, run)`` in blocks of ``LANES`` runs on one network, and the network of each block."""
        traits: dict[str, list] = {name: [] for name in self.public.functions.traits}
        networks, order = [], []
        for block in self.public.blocks:
            whole = len(block.columns) // LANES * LANES
            for name, parts in traits.items():
                parts.append(np.array(block.traits[name])[:, :whole])
            networks += [block.network] * (whole // LANES)
            order.append(block.columns[:whole])
        self.order = np.concatenate(order)
        return {name: np.concatenate(parts, axis=1) for name, parts in traits.items()}, networks

    def around(self, names) -> dict[str, np.ndarray]:
        """The surroundings of the residents: one number per run, for each name."""
        found = {name: np.broadcast_to(self._look(name), self.active.shape) for name in names}
        return {name: np.asarray(values, np.float32)[self.order] for name, values in found.items()}
