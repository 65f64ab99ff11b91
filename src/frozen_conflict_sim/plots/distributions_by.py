"""The distributions of an outcome in each group, one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from ..analysis.numbers import interval, number
from ..analysis.summary import mean_or_share
from ..model.columns import Column
from ..results import Results
from .drawing.axes import label_outcome, legend
from .drawing.description import describe
from .drawing.groups import coloured, compared, group_label
from .drawing.outcome_values import are_counts, density, spread
from .drawing.registry import compares, plot
from .drawing.style import INK, grow

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 0.72
FEW = 10


@plot("outcome", by=1, applies=compares, instead_of=("distribution", "ecdf"))
def distributions_by(results: Results, name: str, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """The distribution of an outcome in each group, such as each policy: density, median, mean with its 90 % interval."""
    column, groups, counts = results.columns[name], coloured(results, by, name), are_counts(results, name)
    labels: list[str] = []
    named = False
    for at, (group, runs, colour) in enumerate(reversed(groups)):
        values = runs[name].dropna().to_numpy(float)
        few = f"\n(defined in {len(values):,} of {len(runs):,})" if len(values) < len(runs) else ""
        labels.append(group + few)
        if len(values):
            _shape(ax, at, values, column, counts, colour)
            middle = np.median(values)
            ax.plot((middle, middle), (at, at + HEIGHT / 2), color=INK, linewidth=1.6, label="" if named else "median")
            _mean(ax, at - 0.09, column, runs, named)
            named = True
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(-0.35, len(labels))
    ax.set_ylabel(group_label(results, by))
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    label_outcome(ax, column, compared(results, by))
    legend(ax)
    grow(ax, 1.4 + 0.62 * len(labels))
    _describe(ax, column, groups, compared(results, by), group_label(results, by))
    return ax


def _shape(ax: Axes, at: int, values: np.ndarray, column: Column, counts: bool, colour: str) -> None:
    """The distribution, as high in each row: a density, columns for small counts, needles for few values."""
    if counts:
        numbers, times = np.unique(values, return_counts=True)
        ax.bar(numbers, HEIGHT * times / times.max(), width=0.8, bottom=at, color=colour, alpha=0.45)
    elif len(np.unique(values)) > FEW and spread(values):
        places, height = density(values, column.low, column.high)
        ax.fill_between(places, at, at + HEIGHT * height / height.max(), color=colour, alpha=0.45, linewidth=0)
        ax.plot(places, at + HEIGHT * height / height.max(), color=colour, linewidth=1.2)
    else:
        places, times = np.unique(values, return_counts=True)
        ax.vlines(places, at, at + HEIGHT * times / times.max(), color=colour, linewidth=3)
    ax.axhline(at, color=colour, linewidth=0.6, alpha=0.6)


def _mean(ax: Axes, at: float, column: Column, runs: pd.DataFrame, named: bool) -> None:
    estimate, interval, _ = mean_or_share(column, runs)
    if interval:
        ax.plot(interval, (at, at), color=INK, linewidth=1.4, solid_capstyle="butt")
    ax.plot(estimate, at, "D", color=INK, markersize=3.5, label="" if named else "mean, 90 % interval")


def _describe(ax: Axes, column: Column, groups: list, by: str, heading: str) -> None:
    found = [(group, *mean_or_share(column, runs), runs[column.name].median()) for group, runs, _ in groups]
    order = sorted((line for line in found if line[1] is not None), key=lambda line: -line[1])
    say = "; ".join(f"{group} {number(mean)} ({interval(ends)})" for group, mean, ends, *_ in order)
    rows = [
        (group, number(mean), interval(ends), number(None if middle != middle else middle), f"{defined:,}")
        for group, mean, ends, defined, middle in found
    ]
    headings = (heading, "mean", "90 % interval", "median", "runs")
    describe(ax, f"{column.label} ({column.unit}), mean {by}, the highest first: {say}.", headings, rows)
