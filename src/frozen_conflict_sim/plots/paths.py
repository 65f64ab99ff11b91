"""First times of events, and when runs take their class, in each group."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.numbers import interval, percent
from ..analysis.paths import Incidence, Paths, sentences
from ..analysis.paths import paths as found_paths
from ..experiment.store.trajectories import dates
from ..results import Results
from .drawing.axes import label
from .drawing.description import describe
from .drawing.panels import panels
from .drawing.registry import plot
from .drawing.style import COLOURS, LINES, NOTHING
from .drawing.time_axis import time_axis

PANEL, TITLE_PAD, FEW_DATES = 1.9, 26, 4


def dated(results: Results) -> bool:
    """Whether anything in these results has a date."""
    return any(name.endswith((".treaty_quarter", ".opening_quarter")) for name in results.columns)


@plot("study", by=1, applies=dated)
def paths(results: Results, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """The share of runs in which each event has happened, quarter by quarter, and that of each class: competing risks.

    A run that ended before stays in the denominator. What is left above the classes has no decisive event.
    """
    found = found_paths(results, by)
    days = _quarters(results, found.quarters)
    events = {
        name: [line for line in found.events if line.name == name] for name in dict.fromkeys(line.name for line in found.events)
    }
    groups = list(dict.fromkeys(line.group for line in found.events))
    places = iter(panels(ax, [*events, *(f"classes: {group}" for group in groups)], row=PANEL))
    for lines in events.values():
        _events(next(places), days, lines)
    classes = list(dict.fromkeys(line.name for line in found.classes))
    for group, place in zip(groups, places):
        _classes(place, days, [line for line in found.classes if line.group == group], classes)
    _legends(ax, groups, classes, found.grouping)
    ax.set_title("When it happens: share of runs", pad=TITLE_PAD)
    _describe(ax, found)
    return ax


def _describe(ax: Axes, found: Paths) -> None:
    """What the paths say, and the share at the end of every event and class in each group."""
    rows = [
        (line.name, line.group, percent(line.by_the_end), interval((line.low[-1], line.high[-1]), percent))
        for line in (*found.events, *found.classes)
    ]
    describe(ax, " ".join(sentences(found)), ("event or class", found.grouping or "runs", "by the end", "90 % interval"), rows)


def _quarters(results: Results, quarters: int) -> np.ndarray:
    first = dates(results.scenario)[0].astype("datetime64[M]")
    return (first + 3 * np.arange(quarters)).astype("datetime64[ns]")


def _events(ax: Axes, days: np.ndarray, lines: list[Incidence]) -> None:
    for line, colour, dashes in zip(lines, COLOURS, LINES):
        ax.fill_between(days, line.low, line.high, color=colour, alpha=0.15, linewidth=0, step="post")
        ax.step(days, line.shares, color=colour, linestyle=dashes, linewidth=1.6, where="post")
    _frame(ax, days)


def _classes(ax: Axes, days: np.ndarray, lines: list[Incidence], order: list[str]) -> None:
    below = np.zeros(len(days))
    for line in lines:
        top = below + np.array(line.shares)
        ax.fill_between(days, below, top, color=_colour(order, line.name), alpha=0.75, linewidth=0, step="post")
        below = top
    ax.fill_between(days, below, 1, color=NOTHING, alpha=0.6, linewidth=0, step="post")
    _frame(ax, days)


def _colour(order: list[str], name: str) -> str:
    return COLOURS[order.index(name) % len(COLOURS)]


def _frame(ax: Axes, days: np.ndarray) -> None:
    time_axis(ax, days, FEW_DATES)
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))


def _legends(ax: Axes, groups: list[str], classes: list[str], grouping: str) -> None:
    for group, colour, dashes in zip(groups, COLOURS, LINES):
        ax.plot([], [], color=colour, linestyle=dashes, label=label(group))
    for name in classes:
        ax.fill_between([], [], [], color=_colour(classes, name), alpha=0.75, label=label(f"class: {name}"))
    ax.fill_between([], [], [], color=NOTHING, label="nothing decisive yet")
    ax.legend(loc="upper left", bbox_to_anchor=(1.02, 1.0), title=grouping or None, alignment="left", title_fontsize=8)
