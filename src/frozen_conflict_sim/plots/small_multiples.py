"""All quantities of one parent or territory: a small fan chart for each."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..analysis.numbers import number
from ..model.columns import called
from ..results import Results
from .drawing.axes import title
from .drawing.description import describe
from .drawing.panels import panels
from .drawing.registry import plot
from .drawing.style import BLUE, FAINT
from .drawing.time_axis import FEW_DATES, time_axis
from .fan import BANDS


@plot("owner", on_request=True)
def small_multiples(results: Results, owner: str, *, ax: Axes | None = None) -> Axes:
    """A small fan chart for each quantity of a parent or territory that changes: median, middle half, middle nine tenths."""
    columns = [results.variables[name] for name in results.names("trajectory") if name.rpartition(".")[0] == owner]
    trajectories = results.arrays(*(column.name for column in columns))
    dates = trajectories.dates
    columns = [column for column in columns if np.nanmax(trajectories[column.name]) > np.nanmin(trajectories[column.name])]
    titles = [column.label.partition(": ")[2] for column in columns]
    for panel, column in zip(panels(ax, titles, columns=4), columns):
        values = trajectories[column.name]
        for low, high, strength in BANDS:
            edges = np.nanquantile(values, (low, high), axis=0)
            panel.fill_between(dates, *edges, color=BLUE, alpha=strength, linewidth=0)
        panel.plot(dates, np.nanquantile(values, 0.5, axis=0), "o-" if len(dates) == 1 else "-", color=BLUE, linewidth=1.3)
        time_axis(panel, dates, FEW_DATES)
        panel.locator_params(axis="y", nbins=3)
        panel.set_ylabel(column.unit, fontsize=5.5, color=FAINT, labelpad=1)
    title(ax, f"{called(results.scenario, owner)}: all that changes in {len(trajectories.runs):,} runs", pad=22)
    ax.set_xlabel("over time: median, middle half and middle nine tenths of the runs", fontsize=8)
    rows = [
        (label, column.unit, *(number(float(np.nanmedian(trajectories[column.name][:, at]))) for at in (0, -1)))
        for label, column in zip(titles, columns)
    ]
    say = "; ".join(f"{label} from {first} to {last}" for label, _, first, last in rows)
    describe(ax, f"{called(results.scenario, owner)}, medians at the start and at the end: {say}.",
             ("quantity", "unit", "start", "end"), rows)  # fmt: skip
    return ax
