"""Main effects of uncertainties in a study that samples: each outcome in the lowest and the highest third of a value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .intervals import Means, critical_value, independent_change_interval, means, point_weights
from .summary import is_yes_or_no

if TYPE_CHECKING:
    import pandas as pd

    from ..model.columns import Column

LEAST = 12


@dataclass(frozen=True)
class MainEffect:
    """The mean of an outcome over the lowest and the highest third of an uncertainty, and the difference."""

    uncertainty: str
    outcome: str
    label: str
    unit: str
    low: float
    high: float
    difference: float
    interval: tuple[float, float]


def main_effects(runs: pd.DataFrame, uncertainties: Iterable[pd.Series], columns: Sequence[Column]) -> tuple[MainEffect, ...]:
    """For each outcome the uncertainties, the strongest first; ``runs`` has a column ``cluster``, uncertainties its index."""
    found = [
        main_effect
        for values in uncertainties
        for column in columns
        for main_effect in _driver(runs.assign(**{str(values.name): values}), str(values.name), column)
    ]
    order = [column.name for column in columns]
    return tuple(sorted(found, key=lambda main_effect: (order.index(main_effect.outcome), -abs(main_effect.difference))))


def _driver(runs: pd.DataFrame, name: str, column: Column) -> list[MainEffect]:
    known = runs[runs[name].notna() & runs[column.name].notna()]
    if known["cluster"].nunique() < LEAST:
        return []
    ends = known[name].quantile([1 / 3, 2 / 3])
    thirds = [known[known[name] <= ends.iloc[0]], known[known[name] > ends.iloc[1]]]
    if not all(third["cluster"].nunique() > 1 for third in thirds):
        return []
    low, high = (
        means(third[[column.name]].to_numpy(float), third["cluster"].to_numpy(), point_weights(third["point"].to_numpy()))
        for third in thirds
    )
    ends = float(low.values[0]), float(high.values[0])
    about = (name, column.name, column.label, column.unit, *ends)
    return [MainEffect(*about, ends[1] - ends[0], _interval(column, low, high))]


def _interval(column: Column, low: Means, high: Means) -> tuple[float, float]:
    """The 90 % interval of the difference of two means over independent runs, or of two shares."""
    if is_yes_or_no(column):
        shares = [(float(found.values[0]), found.interval_of_share() or (0.0, 1.0)) for found in (low, high)]
        return independent_change_interval(*shares[0], *shares[1])
    difference = float(high.values[0] - low.values[0])
    spread = float(np.sqrt(low.covariance[0, 0] + high.covariance[0, 0]))
    reach = critical_value(low.clusters + high.clusters - 2) * spread
    return difference - reach, difference + reach
