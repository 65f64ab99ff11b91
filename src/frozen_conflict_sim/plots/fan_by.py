"""A quantity over time in each group."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..results import Results
from .drawing.axes import label_trajectory, legend
from .drawing.groups import coloured, group_label, rows_of
from .drawing.registry import compares, plot
from .drawing.style import LINES
from .drawing.time_axis import mark_events, time_axis


@plot("trajectory", by=1, applies=compares, instead_of=("fan",))
def fan_by(results: Results, name: str, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Median and middle half of the runs over time, in each group, such as each policy."""
    trajectories = results.arrays(name)
    dates = trajectories.dates
    dot = "o" if len(dates) == 1 else ""
    for (label, runs, colour), dashes in zip(coloured(results, by), LINES):
        low, middle, high = np.nanquantile(rows_of(trajectories, name, runs), (0.25, 0.5, 0.75), axis=0)
        ax.fill_between(dates, low, high, color=colour, alpha=0.15, linewidth=0)
        ax.plot(dates, middle, color=colour, linestyle=dashes, linewidth=1.8, marker=dot, label=label)
    time_axis(ax, dates)
    label_trajectory(ax, results.variables[name])
    legend(ax, f"{group_label(results, by)}\nmedian, middle half")
    mark_events(ax, results.scenario, dates)
    return ax
