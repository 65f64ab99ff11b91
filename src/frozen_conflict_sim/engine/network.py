"""Social networks: small worlds on a ring (Watts and Strogatz 1998, "Collective dynamics of small-world networks").

Residents of one stratum are side by side on the ring, so most neighbours are of one's own stratum. Everybody listens to the
same number of others; each tie is rewired to anybody with a small probability. A seed has a few networks, and the stream number
of a run selects one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

import numpy as np

from .random_streams import RandomStreams

POOL = 8
MOST = 64  # networks that are kept
FEW = 1 << 16  # ties of a network; so small, several are made at once
_KNOWN: dict[tuple, np.ndarray] = {}  # those asked for last come last
_LOCK = Lock()


def small_worlds(
    streams: RandomStreams, numbers: Iterable[int], residents: int, degree: int, rewiring: float
) -> dict[int, np.ndarray]:
    """The networks of some numbers under the seed of ``streams``: the neighbours whom each resident listens to.

    Each has the shape ``(residents, degree)`` and is not to be written to. Those that are asked for again are kept.

    >>> network = small_worlds(RandomStreams(7, [0]), [2], 5, 2, 0.0)[2]
    >>> network.tolist()
    [[1, 4], [2, 0], [3, 1], [4, 2], [0, 3]]
    """
    about, wanted = (streams.seed, residents, degree, rewiring), set(numbers)
    with _LOCK:
        found = {number: _KNOWN.pop((number, *about)) for number in wanted if (number, *about) in _KNOWN}
        missing = sorted(wanted - found.keys())
        if residents * degree > FEW:
            found |= {one: _rewired(RandomStreams(streams.seed, [one]), residents, degree, rewiring)[0] for one in missing}
        elif missing:
            found |= dict(zip(missing, _rewired(streams.of_runs(missing), residents, degree, rewiring)))
        _KNOWN.update({(number, *about): network for number, network in found.items()})
        for longest_unasked in [*_KNOWN][:-MOST]:
            del _KNOWN[longest_unasked]
    return found


def _rewired(streams: RandomStreams, residents: int, degree: int, rewiring: float) -> np.ndarray:
    """The networks of all streams, shape ``(stream, residents, degree)``."""
    steps = np.concatenate([np.arange(1, degree // 2 + 1), -np.arange(1, degree - degree // 2 + 1)])
    places, shape = np.arange(residents)[:, None], (len(streams.stream_numbers), residents, degree)
    networks = np.broadcast_to((places + steps) % residents, shape).copy()
    rewired, away = (streams.uniform(f"network/{what}", 0, residents * degree).T.reshape(shape) for what in ("rewired", "tie"))
    chosen = rewired < rewiring
    # A rewired tie leads 1 to residents - 1 places on, so never to oneself.
    away = 1 + (away[chosen] * (residents - 1)).astype(np.int64)
    networks[chosen] = (np.broadcast_to(places, shape)[chosen] + away) % residents
    networks.flags.writeable = False
    return networks


def small_world(seed: int, number: int, residents: int, degree: int, rewiring: float) -> np.ndarray:
    """The network of one number under a seed, see :func:`small_worlds`."""
    return small_worlds(RandomStreams(seed, [0]), [number], residents, degree, rewiring)[number]
