"""Where the random numbers of a run comes from: the generators of a Mesa model or, for a check, the very numbers of an engine's run."""

import math

import numpy as np

from frozen_conflict_sim.engine.network import POOL
from frozen_conflict_sim.engine.random_streams import RandomStreams


class OwnChance:
    """Two ordinary generators: ``random`` for single numbers, ``rng`` for arrays."""

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
        """A standard Gumbel number for one of the options."""
        return -math.log(-math.log(1.0 - self.random()))

    def several(self, law: str, stream: str, turn: int, count: int) -> list[float]:
        """Several numbers of a law, ``uniform`` or ``normal``."""
        return [getattr(self, law)(stream, turn) for _ in range(count)]

    def many(self, stream: str, count: int) -> np.ndarray:
        """Numbers between 0 and 1 as an array."""
        return self.rng.random(count)


class SameChance:
    """The random numbers that the engine gives to one run, so that both can be set side by side."""

    def __init__(self, seed: int, number: int):
        self.streams, self.seed, self.network = RandomStreams(seed, [number]), seed, number % POOL

    def uniform(self, stream: str, turn: int) -> float:
        """A number between 0 and 1."""
        return float(self.streams.uniform(stream, turn, 1)[0, 0])

    def normal(self, stream: str, turn: int) -> float:
        """A standard normal number."""
        return float(self.streams.normal(stream, turn, 1)[0, 0])

    def gumbel(self, stream: str, turn: int, options: int, one: int) -> float:
        """A standard Gumbel number for one of the options."""
        return float(self.streams.gumbel(stream, turn, options)[one, 0])

    def several(self, law: str, stream: str, turn: int, count: int) -> list[float]:
        """Several numbers of a law, ``uniform`` or ``normal``."""
        return getattr(self.streams, law)(stream, turn, count)[:, 0].tolist()

    def many(self, stream: str, count: int) -> np.ndarray:
        """Numbers between 0 and 1 as an array."""
        return self.streams.uniform(stream, 0, count)[:, 0]
