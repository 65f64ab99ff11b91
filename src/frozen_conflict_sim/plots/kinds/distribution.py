"""The distribution of an outcome over runs, as a histogram with a density estimate on top."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ...results import Results
from ..axes import label_outcome
from ..density import density
from ..outcome import few_whole_numbers, note_undefined, values_of
from ..registry import picture
from ..style import BLUE, ORANGE


@picture("outcome")
def distribution(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """How an outcome is distributed over the runs: histogram, density estimate, median."""
    values, column = values_of(results, name), results.columns[name]
    if few_whole_numbers(values):
        numbers, counts = np.unique(values, return_counts=True)
        ax.bar(numbers, counts / len(values), width=0.8, color=BLUE, alpha=0.45)
        ax.set_ylabel("share of runs")
        ax.locator_params(axis="x", integer=True)
    elif len(values):
        bins = np.histogram_bin_edges(values, bins="fd" if len(values) >= 50 else 8)
        ax.hist(values, bins=bins[:: 1 + len(bins) // 60], density=True, color=BLUE, alpha=0.35, label="runs")
        ax.plot(*density(values, column.low, column.high), color=BLUE, linewidth=1.8, label="density")
        ax.set_ylabel("density")
    if len(values):
        ax.axvline(np.median(values), color=ORANGE, linewidth=1.6, label="median")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    label_outcome(ax, column)
    note_undefined(ax, results, name)
    return ax
