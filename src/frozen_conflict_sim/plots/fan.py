"""A fan chart: a quantity over time, and how far runs differ."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..analysis.numbers import interval, number
from ..model.columns import Column
from ..results import Results
from .drawing.axes import explain, label_trajectory, note
from .drawing.description import describe, every_year, quarter_of
from .drawing.line_labels import Line, label_lines
from .drawing.registry import plot
from .drawing.style import BLUE
from .drawing.time_axis import mark_events, time_axis

BANDS = ((0.05, 0.95, 0.18), (0.25, 0.75, 0.32))
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
KEY = "line: the median of the runs; bands: the middle half and the middle nine tenths of them in each quarter"


@plot("trajectory")
def fan(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """Median, middle half and middle nine tenths of the runs over time, with the dated events of the scenario."""
    trajectories, column = results.arrays(name), results.variables[name]
    dates, values = trajectories.dates, trajectories[name]
    for low, high, strength in BANDS:
        edges = np.nanquantile(values, (low, high), axis=0)
        ax.fill_between(dates, *edges, color=BLUE, alpha=strength, linewidth=0)
    same = np.nanmax(np.ptp(values, axis=0)) == 0
    levels = np.nanquantile(values, LEVELS, axis=0)
    ax.plot(dates, levels[2], "o-" if len(dates) == 1 else "-", color=BLUE, linewidth=1.8)
    time_axis(ax, dates)
    label_trajectory(ax, column, f"over time in {len(values):,} runs")
    names = ("", "", "median", "middle half", "nine tenths")
    label_lines(ax, [Line(called, BLUE, -1, dates, line) for called, line in zip(names, levels) if called and not same])
    explain(ax, KEY)
    if same:
        note(ax, "the same in all runs")
    mark_events(ax, results.scenario, dates)
    _describe(ax, column, dates, levels)
    return ax


def _describe(ax: Axes, column: Column, dates: np.ndarray, levels: np.ndarray) -> None:
    low, quarter, middle, three_quarters, high = levels[:, -1]
    say = (
        f"{column.label} ({column.unit}): the median goes from {number(levels[2, 0])} in {quarter_of(dates[0])} to "
        f"{number(middle)} in {quarter_of(dates[-1])}, when the middle half of the runs lies in "
        f"{interval((quarter, three_quarters))} and nine tenths in {interval((low, high))}."
    )
    rows = [[quarter_of(dates[at]), *(number(level) for level in levels[:, at])] for at in every_year(dates)]
    describe(ax, say, ("quarter", "5 %", "25 %", "median", "75 %", "95 %"), rows)
