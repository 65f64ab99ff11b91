"""The distribution of an outcome over runs, cumulated: no bins, nothing smoothed."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ...results import Results
from ..axes import label_outcome
from ..outcome import note_undefined, values_of
from ..registry import picture
from ..style import BLUE


@picture("outcome")
def ecdf(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """Which share of the runs stays at or below each value, with a band that holds the whole curve with 90 % confidence.

    The band is that of Dvoretzky, Kiefer and Wolfowitz (1956) with Massart's (1990) constant.
    """
    values, column = np.sort(values_of(results, name)), results.columns[name]
    if len(values):
        share = np.arange(1, len(values) + 1) / len(values)
        reach = np.sqrt(np.log(2 / 0.1) / (2 * len(values)))
        low, high = np.clip(share - reach, 0, 1), np.clip(share + reach, 0, 1)
        ax.fill_between(values, low, high, step="post", color=BLUE, alpha=0.18, linewidth=0, label="90 % band")
        ax.step(values, share, where="post", color=BLUE, linewidth=1.8, label="runs")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    ax.set_ylim(0, 1.02)
    ax.set_ylabel("share of runs at or below")
    label_outcome(ax, column)
    note_undefined(ax, results, name)
    return ax
