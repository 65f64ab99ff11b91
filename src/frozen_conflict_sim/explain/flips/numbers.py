"""The numbers on which something hangs in one run at one moment: weights of who decides, and facts of the situation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...engine.arrays.state import Moment, WorldState
from ...engine.declare.names import Owner
from ...engine.declare.parameter import Quantity
from ...engine.time_step import USUAL, by_the_quarter
from .smallest_change import Range

NO_DEGREES = ("0 or 1", "faction")  # units of which there is no a little more
FACT_POINTS = 17


@dataclass(frozen=True)
class Number:
    """A number on which a decision hangs: a weight of who decides, or a fact; ``place`` is its cell, items first."""

    kind: str
    key: str
    declared: Quantity
    owner: Owner
    place: tuple[int, ...]
    value: float

    @property
    def range(self) -> Range:
        """Its value and bounds, and at how many points between them to look."""
        return Range(self.value, self.declared.low, self.declared.high, 1 if self.kind == "weight" else FACT_POINTS)


@dataclass(frozen=True)
class Around:
    """One member of a level in one run at one moment, with those who are above or below it."""

    world: WorldState
    moment: Moment
    level: str
    member: int
    run: int

    def facts(self, reads: set[str]) -> list[Number]:
        """The states and facts among some names, or from which these are computed."""
        declared, found = self.world.declared, []
        names = (name for name in declared.sources_of(reads) if name in self.moment.values and self._is_fact(name))
        for name in sorted(names):
            quantity, owner = declared.quantities[name], declared.owners[name]
            for at in self._places(owner):
                for row, item in enumerate(declared.items[quantity.by] if quantity.by else ("",)):
                    place = (row, at) if item else (at,)
                    key = owner.dotted(self.world.members(owner.level)[at], name, item)
                    value = self.cell(self.moment.values[name], place)
                    found.append(Number("fact", key, quantity, owner, place, value))
        return found

    def _is_fact(self, name: str) -> bool:
        declared = self.world.declared.quantities[name]
        scaled = by_the_quarter(declared.unit) and self.world.setting.time_step != USUAL
        given = (declared.state or declared.fact) and not declared.recomputed
        return given and declared.unit not in NO_DEGREES and not scaled

    def place_of(self, role: Owner) -> int:
        """The index of the one member of a role that is this member, or above it."""
        if role.level == self.level:
            return self.member
        belongs = self.world.setting.belongs.get((self.level, role.level))
        return belongs[self.member] if belongs else 0

    def _places(self, owner: Owner) -> list[int]:
        count = len(self.world.members(owner.level))
        below = self.world.setting.belongs.get((owner.level, self.level))
        if below and owner.level != self.level:
            return [at for at in range(count) if below[at] == self.member]
        alone = owner.level == self.level or (self.level, owner.level) in self.world.setting.belongs
        return [self.place_of(owner)] if alone else [*range(count)]

    def cell(self, values: np.ndarray, place: tuple[int, ...]) -> float:
        """One number of an array, in this run."""
        return float(values[place][self.run if values.shape[-1] > 1 else 0])
