"""The memory in which compiled functions play, and the windows through which everybody else sees it as arrays."""

from __future__ import annotations

from collections.abc import MutableMapping
from math import prod

import numpy as np

from ...memory import aligned
from ..ir.builder import LANES
from .blocks import Seats
from .fields import ACTIVE, Place


class Board:
    """All values of an ensemble: ``(block of runs, slot, run)``."""

    def __init__(self, world, places, seats: Seats):
        self.seats, self.known = seats, places.known
        self.block = aligned((seats.count, places.size["block"], LANES))
        self.fixed = aligned((max(places.size["fixed"], 1),))
        self.passing = aligned((max(places.size["passing"], 1), LANES))
        rows, slots = [world.active[None]], [self._slots(self.known[ACTIVE])]
        for name, value in places.inputs.items():
            place = self.known[name]
            if place.space == "fixed":
                self.write(name, value(world))
            else:
                values = value(world)
                rows.append(np.broadcast_to(values, (*values.shape[:-1], seats.runs)).reshape(-1, seats.runs))
                slots.append(self._slots(place))
        self.block[:, np.r_[tuple(slots)]] = seats.seated(np.concatenate(rows))

    def _slots(self, place: Place) -> slice:
        return slice(place.base, place.base + prod(place.shape) * place.members)

    def write(self, name: str, values: np.ndarray) -> None:
        """Put values of the shape ``(…, member, run)`` in their place."""
        place = self.known[name]
        slots, count = self._slots(place), prod(place.shape) * place.members
        if place.space == "fixed":
            self.fixed[slots] = np.asarray(values).reshape(count)
            return
        values = np.asarray(values)
        values = np.broadcast_to(values, (*place.shape, place.members, values.shape[-1])).reshape(count, values.shape[-1])
        self.block[:, slots] = self.seats.seated(values)

    def read(self, name: str) -> np.ndarray:
        """A copy of the values under a name, shape ``(…, member, run)``."""
        place = self.known[name]
        values = self.seats.by_run(self.block[:, self._slots(place)])
        return values.reshape(*place.shape, place.members, self.seats.runs)


class Window(MutableMapping):
    """Values by key: some stand on the board under a name, the others in ``rest``."""

    def __init__(self, board: Board, names: dict, rest: dict):
        self.board, self.names, self.rest = board, names, rest

    def __getitem__(self, key):
        return self.board.read(self.names[key]) if key in self.names else self.rest[key]

    def __setitem__(self, key, values):
        if key in self.names:
            self.board.write(self.names[key], values)
        else:
            self.rest[key] = values

    def __delitem__(self, key):
        raise TypeError("values stay")

    def __contains__(self, key):
        return key in self.names or key in self.rest

    def __iter__(self):
        return iter([*self.names, *(key for key in self.rest if key not in self.names)])

    def __len__(self):
        return len(list(iter(self)))


class Now(Window):
    """What has been announced this turn; what nobody has announced is zero."""

    def clear(self):
        """Forget it all."""
        for name in self.names.values():
            self.board.block[:, self.board._slots(self.board.known[name])] = 0.0
        self.rest.clear()
