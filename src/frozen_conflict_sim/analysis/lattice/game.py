"""Cooperative games whose worth is known run by run: Shapley shares, interactions, sufficient and necessary players.

A coalition is a number whose bits are its members: coalition 5 holds the players 0 and 2. Shares and interactions are linear in
the worth, so each run has its own, and their means have intervals without resampling.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import factorial

import numpy as np

from ..intervals import LEVEL, critical_value, share_interval

MOST_PLAYERS = 12


@dataclass(frozen=True)
class Mean:
    """A mean over runs with its 90 % interval; without an interval if there is a single run."""

    value: float
    low: float
    high: float

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends."""
        return self.low, self.high


def mean_of(values: np.ndarray, level: float = LEVEL) -> Mean:
    """The mean of a number a run.

    >>> mean_of(np.array([1.0, 1.0]))
    Mean(value=1.0, low=1.0, high=1.0)
    """
    value, runs = float(np.mean(values)), len(values)
    if runs < 2:
        return Mean(value, -np.inf, np.inf)
    reach = float(critical_value(runs - 1, level) * np.std(values, ddof=1) / np.sqrt(runs))
    return Mean(value, value - reach, value + reach)


@dataclass(frozen=True)
class Game:
    """A game: ``worth`` of each coalition in each run, shape ``(2 ** players, run)``, with the same random numbers in a run.

    Where the worth is 0 or 1 in every run, its mean is a share of runs.
    """

    players: tuple[str, ...]
    worth: np.ndarray

    def __post_init__(self):
        if len(self.worth) != 2 ** len(self.players):
            raise ValueError(f"{len(self.players)} players have {2 ** len(self.players)} coalitions, not {len(self.worth)}")

    @property
    def runs(self) -> int:
        """The number of runs."""
        return self.worth.shape[1]

    @property
    def everybody(self) -> int:
        """The coalition of all players."""
        return len(self.worth) - 1

    def members(self, coalition: int) -> tuple[str, ...]:
        """The names of the players in a coalition."""
        return tuple(name for at, name in enumerate(self.players) if coalition >> at & 1)

    @cached_property
    def value(self) -> np.ndarray:
        """The mean worth of each coalition, shape ``(coalition,)``."""
        return self.worth.mean(axis=1)

    def share_of(self, coalition: int) -> Mean:
        """The mean worth of a coalition, with Wilson's interval, for worths of 0 and 1."""
        return Mean(float(self.value[coalition]), *share_interval(int(self.worth[coalition].sum()), self.runs))

    @cached_property
    def shares_by_run(self) -> np.ndarray:
        """The Shapley share of each player in each run [@shapley1953], shape ``(player, run)``.

        In each run they add up to the worth of everybody less that of nobody.

        >>> both = Game(("a", "b"), np.array([[0.0], [0.0], [0.0], [1.0]]))
        >>> both.shares_by_run.ravel()
        array([0.5, 0.5])
        """
        count, size = len(self.players), _sizes(len(self.worth))
        weight = np.array(
            [factorial(n) * factorial(count - n - 1) / factorial(count) if n < count else 0.0 for n in range(count + 1)]
        )
        found = np.zeros((count, self.runs))
        for at in range(count):
            without = np.flatnonzero(~np.arange(len(self.worth)) >> at & 1)
            found[at] = weight[size[without]] @ (self.worth[without | 1 << at] - self.worth[without])
        return found

    @cached_property
    def shares(self) -> tuple[Mean, ...]:
        """The Shapley share of each player."""
        return tuple(mean_of(runs) for runs in self.shares_by_run)

    def interaction(self, one: int, other: int) -> Mean:
        """The Shapley interaction of two players [@grabisch1999]: positive if they need each other, negative if one will do.

        >>> both = Game(("a", "b"), np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0]]))
        >>> both.interaction(0, 1).value
        1.0
        """
        count, size = len(self.players), _sizes(len(self.worth))
        weight = [factorial(n) * factorial(count - n - 2) / factorial(count - 1) for n in range(count - 1)]
        a, b = 1 << one, 1 << other
        without = np.array([coalition for coalition in range(len(self.worth)) if not coalition & (a | b)])
        gained = self.worth[without | a | b] - self.worth[without | a] - self.worth[without | b] + self.worth[without]
        return mean_of(np.array(weight)[size[without]] @ gained)

    def sufficient(self, enough: float) -> tuple[int, ...]:
        """The minimal sufficient coalitions: their mean worth is more than ``enough``, that of no part of theirs is."""
        found: list[int] = []
        for coalition in sorted(range(len(self.worth)), key=lambda one: (one.bit_count(), one)):
            if self.value[coalition] > enough and not any(coalition & part == part for part in found):
                found.append(coalition)
        return tuple(found)

    def necessary(self, enough: float) -> tuple[str, ...]:
        """The players without whom no coalition is sufficient, if some coalition is."""
        reach = np.flatnonzero(self.value > enough)
        return tuple(name for at, name in enumerate(self.players) if len(reach) and (reach >> at & 1).all())

    def is_open(self, coalition: int, enough: float) -> bool:
        """Whether chance leaves open if a coalition is sufficient."""
        low, high = self.share_of(coalition).interval
        return low <= enough <= high


def _sizes(coalitions: int) -> np.ndarray:
    return np.array([coalition.bit_count() for coalition in range(coalitions)])
