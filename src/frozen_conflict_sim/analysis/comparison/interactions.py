"""Interactions with the rule of choice: whether a difference is larger under one rule of choice than under another.

Two verdicts may differ although the effects do not: near a threshold chance decides each of them. So the effects themselves are
compared, within pairs with the same random numbers, and the intervals of all comparisons hold together in 95 of 100 studies.
Reference: @dunn1961 on intervals that hold together; @gelman2006 on differences between significant and not significant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ..intervals import means, point_weights, together
from .pairing import Pairs

if TYPE_CHECKING:
    import pandas as pd

TOGETHER = 0.95


@dataclass(frozen=True)
class Interaction:
    """By how much a difference under the rule ``one`` exceeds that under ``other``, over ``pairs`` in which both are defined.

    The ``interval`` holds in 95 of 100 studies together with those of all other pairs of rules.
    """

    one: str
    other: str
    pairs: int
    difference: float
    interval: tuple[float, float]

    def differs(self, bar: float = 0.0) -> bool:
        """Whether the interval excludes zero, and the difference is at least ``bar``."""
        low, high = self.interval
        return (low > 0.0 or high < 0.0) and abs(self.difference) >= bar


def interactions(by_rule: Mapping[str, Pairs], outcome: str, on: Sequence[str] = ("stream",)) -> tuple[Interaction, ...]:
    """The interactions of every two rules; ``by_rule`` has the pairs of runs under each, with partners identified by ``on``.

    Rules without two clusters in which both define the outcome are not compared.
    """
    tables = {rule: _by_partners(pairs, outcome, list(on)) for rule, pairs in by_rule.items()}
    level = together(len(tables) * (len(tables) - 1) // 2, TOGETHER)
    found = []
    for one, other in combinations(tables, 2):
        common = tables[one].index.intersection(tables[other].index)
        if len(common):
            here, there = tables[one].loc[common], tables[other].loc[common]
            excess = (here["difference"] - there["difference"]).to_numpy()
            average = means(excess[:, None], here["cluster"].to_numpy(), point_weights(here["point"].to_numpy()))
            interval = average.interval(level=level)
            if interval:
                found.append(Interaction(one, other, len(common), float(average.values[0]), interval))
    return tuple(found)


def _by_partners(pairs: Pairs, outcome: str, on: list[str]) -> pd.DataFrame:
    """The difference of an outcome in the pairs that define it, with their clusters and points."""
    left, right = (table[outcome].to_numpy(float, na_value=np.nan) for table in (pairs.left, pairs.right))
    table = pairs.left[on].assign(cluster=pairs.clusters, difference=right - left)
    table["point"] = pairs.left["point"] if "point" in pairs.left else np.arange(len(table))
    return table[table["difference"].notna()].set_index(on)
