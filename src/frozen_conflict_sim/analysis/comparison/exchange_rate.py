"""The price of integration: how much western alignment changes per unit of integration.

It is a ratio of two paired mean differences over an ensemble, with the interval of @fieller1954, which allows for an uncertain
denominator. It is undefined where the difference of integration may be zero. Every point counts the same, as in other tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from ...engine.setting import Setting
from ..intervals import Means, means, point_weights
from .pairing import Pairs

AT_END, ON_AVERAGE = "_at_end", "_on_average"
HORIZONS = {"at the end": AT_END, "over the run": ON_AVERAGE}


@dataclass(frozen=True)
class ExchangeRate:
    """The change of western alignment per unit of integration, averaged over a parent state's territories.

    An interval is None where the difference is zero in all pairs.
    """

    parent: str
    label: str
    when: str
    pairs: int
    alignment: float
    alignment_interval: tuple[float, float] | None
    integration: float
    integration_interval: tuple[float, float] | None
    rate: float | None
    interval: tuple[float, float] | None


def exchange_rates(pairs: Pairs, setting: Setting) -> tuple[ExchangeRate, ...]:
    """The rate of every parent, at the end of the run and on average over it; integration is the mean over its territories."""
    belongs = setting.belongs["territory", "parent"]
    rates = []
    for place, parent in enumerate(setting.entities["parent"]):
        territories = [name for name, above in zip(setting.entities["territory"], belongs) if above == place]
        for when, suffix in HORIZONS.items():
            alignment = f"{parent}.western_alignment{suffix}"
            integration = [f"{name}.integration{suffix}" for name in territories]
            if territories and {alignment, *integration} <= {*pairs.left} & {*pairs.right}:
                rates.append(_rate(pairs, (parent, setting.names.get(parent, parent), when), alignment, integration))
    return tuple(rates)


def _rate(pairs: Pairs, about: tuple, alignment: str, integration: list[str]) -> ExchangeRate:
    table = np.column_stack(
        [
            pairs.right[alignment] - pairs.left[alignment],
            pairs.right[integration].mean(axis=1) - pairs.left[integration].mean(axis=1),
        ]
    )
    weights = point_weights(pairs.left["point"].to_numpy()) if "point" in pairs.left else None
    found = means(table, pairs.clusters, weights)
    rate, interval = fieller(found)
    y, x = (float(value) for value in found.values)
    y_interval, x_interval = (found.interval(column) if table[:, column].any() else None for column in (0, 1))
    return ExchangeRate(*about, len(pairs), y, y_interval, x, x_interval, rate, interval if y_interval else None)


def fieller(found: Means) -> tuple[float | None, tuple[float, float] | None]:
    """The ratio of the first mean to the second, with Fieller's 90 % interval; nothing where the second may be zero.

    >>> rate, (low, high) = fieller(Means(np.array([1.0, 2.0]), np.array([[0.01, 0.0], [0.0, 0.01]]), 1000))
    >>> rate, round(low, 3), round(high, 3)
    (0.5, 0.411, 0.596)
    >>> fieller(Means(np.array([1.0, 0.1]), np.array([[0.01, 0.0], [0.0, 0.01]]), 1000))
    (None, None)
    """
    if found.clusters < 2:
        return None, None
    y, x = (float(value) for value in found.values)
    (vyy, vxy), (_, vxx) = found.critical_value**2 * found.covariance
    denominator = x * x - vxx
    if denominator <= 0:
        return None, None
    middle = x * y - vxy
    reach = sqrt(max(middle * middle - denominator * (y * y - vyy), 0.0))
    return y / x, (float((middle - reach) / denominator), float((middle + reach) / denominator))
