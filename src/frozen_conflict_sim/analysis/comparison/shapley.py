"""Shapley values: a difference shared fairly among the changes that make it [@shapley1953].

The share of a change is what it adds when the changes are made one after the other, averaged over all orders in which they can
be made. So the shares sum to the difference, and a change that never matters has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np


def coalitions(changes: int) -> np.ndarray:
    """All sets of changes, shape ``(set, change)``: the set with the number 5 has the changes 0 and 2.

    >>> coalitions(2).astype(int)
    array([[0, 0],
           [1, 0],
           [0, 1],
           [1, 1]])
    """
    return (np.arange(2**changes)[:, None] >> np.arange(changes) & 1).astype(bool)


def exact_shares(values: np.ndarray) -> np.ndarray:
    """The share of each change, shape ``(change, …)``, from the values of all sets of changes, shape ``(set, …)``.

    >>> exact_shares(np.array([0.0, 1.0, 2.0, 5.0]))  # 1 and 2 alone, and 2 more together
    array([2., 3.])
    """
    changes = len(values).bit_length() - 1
    sets, shares = coalitions(changes), []
    for change in range(changes):
        without = np.flatnonzero(~sets[:, change])
        weights = np.array([1 / (changes * comb(changes - 1, size)) for size in sets[without].sum(axis=1)])
        shares.append(np.tensordot(weights, values[without | 1 << change] - values[without], 1))
    return np.stack(shares)


def exact_interactions(values: np.ndarray) -> Iterator[tuple[int, int, np.ndarray]]:
    """How much more every two changes add together than one by one [@grabisch1999]: both, and the amount, shape ``(…)``.

    >>> [(one, other, float(amount)) for one, other, amount in exact_interactions(np.array([0.0, 1.0, 2.0, 5.0]))]
    [(0, 1, 2.0)]
    """
    changes = len(values).bit_length() - 1
    sets = coalitions(changes)
    for one, other in combinations(range(changes), 2):
        without = np.flatnonzero(~sets[:, one] & ~sets[:, other])
        weights = np.array([1 / ((changes - 1) * comb(changes - 2, size)) for size in sets[without].sum(axis=1)])
        both, first, second = (values[without | more] for more in (1 << one | 1 << other, 1 << one, 1 << other))
        yield one, other, np.tensordot(weights, both - first - second + values[without], 1)


@dataclass(frozen=True)
class Orders:
    """Random orders in which changes are made, one for each round and case: ``order`` has the shape (round, case, change).

    Changes that are ``together`` are made in one order in all cases of a round, since each set of them needs a model of its
    own. Every second round turns the orders of the round before around.
    """

    order: np.ndarray

    @classmethod
    def drawn(cls, rounds: int, cases: int, changes: int, together: np.ndarray, seed: int) -> Orders:
        """Orders that depend on the arguments alone; ``together`` has the indices of those changes."""
        generator, found = np.random.default_rng(seed), []
        for _ in range(-(-rounds // 2)):
            keys = generator.random((cases, changes))
            keys[:, generator.permutation(together)] = np.sort(keys[:, together], axis=1)
            found += [np.argsort(keys, axis=1), np.argsort(-keys, axis=1)]
        return cls(np.stack(found[:rounds]))

    def sets(self) -> np.ndarray:
        """The sets of changes on the way, shape (round, case, step, change), from none of them to all."""
        rank = np.argsort(self.order, axis=2)
        return rank[:, :, None, :] < np.arange(self.order.shape[2] + 1)[:, None]

    def shares(self, values: np.ndarray) -> np.ndarray:
        """The share of each change in each round, shape (round, case, change), from the values by (round, case, step)."""
        found = np.empty(self.order.shape)
        np.put_along_axis(found, self.order, np.diff(values, axis=2), axis=2)
        return found
