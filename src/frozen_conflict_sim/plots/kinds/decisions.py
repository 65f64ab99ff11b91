"""What an actor chose over time."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ...politics.columns import Column
from ...results import Results
from ..axes import QUARTER, mark_events, time_axis
from ..registry import picture
from ..style import COLOURS, NOTHING


@picture("decision")
def decisions(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """The share of runs that choose each option, by quarter; doing nothing is grey and on top."""
    column, series = results.courses[name], results.series(name)
    dates = series["date"].values
    stacks = stack(ax, column, dates, series[name].values)
    ax.set_ylabel("share of runs")
    ax.set_title(column.label)
    ax.legend(handles=stacks[::-1], loc="upper left", bbox_to_anchor=(1.0, 1.0))
    mark_events(ax, results.scenario, dates)
    return ax


def stack(ax: Axes, column: Column, dates: np.ndarray, chosen: np.ndarray) -> list:
    """Stack the shares of runs that choose each option, quarter by quarter."""
    shares = np.array([(chosen == option).mean(axis=0) for option in range(len(column.options))])
    order = [*range(1, len(column.options)), 0]
    labels = [column.options[option].replace("_", " ") for option in order]
    colours = [*COLOURS[: len(order) - 1], NOTHING]
    edges, shares = np.append(dates, dates[-1] + QUARTER), np.column_stack([shares, shares[:, -1]])
    stacks = ax.stackplot(edges, shares[order], labels=labels, colors=colours, step="post", linewidth=0)
    time_axis(ax, edges)
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    return stacks
