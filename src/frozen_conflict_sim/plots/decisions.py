"""What an actor chooses over time."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.numbers import percent
from ..model.columns import Column
from ..results import Results
from .drawing.axes import explain, legend, title
from .drawing.description import describe, every_year, quarter_of
from .drawing.registry import plot
from .drawing.style import COLOURS, HATCHES, NOTHING
from .drawing.time_axis import DATES_THAT_FIT, end_of, mark_events, time_axis

AT_ANY_TIME = ("hold", "none", "watch")


@plot("decision")
def decisions(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """The share of runs that choose each option over time; doing nothing is grey and on top."""
    column, trajectories = results.variables[name], results.arrays(name)
    stacks = stack(ax, column, trajectories.dates, trajectories[name])
    ax.set_ylabel("share of runs")
    title(ax, f"{column.label}, in {len(trajectories[name]):,} runs")
    legend(ax, handles=stacks[::-1])
    explain(ax, "in each quarter: the share of runs that choose each option")
    mark_events(ax, results.scenario, trajectories.dates)
    shares = shares_of(column, trajectories[name])
    dates, options = trajectories.dates, [named(column.options, option) for option in range(len(column.options))]
    rows = [[quarter_of(dates[at]), *(percent(share) for share in shares[:, at])] for at in every_year(dates)]
    describe(ax, f"{column.label}: {most_frequent(column, trajectories[name])}.", ("quarter", *options), rows)
    return ax


def most_frequent(column: Column, chosen: np.ndarray) -> str:
    """The options chosen in the largest shares of all quarters, in words; doing nothing is last."""
    shares = shares_of(column, chosen).mean(axis=1)
    order = sorted(range(1, len(shares)), key=lambda option: -shares[option])
    said = [f"{named(column.options, option)} in {percent(float(shares[option]))}" for option in order if shares[option] > 0]
    return ", ".join([*said, f"{named(column.options, 0)} in {percent(float(shares[0]))} of all quarters"])


def shares_of(column: Column, chosen: np.ndarray) -> np.ndarray:
    """The share of runs that choose each option in each turn, of shape ``(option, turn)``."""
    return np.array([(chosen == option).mean(axis=0) for option in range(len(column.options))])


def named(options: tuple[str, ...], option: int) -> str:
    """The label of an option; the first one also covers turns without an occasion to decide.

    >>> named(("hold", "ask_for_more"), 1), named(("hold", "ask_for_more"), 0), named(("stall", "accept"), 0)
    ('ask for more', 'hold', 'stall, or no occasion')
    """
    name = options[option].replace("_", " ")
    return name if option or name in AT_ANY_TIME else f"{name}, or no occasion"


def stack(ax: Axes, column: Column, dates: np.ndarray, chosen: np.ndarray, most: int = DATES_THAT_FIT) -> list:
    """Stack the shares of runs that choose each option, turn by turn."""
    shares = shares_of(column, chosen)
    order = [*range(1, len(column.options)), 0]
    labels = [named(column.options, option) for option in order]
    colours = [*COLOURS[: len(order) - 1], NOTHING]
    edges, shares = np.append(dates, end_of(dates)), np.column_stack([shares, shares[:, -1]])
    stacks = ax.stackplot(edges, shares[order], labels=labels, colors=colours, step="post", linewidth=0)
    for area, hatch in zip(stacks, (*HATCHES[: len(order) - 1], "")):
        area.set(hatch=hatch, edgecolor="white")
    time_axis(ax, edges, most)
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    return stacks
