"""The distribution of an outcome over runs: a histogram with a density estimate."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.numbers import number
from ..results import Results
from .drawing.outcome_values import are_counts, density, describe_values, label_distribution, spread, values_of
from .drawing.registry import plot
from .drawing.style import BLUE, BOX, INK

FEWEST_BINS, MOST_BINS = 8, 61


@plot("outcome")
def distribution(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """The distribution of an outcome over the runs: histogram, density estimate, median."""
    values, column = values_of(results, name), results.columns[name]
    if are_counts(results, name):
        numbers, counts = np.unique(values, return_counts=True)
        ax.bar(numbers, counts / len(values), width=0.8, color=BLUE, alpha=0.4)
        ax.set_xlim(numbers[0] - 0.75, numbers[-1] + 0.75)
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        ax.set_ylabel("share of runs")
    elif len(values):
        middle, apart = np.median(values), spread(values)
        reach = None if apart else (middle - 0.5, middle + 0.5)
        heights, edges = np.histogram(values, bins=_bins(values), range=reach, density=True)
        ax.stairs(heights, edges, fill=True, color=BLUE, alpha=0.4)
        if apart:
            ax.plot(*density(values, column.low, column.high), color=BLUE, linewidth=1.8)
        ax.axvline(middle, color=INK, linewidth=1.4, linestyle=(0, (5, 2)))
        ax.set_ylim(top=ax.get_ylim()[1] * 1.08)
        where = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "fontsize": 8}
        ax.annotate(f"median {number(middle)}", (middle, 1), (4, -2), va="top", bbox=BOX, **where)
        ax.set_ylabel("density: bars of runs, smoothed line" if apart else "density")
    describe_values(ax, results, name)
    return label_distribution(ax, results, name)


def _bins(values: np.ndarray) -> int:
    """How many bins, by the rule of @freedman1981, but not more than can be distinguished."""
    quarter, three_quarters = np.quantile(values, (0.25, 0.75))
    apart, width = spread(values), 2 * (three_quarters - quarter) / len(values) ** (1 / 3)
    return int(np.clip(np.ceil(apart / width), FEWEST_BINS, MOST_BINS)) if apart and width else MOST_BINS
