"""Axes that say what they show: labels and units from declarations, dates, the scenario's events."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from ..engine.setting import Setting
from ..politics.columns import WITHIN_ONE, Column
from .style import INK, SMALL

HELD = "\N{NO-BREAK SPACE}"
LEAST_SPAN = 0.15
NUMBERS_THAT_FIT = 25
QUARTER = np.timedelta64(91, "D")


def measured_in(column: Column) -> str:
    """The unit of a column, and the scale's ends where it has any.

    >>> measured_in(Column("georgia.alienation", "outcome", "index", "…", low=0.0, high=1.0))
    'index, 0 to 1'
    """
    bounded = column.low is not None and column.high is not None and column.unit in WITHIN_ONE
    return f"{column.unit}, {column.low:g} to {column.high:g}" if bounded else column.unit


def label_outcome(ax: Axes, column: Column) -> None:
    """Say what an outcome means and what it is measured in, under a picture that has its values on the x axis."""
    ax.set_title(column.label)
    unit = measured_in(column).replace(" ", HELD)
    ax.set_xlabel(fill(f"{column.meaning.rstrip('.')} ({unit})", 88).replace(HELD, " "))


def label_course(ax: Axes, column: Column) -> None:
    """Say what a quantity is measured in, at the side; small movements are not blown up to fill the picture."""
    ax.set_title(column.label)
    ax.set_ylabel(measured_in(column))
    if column.unit in WITHIN_ONE:
        low, high = ax.get_ylim()
        lacking = max(0.0, LEAST_SPAN - (high - low)) / 2
        ax.set_ylim(max(-0.01, low - lacking), min(1.01, high + lacking))


def time_axis(ax: Axes, dates: np.ndarray) -> None:
    """Show quarters as dates."""
    locator = AutoDateLocator(minticks=4, maxticks=11)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    ax.set_xlim(dates[0], max(dates[-1], dates[0] + QUARTER))


def short_dates(ax: Axes) -> None:
    """Few dates, for a small panel."""
    locator = AutoDateLocator(minticks=2, maxticks=5)
    formatter = ConciseDateFormatter(locator, show_offset=False)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(formatter)


def note(ax: Axes, text: str) -> None:
    """A remark above a picture, at the right."""
    ax.annotate(text, (1, 1), (0, 2), "axes fraction", "offset points", ha="right", **SMALL)


def mark_events(ax: Axes, setting: Setting, dates: np.ndarray) -> None:
    """Number the events that have a date, and name them under the picture."""
    dated = [event for event in setting.events if event.kind in ("scheduled", "trend") and 0 <= event.first < len(dates)]
    dated.sort(key=lambda event: event.first)
    for numbers, turns in _groups([event.first for event in dated], len(dates) / NUMBERS_THAT_FIT):
        for turn in set(turns):
            ax.axvline(dates[turn], color=INK, linewidth=0.8, linestyle=(0, (3, 3)), alpha=0.6)
        middle = dates[turns[0]] + (dates[turns[-1]] - dates[turns[0]]) / 2
        ax.annotate(numbers, (middle, 1), (0, 2), ("data", "axes fraction"), "offset points", ha="center", **SMALL)
    if dated:
        names = [f"{at} {event.name} ({setting.date(event.first).replace('-', ' ')})" for at, event in enumerate(dated, 1)]
        ax.set_xlabel(fill("   ".join(name.replace(" ", HELD) for name in names), 110).replace(HELD, " "), loc="left", **SMALL)


def _groups(turns: list[int], close: float) -> Iterator[tuple[str, list[int]]]:
    """Events too close to be numbered one by one share a number: "2–5", and the turns on which they are."""
    begins = [at for at, turn in enumerate(turns) if at == 0 or turn - turns[at - 1] > close]
    for first, after in zip(begins, [*begins[1:], len(turns)]):
        yield f"{first + 1}" if after == first + 1 else f"{first + 1}–{after}", turns[first:after]
