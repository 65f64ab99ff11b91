"""The buffers that compiled code works on, and views of them that look like the arrays of a world."""

from __future__ import annotations

from collections.abc import MutableMapping
from math import prod

import numpy as np

from ...memory import aligned
from ..ir.builder import LANES
from .blocks import BlockLayout
from .fields import ACTIVE, Field


class Buffers:
    """The buffers of an ensemble: ``block`` has the shape ``(block of runs, slot, lane)``."""

    def __init__(self, world, layout, run_blocks: BlockLayout):
        self.run_blocks, self.fields = run_blocks, layout.fields
        self.block = aligned((run_blocks.count, layout.size["block"], LANES))
        self.constants = aligned((max(layout.size["constants"], 1),))
        (constant, slots), (varying, rows) = (layout.inputs_of(buffer) for buffer in ("constants", "block"))
        self.constants[slots] = np.concatenate([np.zeros(0), *(np.ravel(value(world)) for value in constant)])
        values = [world.active[None], *(_of_all_runs(value(world), run_blocks.runs) for value in varying)]
        self.block[:, np.r_[self._slots(self.fields[ACTIVE]), rows]] = run_blocks.to_blocks(np.concatenate(values))

    def _slots(self, field: Field) -> slice:
        return slice(field.offset, field.offset + prod(field.shape) * field.members)

    def write(self, name: str, values: np.ndarray) -> None:
        """Write values of the shape ``(…, member, run)`` to the field of a name."""
        field = self.fields[name]
        slots, count = self._slots(field), prod(field.shape) * field.members
        if field.buffer == "constants":
            self.constants[slots] = np.asarray(values).reshape(count)
            return
        values = np.asarray(values)
        values = np.broadcast_to(values, (*field.shape, field.members, values.shape[-1])).reshape(count, values.shape[-1])
        self.block[:, slots] = self.run_blocks.to_blocks(values)

    def read(self, name: str) -> np.ndarray:
        """A copy of the values of a field, shape ``(…, member, run)``."""
        field = self.fields[name]
        values = self.run_blocks.to_runs(self.block[:, self._slots(field)])
        return values.reshape(*field.shape, field.members, self.run_blocks.runs)


def _of_all_runs(values: np.ndarray, runs: int) -> np.ndarray:
    """Values of the shape ``(…, member, run)``, or one for all runs, with a row for each member."""
    return (values if values.shape[-1] == runs else values.repeat(runs, axis=-1)).reshape(-1, runs)


class BufferView(MutableMapping):
    """A mapping of which some keys read and write fields of the buffers (``names``); the others live in ``rest``."""

    def __init__(self, buffers: Buffers, names: dict, rest: dict):
        self.buffers, self.names, self.rest = buffers, names, rest

    def __getitem__(self, key):
        return self.buffers.read(self.names[key]) if key in self.names else self.rest[key]

    def __setitem__(self, key, values):
        if key in self.names:
            self.buffers.write(self.names[key], values)
        else:
            self.rest[key] = values

    def __delitem__(self, key):
        raise TypeError("values cannot be deleted")

    def __contains__(self, key):
        return key in self.names or key in self.rest

    def __iter__(self):
        return iter([*self.names, *(key for key in self.rest if key not in self.names)])

    def __len__(self):
        return len(list(iter(self)))

    def __reduce__(self):
        return dict, (dict(self),)  # a copy has arrays of its own


class TurnValues(BufferView):
    """The values that hold within the turn; they are zero until they are set."""

    def clear(self):
        """Set all values to zero."""
        for name in self.names.values():
            self.buffers.block[:, self.buffers._slots(self.buffers.fields[name])] = 0.0
        self.rest.clear()

    def __reduce__(self):
        return dict, ()
