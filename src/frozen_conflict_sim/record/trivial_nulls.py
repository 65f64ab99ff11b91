"""Two null models that need no runs of their own: they read those of the model as somebody would who knows less."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

import numpy as np

from ..results import Results
from .runs import Runs


class Persistence(Runs):
    """Nothing changes: every quantity stays where it was at the start, nobody acts, nothing happens."""

    def __init__(self, results: Results):
        super().__init__(results)
        self.alive = np.ones_like(self.alive)

    def course(self, name: str) -> np.ndarray:
        """The first turn's value, for ever."""
        return np.repeat(self._stored(name)[:, :1].astype(float), self.alive.shape[1], axis=1)

    def happened(self, name: str) -> np.ndarray:
        """Nothing happens."""
        return np.zeros(self.alive.shape, bool)

    def chose(self, decision: str, *options: str) -> np.ndarray:
        """Everybody does nothing."""
        return np.full(self.alive.shape, self._results.courses[decision].options[0] in options)

    def outcome(self, name: str) -> np.ndarray:
        """Nothing comes of it."""
        return np.full(len(self.alive), np.nan)


class BaseRates(Runs):
    """Everything happens as often as in the model, but to any territory, in any run and quarter."""

    def __init__(self, results: Results):
        super().__init__(results)
        self._dealt: dict[str, np.ndarray] = {}

    def outcome(self, name: str) -> np.ndarray:
        """The outcomes of all territories, dealt anew."""
        return self._deal(name, super().outcome)

    def _stored(self, name: str) -> np.ndarray:
        if name not in self._dealt:
            self._dealt[name] = self._deal(name, super()._stored)
        return self._dealt[name]

    def _deal(self, name: str, read: Callable) -> np.ndarray:
        kin = self._kin(name)
        pool = np.stack([read(other) for other in kin])
        chance = np.random.default_rng(int.from_bytes(blake2b(" ".join(kin).encode(), digest_size=8).digest(), "big"))
        return chance.permutation(pool.ravel()).reshape(pool.shape)[kin.index(name)]

    def _kin(self, name: str) -> list[str]:
        """The same column of every territory."""
        parts, territories = name.split("."), self.scenario.entities["territory"]
        if not set(parts) & set(territories):
            return [name]
        return [".".join(other if part in territories else part for part in parts) for other in territories]
