"""What an actor chooses over time."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..model.columns import Column
from ..results import Results
from .drawing.axes import legend, title
from .drawing.registry import plot
from .drawing.style import COLOURS, NOTHING
from .drawing.time_axis import DATES_THAT_FIT, end_of, mark_events, time_axis

AT_ANY_TIME = ("hold", "none", "watch")


@plot("decision")
def decisions(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """The share of runs that choose each option over time; doing nothing is grey and on top."""
    column, trajectories = results.variables[name], results.arrays(name)
    stacks = stack(ax, column, trajectories.dates, trajectories[name])
    ax.set_ylabel("share of runs")
    title(ax, column.label)
    legend(ax, handles=stacks[::-1])
    mark_events(ax, results.scenario, trajectories.dates)
    return ax


def named(options: tuple[str, ...], option: int) -> str:
    """The label of an option; the first one also covers turns without an occasion to decide.

    >>> named(("hold", "ask_for_more"), 1), named(("hold", "ask_for_more"), 0), named(("stall", "accept"), 0)
    ('ask for more', 'hold', 'stall, or no occasion')
    """
    name = options[option].replace("_", " ")
    return name if option or name in AT_ANY_TIME else f"{name}, or no occasion"


def stack(ax: Axes, column: Column, dates: np.ndarray, chosen: np.ndarray, most: int = DATES_THAT_FIT) -> list:
    """Stack the shares of runs that choose each option, turn by turn."""
    shares = np.array([(chosen == option).mean(axis=0) for option in range(len(column.options))])
    order = [*range(1, len(column.options)), 0]
    labels = [named(column.options, option) for option in order]
    colours = [*COLOURS[: len(order) - 1], NOTHING]
    edges, shares = np.append(dates, end_of(dates)), np.column_stack([shares, shares[:, -1]])
    stacks = ax.stackplot(edges, shares[order], labels=labels, colors=colours, step="post", linewidth=0)
    time_axis(ax, edges, most)
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    return stacks
