"""The distribution of an outcome over runs, as a histogram with a density estimate on top."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ...results import Results
from ..density import density
from ..outcome import are_counts, finish, values_of
from ..registry import picture
from ..style import BLUE, ORANGE

MOST_BINS = 60


@picture("outcome")
def distribution(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """How an outcome is distributed over the runs: histogram, density estimate, median."""
    values, column = values_of(results, name), results.columns[name]
    if are_counts(results, name):
        numbers, counts = np.unique(values, return_counts=True)
        ax.bar(numbers, counts / len(values), width=0.8, color=BLUE, alpha=0.4, label="runs")
        ax.set_xlim(numbers[0] - 0.75, numbers[-1] + 0.75)
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        ax.set_ylabel("share of runs")
    elif len(values):
        ax.hist(values, bins=_edges(values), density=True, color=BLUE, alpha=0.4, label="runs")
        if np.ptp(values) > 0:
            ax.plot(*density(values, column.low, column.high), color=BLUE, linewidth=1.8, label="density")
        ax.axvline(np.median(values), color=ORANGE, linewidth=1.6, label="median")
        ax.set_ylabel("density")
    return finish(ax, results, name)


def _edges(values: np.ndarray) -> np.ndarray:
    edges = np.histogram_bin_edges(values, bins="fd" if len(values) >= 50 else 8)
    return edges if len(edges) <= MOST_BINS else np.linspace(edges[0], edges[-1], MOST_BINS)
