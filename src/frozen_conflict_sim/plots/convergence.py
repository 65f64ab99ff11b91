"""The convergence of the mean of an outcome as replicates are added."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..analysis.convergence import tables
from ..analysis.intervals import critical_value
from ..results import Results
from .drawing.axes import label_trajectory, note
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
    for number, (label, table) in enumerate(tables(results, name).items()):
        color = COLOURS[number % len(COLOURS)]
        most = int((~np.isnan(table)).sum(axis=1).min())
        if most < 2:
            continue
        steps = np.arange(2, most + 1)
        means = [table[:, :step].mean() for step in steps]
        within = [np.sqrt(np.mean(np.var(table[:, :step], axis=1, ddof=1)) / (step * len(table))) for step in steps]
        reach = [critical_value(len(table) * (step - 1)) * error for step, error in zip(steps, within)]
        ax.plot(steps, means, color=color, label=label)
        ax.fill_between(steps, np.subtract(means, reach), np.add(means, reach), color=color, alpha=0.18, linewidth=0)
    label_trajectory(ax, results.columns[name])
    ax.set_xlabel("replicates of each point")
    if not ax.lines:
        note(ax, "too few replicates to show convergence")
        return ax
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), title="mean, 90 % interval", alignment="left", title_fontsize=8)
    return ax
