"""The random numbers of a run: from the generators of a Mesa model or, to check results, from the engine's streams."""

import math

import numpy as np

from frozen_conflict_sim.engine.network import POOL
from frozen_conflict_sim.engine.random_streams import RandomStreams


class OwnGenerators:
    """Two ordinary generators: ``random`` draws single numbers, ``rng`` arrays."""

    def __init__(self, random, rng):
        self.random, self.gauss, self.rng = random.random, random.gauss, rng
        self.seed, self.network = 0, random.randrange(POOL)

    def uniform(self, stream: str, turn: int) -> float:
        """A number between 0 and 1."""
        return self.random()

    def normal(self, stream: str, turn: int) -> float:
        """A standard normal number."""
        return self.gauss(0.0, 1.0)

    def gumbel(self, stream: str, turn: int, options: int, one: int) -> float:
        """A standard Gumbel number for option ``one`` of ``options``."""
        return -math.log(-math.log(1.0 - self.random()))

    def several(self, law: str, stream: str, turn: int, count: int) -> list[float]:
        """Several numbers of a law, ``uniform`` or ``normal``."""
        return [getattr(self, law)(stream, turn) for _ in range(count)]

    def many(self, stream: str, count: int) -> np.ndarray:
        """Numbers between 0 and 1 as an array."""
        return self.rng.random(count)


class EngineStreams:
    """The random numbers of one run of the engine, so that both give the same run."""

    def __init__(self, seed: int, number: int):
        self.streams, self.seed, self.network = RandomStreams(seed, [number]), seed, number % POOL

    def uniform(self, stream: str, turn: int) -> float:
        """A number between 0 and 1."""
        return float(self.streams.uniform(stream, turn, 1)[0, 0])

    def normal(self, stream: str, turn: int) -> float:
        """A standard normal number."""
        return float(self.streams.normal(stream, turn, 1)[0, 0])

    def gumbel(self, stream: str, turn: int, options: int, one: int) -> float:
        """A standard Gumbel number for option ``one`` of ``options``."""
        return float(self.streams.gumbel(stream, turn, options)[one, 0])

    def several(self, law: str, stream: str, turn: int, count: int) -> list[float]:
        """Several numbers of a law, ``uniform`` or ``normal``."""
        return getattr(self.streams, law)(stream, turn, count)[:, 0].tolist()

    def many(self, stream: str, count: int) -> np.ndarray:
        """Numbers between 0 and 1 as an array."""
        return self.streams.uniform(stream, 0, count)[:, 0]
