"""The memory in which compiled functions play, and the windows through which everybody else sees it as arrays."""

from __future__ import annotations

from collections.abc import MutableMapping
from math import prod

import numpy as np

from ..luck import key_of
from .lines import LANES
from .places import ACTIVE, Place, value_of


def aligned(shape: tuple[int, ...], kind=np.float64) -> np.ndarray:
    """Zeros that begin where a vector may be loaded."""
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    raw = np.zeros(size + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + size].view(kind).reshape(shape)


class Board:
    """All values of an ensemble: ``(block of runs, slot, run)``; runs that fill up the last block repeat the last run."""

    def __init__(self, world, places, streams):
        self.runs, self.known = world.runs, places.known
        self.count = -(-self.runs // LANES)
        self.block = aligned((self.count, places.size["block"], LANES))
        self.fixed = aligned((max(places.size["fixed"], 1),))
        self.passing = aligned((max(places.size["passing"], 1), LANES))
        for name in places.inputs:
            self.write(name, value_of(world, name))
        self.write(ACTIVE, world.active[None])
        luck = np.stack([self._padded(half) for half in (world.luck.indices & 0xFFFFFFFF, world.luck.indices >> np.uint64(32))])
        self.luck = aligned((self.count, 2, LANES), np.uint64)
        self.luck[:] = luck.reshape(2, self.count, LANES).transpose(1, 0, 2)
        self.keys = np.array([[*key_of(world.luck.seed, stream), place] for stream, place in streams], np.uint64)

    def _padded(self, values: np.ndarray) -> np.ndarray:
        spare = self.count * LANES - values.shape[-1]
        return np.concatenate([values, np.repeat(values[..., -1:], spare, -1)], -1) if spare else values

    def _slots(self, place: Place) -> slice:
        return slice(place.base, place.base + prod(place.shape) * place.members)

    def write(self, name: str, values: np.ndarray) -> None:
        """Put values of the shape ``(…, member, run)`` in their place."""
        place = self.known[name]
        slots, count = self._slots(place), prod(place.shape) * place.members
        if place.space == "fixed":
            self.fixed[slots] = np.asarray(values).reshape(count)
            return
        values = np.broadcast_to(values, (*place.shape, place.members, self.runs)).reshape(count, self.runs)
        self.block[:, slots] = self._padded(values).reshape(count, self.count, LANES).transpose(1, 0, 2)

    def read(self, name: str) -> np.ndarray:
        """A copy of the values under a name, shape ``(…, member, run)``."""
        place = self.known[name]
        values = self.block[:, self._slots(place)].transpose(1, 0, 2).reshape(-1, self.count * LANES)
        return values[:, : self.runs].reshape(*place.shape, place.members, self.runs)


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
