"""NumPy inside Mesa, tuned: one agent per public, which holds its residents as arrays; one run at a time."""

from functools import partial

import mesa
import numpy as np

from ..plain.residents import ARRAYS, look_around, methods, observed
from . import mesa_objects


class Public(mesa.Agent):
    """The residents of one territory, each trait an array of shape ``(resident,)``."""

    def __init__(self, model, traits, network):
        super().__init__(model)
        self.ties = np.ascontiguousarray(network.T)
        for name, values in traits.items():
            setattr(self, name, values.astype(float))

    def neighbours_average(self, said):
        """The mean over the neighbours of each resident."""
        if np.ndim(said) == 0:
            return said
        return np.take(said, self.ties).sum(axis=0) / len(self.ties)

    def update(self, phase, around):
        """Update all residents in three steps; return what is observed of them."""
        look_around(around)
        for part in ("say", "judge", "change"):
            getattr(self, f"{phase}_{part}")(around)
        return [float(np.mean(getattr(self, name)(around))) for name in observed()]

    def vote(self, candidates, around):
        """The winner of a vote: residents choose the most appealing candidate; the first two meet in a runoff."""
        appeals = np.stack([self.appeal(candidate, around) for candidate in candidates])
        votes = np.bincount(np.argmax(appeals, axis=0), weights=self.voter, minlength=len(candidates))
        first, second = np.argsort(-votes, kind="stable")[:2]
        ahead = self.voter[appeals[first] >= appeals[second]].sum()
        return int(first if ahead * 2.0 >= self.voter.sum() else second)


for _name, _method in methods(ARRAYS).items():
    setattr(Public, _name, _method)


class ArrayConflict(mesa_objects.Conflict):
    """The complete model, one run, with residents in arrays."""

    public = Public


play = partial(mesa_objects.play_models, ArrayConflict)
