"""The partition of an ensemble into blocks of runs that share a network; a block stays in the cache turn after turn."""

from __future__ import annotations

import numpy as np

from ...arrays.population import blocks_of
from ...memory import aligned
from ...random_streams import RandomStreams
from ..ir.builder import LANES


def addresses_of(array: np.ndarray) -> np.ndarray:
    """Memory addresses of the items along the first axis."""
    return np.uint64(array.ctypes.data) + np.uint64(array.strides[0]) * np.arange(len(array), dtype=np.uint64)


class BlockLayout:
    """The runs of an ensemble in blocks of ``LANES`` lanes; a block that is not full repeats its last run.

    ``columns`` is the run in each lane, shape ``(block, lane)``; ``networks`` is the number of the network of each block.
    """

    def __init__(self, streams: RandomStreams):
        blocks = blocks_of(streams.stream_numbers, LANES)
        self.runs, self.count = len(streams.stream_numbers), len(blocks)
        self.networks = [number for number, _ in blocks]
        self.filled = [len(columns) for _, columns in blocks]
        self.columns = np.stack([np.pad(columns, (0, LANES - len(columns)), "edge") for _, columns in blocks]).astype(np.int64)
        # A run may fill several lanes; this is its first.
        self.first_lane = np.unique(self.columns, return_index=True)[1]
        low, high = streams.stream_numbers & np.uint64(0xFFFFFFFF), streams.stream_numbers >> np.uint64(32)
        self.streams = aligned((self.count, 2, LANES), np.uint64)
        self.streams[:, 0], self.streams[:, 1] = low[self.columns], high[self.columns]

    def to_blocks(self, values: np.ndarray) -> np.ndarray:
        """Values of the shape ``(…, run)``, or one for all runs, as ``(block, …, lane)``."""
        shape = (self.count, *values.shape[:-1], LANES)
        if values.shape[-1] == 1:
            return np.broadcast_to(values, shape)
        inside = values.ndim - 1
        return values[..., self.columns].transpose(inside, *range(inside), inside + 1)

    def to_runs(self, values: np.ndarray) -> np.ndarray:
        """Values of the shape ``(block, …, lane)`` as ``(…, run)``."""
        inside = values.ndim - 1
        lanes = values.transpose(*range(1, inside), 0, inside).reshape(*values.shape[1:-1], -1)
        return lanes.take(self.first_lane, axis=-1)
