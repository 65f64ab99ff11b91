"""The convergence of the mean of an outcome as replicates are added."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..analysis.convergence import tables
from ..analysis.intervals import Means
from ..analysis.summary import is_yes_or_no
from ..results import Results
from .drawing.axes import label, label_trajectory, legend, note
from .drawing.registry import plot
from .drawing.style import COLOURS

FEWEST = 4


def has_replicates(results: Results) -> bool:
    """Whether replicates were added until a precision was reached, and there are enough to show it."""
    return results.experiment.replicates >= FEWEST and results.experiment.until is not None


@plot("outcome", applies=has_replicates)
def convergence(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """The mean over the points by number of replicates, with its 90 % interval.

    A line ends where the first of its points has no more replicates.
    """
    is_share = is_yes_or_no(results.columns[name])
    for number, (group, table) in enumerate(tables(results, name).items()):
        color = COLOURS[number % len(COLOURS)]
        most = int((~np.isnan(table)).sum(axis=1).min())
        if most < 2:
            continue
        steps = np.arange(2, most + 1)
        found = [_mean(table[:, :step]) for step in steps]
        ends = np.array([each.interval_of_share() if is_share else each.interval() for each in found])
        ax.plot(steps, [each.values[0] for each in found], color=color, label=label(group))
        ax.fill_between(steps, *ends.T, color=color, alpha=0.18, linewidth=0)
    label_trajectory(ax, results.columns[name])
    ax.set_xlabel("replicates of each point")
    if not ax.lines:
        note(ax, "too few replicates to show convergence")
        return ax
    legend(ax, "mean, 90 % interval")
    return ax


def _mean(table: np.ndarray) -> Means:
    """The mean over points of the shape ``(point, replicate)``; only replicates vary, the points are given."""
    points, replicates = table.shape
    variance = np.mean(np.var(table, axis=1, ddof=1)) / table.size
    return Means(np.array([table.mean()]), np.array([[variance]]), points * (replicates - 1) + 1, table.size)
