"""The ledger of a quantity that is computed, not stored: how each change of what it is computed from changed it, in order."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...engine.arrays.lanes import in_lanes
from ...engine.arrays.state import Moment, WorldState
from ...engine.schedule import Kind
from ...model.simulation import Simulation
from ..names import Cell

NEW_TURN, DECIDED = "a new turn begins", "what was decided, drawn or held in the turn"


class Worlds:
    """The world of a run at each moment of its play, with all that was computed of it; made when first asked for."""

    def __init__(self, model: Simulation, run: int):
        self.model, self.run = model, run
        self._made: dict[int, WorldState] = {}

    def at(self, index: int) -> WorldState:
        """The world at the moment of that index; it is shared, so nothing in it may be changed."""
        if index not in self._made:
            self._made[index] = in_lanes(self.model.world, self.model.moments[index][2], self.run, 1)
        return self._made[index]


class Telescope:
    """Follows one computed quantity of one run from moment to moment; the differences sum to its change."""

    def __init__(self, worlds: Worlds, cell: Cell):
        self.model, self.run, self.cell, self.worlds = worlds.model, worlds.run, cell, worlds
        self.world, self.sources = self.model.world, self.model.world.declared.sources_of([cell.name])
        self._known: dict[int, float] = {}

    def at(self, index: int) -> float:
        """The value at the moment of that index."""
        if index not in self._known:
            self._known[index] = float(self._of(self.worlds.at(index))[0])
        return self._known[index]

    def steps(self, begin: int, end: int) -> Iterator[tuple[str, str, float, dict | None]]:
        """What changed the value between two moments, as :meth:`Accounts._booked` gives it."""
        for at in range(begin, end):
            step, entry, before = self.model.moments[at]
            _, until, after = self.model.moments[at + 1]
            if self._same(before, after):
                self._known[at + 1] = self.at(at)
                continue
            reached = self.at(at)
            for cause, of, value in self._entries(before, entry, until):
                if value != reached:
                    yield cause, of, value - reached, {}
                reached = value
            if self.at(at + 1) != reached:
                yield NEW_TURN if step.kind is Kind.MEMORY else self._decided(before, after), "", self.at(at + 1) - reached, {}

    def _entries(self, moment: Moment, entry: int, until: int) -> Iterator[tuple[str, str, float]]:
        """The value after each entry of the ledger that one step wrote, with the entry's cause and what it changed."""
        mine = [one for one in self.world.ledger[entry:until] if one[1] in self.sources]
        if not mine:
            return
        lanes: dict[str, np.ndarray] = {}
        for index, (_, to, _, amount) in enumerate(mine):
            if to not in lanes:
                lanes[to] = np.repeat(self._column(moment.values[to]), len(mine), axis=-1)
            lanes[to][..., index:] += self._column(amount)
        for (_, to, cause, _), value in zip(mine, self._values(moment, lanes, len(mine))):
            yield cause, to, float(value)

    def _values(self, moment: Moment, instead: dict[str, np.ndarray], lanes: int) -> np.ndarray:
        world = in_lanes(self.world, moment, self.run, lanes)
        world.values |= instead
        return self._of(world)

    def _of(self, world: WorldState) -> np.ndarray:
        found = world.own_level(self.cell.name)
        members = len(world.members(world.declared.owners[self.cell.name].level))
        return np.broadcast_to(found, (*found.shape[:-2], members, world.runs))[self.cell.place]

    def _column(self, values: np.ndarray) -> np.ndarray:
        return values[..., [self.run if values.shape[-1] > 1 else 0]]

    def _same(self, before: Moment, after: Moment) -> bool:
        """Whether nothing has changed from which the quantity is computed; draws and memory change with the turn."""
        if before.turn != after.turn:
            return False
        values = all(before.values[name] is after.values[name] for name in self.sources if name in before.values)
        return values and not self._newly(before, after)

    def _newly(self, before: Moment, after: Moment) -> list[str]:
        names = {**before.fixed, **after.fixed}
        return [name for name in names if name in self.sources and before.fixed.get(name) is not after.fixed.get(name)]

    def _decided(self, before: Moment, after: Moment) -> str:
        names = self._newly(before, after)
        return names[0] if len(names) == 1 else DECIDED
