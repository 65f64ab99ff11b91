"""The trajectories of a quantity in all territories, or for all parents."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..model.columns import called
from ..results import Results
from .drawing.axes import explain, label, label_trajectory, title
from .drawing.compared_lines import describe_lines, name_lines
from .drawing.line_labels import Line, draw_line
from .drawing.registry import all_runs_alike, plot
from .drawing.style import COLOURS
from .drawing.targets import members
from .drawing.time_axis import mark_events, time_axis


@plot("quantity", applies=all_runs_alike)
def trajectories(results: Results, quantity: str, *, ax: Axes | None = None) -> Axes:
    """Median and middle half of the runs over time, of a quantity that several territories or parents have."""
    columns = members(results)[quantity]
    found, lines = results.arrays(*(column.name for column in columns)), []
    for at, column in enumerate(columns):
        low, middle, high = np.nanquantile(found[column.name], (0.25, 0.5, 0.75), axis=0)
        colour, name = COLOURS[at % len(COLOURS)], label(called(results.scenario, column.owner))
        ax.fill_between(found.dates, low, high, color=colour, alpha=0.15, linewidth=0)
        lines.append(Line(name, colour, at, found.dates, middle))
        draw_line(ax, lines[-1], len(columns))
    what = quantity.replace("_", " ").replace(".", ", ").capitalize()
    time_axis(ax, found.dates)
    label_trajectory(ax, columns[0])
    title(ax, f"{what} of {_listed([line.name for line in lines])}")
    name_lines(ax, lines, "median, middle half")
    explain(ax, "lines: the median of the runs in each quarter; bands: the middle half of them")
    mark_events(ax, results.scenario, found.dates)
    describe_lines(ax, f"{what}, median of the runs,", lines)
    return ax


def _listed(names: list[str]) -> str:
    """Names in a row, or their number if they are many."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) < 4 else f"all {len(names)}"
