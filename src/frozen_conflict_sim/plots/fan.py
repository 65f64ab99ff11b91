"""A fan chart: a quantity over time, and how far runs differ."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..results import Results
from .drawing.axes import label_trajectory, legend, note
from .drawing.registry import plot
from .drawing.style import BLUE
from .drawing.time_axis import mark_events, time_axis

BANDS = ((0.05, 0.95, 0.18), (0.25, 0.75, 0.32))


@plot("trajectory")
def fan(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """Median, middle half and middle nine tenths of the runs over time, with the dated events of the scenario."""
    trajectories = results.arrays(name)
    dates, values = trajectories.dates, trajectories[name]
    for low, high, strength in BANDS:
        edges = np.nanquantile(values, (low, high), axis=0)
        share = f"{round(100 * (high - low))} % of runs"
        ax.fill_between(dates, *edges, color=BLUE, alpha=strength, linewidth=0, label=share)
    if np.nanmax(np.ptp(values, axis=0)) == 0:
        note(ax, "the same in all runs")
    dot = "o" if len(dates) == 1 else ""
    ax.plot(dates, np.nanquantile(values, 0.5, axis=0), dot + "-", color=BLUE, linewidth=1.8, label="median")
    time_axis(ax, dates)
    label_trajectory(ax, results.variables[name])
    legend(ax)
    mark_events(ax, results.scenario, dates)
    return ax
