"""A quantity over time in each group."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..results import Results
from .drawing.axes import explain, label_trajectory
from .drawing.compared_lines import describe_lines, name_lines
from .drawing.groups import coloured, compared, group_label, rows_of
from .drawing.line_labels import Line, draw_line
from .drawing.registry import compares, plot
from .drawing.time_axis import mark_events, time_axis


@plot("trajectory", by=1, applies=compares, instead_of=("fan",))
def fan_by(results: Results, name: str, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Median and middle half of the runs over time, in each group, such as each policy."""
    trajectories, column, groups = results.arrays(name), results.variables[name], coloured(results, by)
    dates, lines = trajectories.dates, []
    for at, (label, runs, colour) in enumerate(groups):
        low, middle, high = np.nanquantile(rows_of(trajectories, name, runs), (0.25, 0.5, 0.75), axis=0)
        ax.fill_between(dates, low, high, color=colour, alpha=0.13, linewidth=0)
        lines.append(Line(label, colour, at, dates, middle))
        draw_line(ax, lines[-1], len(groups))
    time_axis(ax, dates)
    label_trajectory(ax, column, compared(results, by))
    name_lines(ax, lines, group_label(results, by))
    explain(ax, "lines: the median of the runs in each quarter; bands: the middle half of them")
    mark_events(ax, results.scenario, dates)
    describe_lines(ax, f"{column.label}, median {compared(results, by)},", lines)
    return ax
