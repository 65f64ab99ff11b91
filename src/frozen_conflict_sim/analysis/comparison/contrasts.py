"""Contrasts of an experiment: what one choice adds to another, in the base and in every arm, and what moderates it.

All differences are within pairs of runs with the same random numbers, so they are due to mechanisms and not to chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...experiment.spec import BASE
from ...results import Results
from ..intervals import clusters
from ..summary import mean_or_share
from .pairing import Difference, Pairs, differences, pair, shared_by_partners, where

if TYPE_CHECKING:
    import pandas as pd

    from ...model.columns import Column

ESTIMATE = tuple[float | None, tuple[float, float] | None]


@dataclass(frozen=True)
class Moderator:
    """An uncertainty on which a difference depends: the difference in its lowest and in its highest third of the pairs."""

    uncertainty: str
    low: Difference
    high: Difference


@dataclass(frozen=True)
class Contrast:
    """One outcome under a reference and a choice, with 90 % intervals; ``beside`` has the difference in each arm."""

    column: Column
    reference: ESTIMATE
    choice: ESTIMATE
    difference: Difference
    beside: dict[str, Difference]
    moderator: Moderator | None

    @property
    def direction(self) -> int:
        """1 if the choice raises the outcome, -1 if it lowers it, 0 if the interval of the difference includes zero."""
        low, high = self.difference.interval or (0.0, 0.0)
        return int(low > 0.0) - int(high < 0.0)


def contrasts(
    results: Results, reference: Mapping[str, object], choice: Mapping[str, object], outcomes: Sequence[str]
) -> tuple[Contrast, ...]:
    """What ``choice`` adds to ``reference`` in each outcome; both give values of columns of ``runs``, such as levers."""
    columns = [results.columns[name] for name in outcomes]
    runs = results.table([*results.names("about"), *results.names("lever"), *results.names("uncertainty"), *outcomes])
    sides = [runs[where(results, side)] for side in (reference, choice)]
    arms = {arm: _paired(results, sides, arm) for arm in (BASE, *results.experiment.arms)}
    base, *others = (differences(pairs, columns) for pairs in arms.values())
    return tuple(
        Contrast(
            column,
            _estimate(column, arms[BASE].left),
            _estimate(column, arms[BASE].right),
            base[at],
            {arm: other[at] for arm, other in zip(results.experiment.arms, others)},
            _strongest_moderator(results, arms[BASE], column),
        )
        for at, column in enumerate(columns)
    )


def _paired(results: Results, sides: list[pd.DataFrame], arm: str) -> Pairs:
    runs = [side[side["arm"] == arm] if results.experiment.arms else side for side in sides]
    one_each = not any(side["stream"].duplicated().any() for side in runs)
    return pair(*runs, on=["stream"] if one_each else shared_by_partners(results, results, *runs))


def _estimate(column: Column, runs: pd.DataFrame) -> ESTIMATE:
    return mean_or_share(column, runs.assign(cluster=clusters(runs["stream"].to_numpy())[0]))[:2]


def _strongest_moderator(results: Results, pairs: Pairs, column: Column) -> Moderator | None:
    """The moderator whose effect is largest, among those whose thirds have disjoint intervals."""
    apart = [moderator for moderator in _moderators(results, pairs, column) if _lie_apart(moderator)]
    return max(apart, key=lambda moderator: abs(moderator.high.difference - moderator.low.difference), default=None)


def _moderators(results: Results, pairs: Pairs, column: Column) -> Iterator[Moderator]:
    for name in results.names("uncertainty"):
        if name in pairs.left and pairs.left[name].equals(pairs.right[name]) and pairs.left[name].nunique() > 2:
            low, high = pairs.left[name].quantile([1 / 3, 2 / 3])
            thirds = (pairs.left[name] <= low, pairs.left[name] >= high)
            yield Moderator(name, *(differences(_some(pairs, third), [column])[0] for third in thirds))


def _some(pairs: Pairs, mask: pd.Series) -> Pairs:
    return Pairs(*(side[mask].reset_index(drop=True) for side in (pairs.left, pairs.right)), pairs.unpaired)


def _lie_apart(moderator: Moderator) -> bool:
    one, other = moderator.low.interval, moderator.high.interval
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])
