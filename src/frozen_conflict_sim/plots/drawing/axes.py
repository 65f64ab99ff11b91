"""Axes that say what they show: labels and units from declarations."""

from __future__ import annotations

from textwrap import fill

from matplotlib.axes import Axes

from ...politics.columns import WITHIN_ONE, Column
from .style import SMALL

HELD = "\N{NO-BREAK SPACE}"
LEAST_SPAN = 0.15
TITLE = 62  # letters, also wide ones


def measured_in(column: Column) -> str:
    """The unit of a column, and the scale's ends where it has any.

    >>> measured_in(Column("georgia.alienation", "outcome", "index", "…", low=0.0, high=1.0))
    'index, 0 to 1'
    """
    bounded = column.low is not None and column.high is not None and column.unit in WITHIN_ONE
    return f"{column.unit}, {column.low:g} to {column.high:g}" if bounded else column.unit


def title(ax: Axes, text: str, pad: float | None = None) -> None:
    """A title, in as many lines as it takes."""
    ax.set_title(fill(text, TITLE), pad=pad)


def label_outcome(ax: Axes, column: Column) -> None:
    """Say what an outcome means and what it is measured in, under a picture that has its values on the x axis."""
    title(ax, column.label)
    unit = measured_in(column).replace(" ", HELD)
    ax.set_xlabel(fill(f"{column.meaning.rstrip('.')} ({unit})", 88).replace(HELD, " "))


def label_trajectory(ax: Axes, column: Column) -> None:
    """Say what a quantity is measured in, at the side; small movements are not blown up to fill the picture."""
    title(ax, column.label)
    ax.set_ylabel(measured_in(column))
    if column.unit in WITHIN_ONE:
        low, high = ax.get_ylim()
        lacking = max(0.0, LEAST_SPAN - (high - low)) / 2
        ax.set_ylim(max(-0.01, low - lacking), min(1.01, high + lacking))


def note(ax: Axes, text: str) -> None:
    """A remark above a picture, at the right."""
    ax.annotate(text, (1, 1), (0, 2), "axes fraction", "offset points", ha="right", **SMALL)
