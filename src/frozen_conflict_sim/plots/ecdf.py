"""The empirical cumulative distribution of an outcome over runs, without bins or smoothing."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..results import Results
from .drawing.outcome_values import describe_values, label_distribution, spread, values_of
from .drawing.registry import plot
from .drawing.style import BLUE


@plot("outcome")
def ecdf(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """The share of runs at or below each value, with a band that contains the whole curve with 90 % confidence.

    The band is that of @dvoretzky1956 with @massart1990's constant.
    """
    values = np.sort(values_of(results, name))
    if len(values):
        margin = 0.05 * spread(values) or 0.5
        at = np.concatenate([[values[0] - margin], values, [values[-1] + margin]])
        share = np.concatenate([[0.0], np.arange(1, len(values) + 1) / len(values), [1.0]])
        reach = np.sqrt(np.log(2 / 0.1) / (2 * len(values)))
        band = np.clip(share - reach, 0, 1), np.clip(share + reach, 0, 1)
        ax.fill_between(at, *band, step="post", color=BLUE, alpha=0.18, linewidth=0)
        ax.step(at, share, where="post", color=BLUE, linewidth=1.8)
        ax.set_xlim(at[0], at[-1])
    ax.set_ylim(0, 1.01)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    ax.set_ylabel("share of runs at or below, with 90 % band")
    describe_values(ax, results, name)
    return label_distribution(ax, results, name)
