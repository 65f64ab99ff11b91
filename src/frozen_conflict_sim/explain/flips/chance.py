"""Flips of chance events: the smallest change of one fact after which the same draw would have had another end."""

from __future__ import annotations

import numpy as np

from ...engine.arrays.lanes import in_lanes, set_number
from ...engine.arrays.receipts import ChanceReceipt
from ...engine.arrays.state import WorldState
from .flip import Flip, ranked, sorted_flips
from .numbers import Around, Number
from .smallest_change import smallest_changes

ANSWERS = ["it does not happen", "it happens"]


class ChanceSearch:
    """Finds flips of one chance event of one member in one run, from its receipt."""

    def __init__(self, world: WorldState, receipt: ChanceReceipt, member: int, run: int = 0):
        self.world, self.receipt, self.member, self.run = world, receipt, member, run

    def flips(self) -> list[Flip]:
        """Of every fact the nearest flip within its bounds, the smallest change first."""
        hazard, happened = self.receipt.hazard, self.receipt.happened(self.member, self.run)
        around = Around(self.world, self.receipt.moment, hazard.role.level, self.member, self.run)
        numbers = around.facts(set(hazard.rule.reads))

        def ask(which: np.ndarray, at: np.ndarray):
            return self._answers([numbers[index] for index in np.unique(which)], ranked(which), at)

        found = smallest_changes([one.range for one in numbers], int(happened), ask)
        return sorted_flips(numbers, found, ANSWERS)

    def _answers(self, numbers: list[Number], which: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        world = in_lanes(self.world, self.receipt.moment, self.run, len(at))
        for index, number in enumerate(numbers):
            set_number(world, number.declared.name, number.place, np.where(which == index, at, number.value))
        level = self.receipt.hazard.role.level
        found = self.receipt.hazard.rule(world.view(level))
        chance = np.broadcast_to(found, (len(world.members(level)), world.runs))[self.member]
        beyond = chance - self.receipt.numbers[self.member, self.run]
        return (beyond > 0.0).astype(int), beyond[None]
