"""Titles, labels and units of axes, from the declarations of columns."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from ...model.bounds import WITHIN_ONE
from ...model.columns import Column
from .style import SIZE, SMALL, Page

NO_BREAK, INVISIBLE = "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}"
LEAST_SPAN = 0.15  # of an axis from 0 to 1
TITLE_WIDTH, LETTERS_AN_INCH = 62, 10  # letters, also wide ones


def measured_in(column: Column) -> str:
    """The unit of a column, with the ends of its scale if it has any.

    >>> measured_in(Column("georgia.alienation_at_end", "outcome", "index", "…", low=0.0, high=1.0))
    'index, 0 to 1'
    """
    bounded = column.low is not None and column.high is not None and column.unit in WITHIN_ONE
    return f"{column.unit}, {column.low:g} to {column.high:g}" if bounded else column.unit


def in_percent(column: Column) -> bool:
    """Whether values are shares of runs, or differences of such shares."""
    return column.unit in ("yes or no", "difference of shares")


def title(ax: Axes, text: str, pad: float | None = None) -> None:
    """Set the title, broken into lines."""
    wide = ax.get_window_extent().width / ax.figure.dpi
    fits = _letters(ax, TITLE_WIDTH) if isinstance(ax.figure, Page) else max(12, int(wide * LETTERS_AN_INCH))
    ax.set_title(fill(text, fits), pad=pad)


def _letters(ax: Axes, usual: int) -> int:
    """How many letters fit into a line of which ``usual`` fit into a figure of the usual width."""
    return max(12, int(usual * ax.figure.get_figwidth() / SIZE[0])) if isinstance(ax.figure, Page) else usual


def label_outcome(ax: Axes, column: Column, what: str = "") -> None:
    """Set the title, which ends with ``what`` is compared, and label the x axis with the meaning and unit of an outcome."""
    title(ax, f"{column.label} {what}".strip())
    unit = measured_in(column).replace(" ", NO_BREAK)
    ax.set_xlabel(fill(f"{column.meaning.rstrip('.')} ({unit})", _letters(ax, 88)).replace(NO_BREAK, " "))


def label_trajectory(ax: Axes, column: Column, what: str = "") -> None:
    """Set the title, which ends with ``what`` is compared, and label the y axis with the unit of a quantity.

    Small changes do not fill the whole axis.
    """
    title(ax, f"{column.label} {what}".strip())
    ax.set_ylabel(measured_in(column))
    if column.unit in WITHIN_ONE:
        low, high = ax.get_ylim()
        lacking = max(0.0, LEAST_SPAN - (high - low)) / 2
        ax.set_ylim(max(-0.01, low - lacking), min(1.01, high + lacking))


def label(name: str) -> str:
    """A name as the label of an artist: Matplotlib would leave labels that begin with an underscore out of the legend."""
    return f"{INVISIBLE}{name}" if name.startswith("_") else name


def legend(ax: Axes, title: str = "", handles: Sequence[Artist] = ()) -> None:
    """Put a legend at the right of the axes, on the axes of a caller inside them; none if nothing has a label."""
    shown = list(handles) or ax.get_legend_handles_labels()[0]
    if shown:
        beside = {"loc": "upper left", "bbox_to_anchor": (1.0, 1.0)}
        inside = {"loc": "best", "fontsize": 7, "frameon": True, "framealpha": 0.85, "edgecolor": "none"}
        where = beside if isinstance(ax.figure, Page) else inside
        ax.legend(handles=shown, title=title or None, alignment="left", title_fontsize=8, **where)


def explain(ax: Axes, text: str) -> None:
    """Say under the axes what lines and areas are."""
    ax.set_xlabel(fill(text, _letters(ax, 110)), loc="left", **SMALL)


def note(ax: Axes, text: str, up: float = 2) -> None:
    """Write a remark above the axes, at the right, ``up`` points above them."""
    ax.annotate(text, (1, 1), (0, up), "axes fraction", "offset points", ha="right", **SMALL)
