"""Stream numbers: which runs use the same random numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...engine.random_streams import COUNT_BITS


@dataclass(frozen=True)
class RunIdentity:
    """The draw of the uncertainties and the replicate of some runs, as arrays; together they give the stream numbers.

    Runs with the same draw and the same replicate use the same random numbers, whatever else differs between them.

    >>> identity = RunIdentity(np.array([0, 3]), np.array([2, 1]))
    >>> RunIdentity.of_streams(identity.streams).draw
    array([0, 3])
    """

    draw: np.ndarray
    replicate: np.ndarray

    @property
    def streams(self) -> np.ndarray:
        """The stream number of each run: the replicate in the low bits, the draw above them."""
        return (self.draw.astype(np.int64) << COUNT_BITS) | self.replicate

    @classmethod
    def of_streams(cls, streams: np.ndarray) -> RunIdentity:
        """Draw and replicate of runs with these stream numbers."""
        return cls(streams >> COUNT_BITS, streams & ((1 << COUNT_BITS) - 1))
