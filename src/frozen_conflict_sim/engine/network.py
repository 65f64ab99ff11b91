"""Social networks: small worlds on a ring (Watts and Strogatz 1998, "Collective dynamics of small-world networks").

Residents of one stratum are side by side on the ring, so most neighbours are of one's own stratum. Everybody listens to the
same number of others; each tie is rewired to anybody with a small probability. A seed has a few networks, and the stream number
of a run selects one of them.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .random_streams import RandomStreams

POOL = 8


@lru_cache(maxsize=64)
def small_world(seed: int, number: int, residents: int, degree: int, rewiring: float) -> np.ndarray:
    """The neighbours whom each resident listens to, shape ``(residents, degree)``; ``number`` is the number of the network."""
    steps = np.concatenate([np.arange(1, degree // 2 + 1), -np.arange(1, degree - degree // 2 + 1)])
    ring = (np.arange(residents)[:, None] + steps) % residents
    streams = RandomStreams(seed, [number])
    rewired = streams.uniform("network/rewired", 0, ring.size).reshape(ring.shape) < rewiring
    # A rewired tie leads 1 to residents - 1 places on, so never to oneself.
    away = 1 + (streams.uniform("network/tie", 0, ring.size).reshape(ring.shape) * (residents - 1)).astype(np.int64)
    network = np.where(rewired, (np.arange(residents)[:, None] + away) % residents, ring)
    network.flags.writeable = False
    return network
