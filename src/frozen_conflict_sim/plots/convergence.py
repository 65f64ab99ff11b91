"""The convergence of the mean of an outcome as replicates are added."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..analysis.convergence import tables
from ..analysis.intervals import Means
from ..analysis.numbers import interval, percent
from ..analysis.numbers import number as written
from ..analysis.summary import is_yes_or_no
from ..results import Results
from .drawing.axes import label, label_trajectory, note
from .drawing.compared_lines import name_lines
from .drawing.description import describe
from .drawing.line_labels import Line, draw_line
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
    groups, lines, rows = tables(results, name), [], []
    shown = percent if is_share else written
    for number, (group, table) in enumerate(groups.items()):
        color = COLOURS[number % len(COLOURS)]
        most = int((~np.isnan(table)).sum(axis=1).min())
        if most < 2:
            continue
        steps = np.arange(2, most + 1)
        found = [_mean(table[:, :step]) for step in steps]
        ends = np.array([each.interval_of_share() if is_share else each.interval() for each in found])
        lines.append(Line(label(group), color, number, steps, np.array([each.values[0] for each in found])))
        draw_line(ax, lines[-1], len(groups))
        rows.append((group, f"{most:,}", shown(float(found[-1].values[0])), interval(tuple(ends[-1]), shown)))
        ax.fill_between(steps, *ends.T, color=color, alpha=0.18, linewidth=0)
    label_trajectory(ax, results.columns[name], "mean as replicates are added")
    ax.set_xlabel("replicates of each point; bands: 90 % intervals of the mean")
    if not ax.lines:
        note(ax, "too few replicates to show convergence")
        return ax
    name_lines(ax, lines, "mean, 90 % interval")
    say = "; ".join(f"{group} {value} ({ends}) after {most} replicates" for group, most, value, ends in rows)
    describe(ax, f"{results.columns[name].label}, mean: {say}.", ("", "replicates", "mean", "90 % interval"), rows)
    return ax


def _mean(table: np.ndarray) -> Means:
    """The mean over points of the shape ``(point, replicate)``; only replicates vary, the points are given."""
    points, replicates = table.shape
    variance = np.mean(np.var(table, axis=1, ddof=1)) / table.size
    return Means(np.array([table.mean()]), np.array([[variance]]), points * (replicates - 1) + 1, table.size)
