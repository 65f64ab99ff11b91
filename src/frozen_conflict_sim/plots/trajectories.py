"""The trajectories of a quantity in all territories, or for all parents."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..model.columns import called
from ..results import Results
from .drawing.axes import label, label_trajectory, legend
from .drawing.registry import all_runs_alike, plot
from .drawing.style import COLOURS, LINES
from .drawing.targets import members
from .drawing.time_axis import mark_events, time_axis


@plot("quantity", applies=all_runs_alike)
def trajectories(results: Results, quantity: str, *, ax: Axes | None = None) -> Axes:
    """Median and middle half of the runs over time, of a quantity that several territories or parents have."""
    columns = members(results)[quantity]
    found = results.arrays(*(column.name for column in columns))
    dot = "o" if len(found.dates) == 1 else ""
    for column, colour, dashes in zip(columns, COLOURS, LINES):
        low, middle, high = np.nanquantile(found[column.name], (0.25, 0.5, 0.75), axis=0)
        name = label(called(results.scenario, column.owner))
        ax.fill_between(found.dates, low, high, color=colour, alpha=0.15, linewidth=0)
        ax.plot(found.dates, middle, color=colour, linestyle=dashes, linewidth=1.8, marker=dot, label=name)
    time_axis(ax, found.dates)
    label_trajectory(ax, columns[0])
    ax.set_title(quantity.replace("_", " ").capitalize())
    legend(ax, "median, middle half")
    mark_events(ax, results.scenario, found.dates)
    return ax
