"""Small panels side by side within the axes of one plot."""

from __future__ import annotations

from itertools import islice
from textwrap import fill

from matplotlib.axes import Axes

from .style import INK, grow

ROW, HEAD = 1.3, 1.25
GAP_ACROSS, GAP_DOWN = 0.3, 0.5
TICKS = 18
LETTERS = 66  # of a title, in all columns together


def panels(ax: Axes, titles: list[str], columns: int = 3, row: float = ROW) -> list[Axes]:
    """Make a panel for each title, ``columns`` in a row of so many inches, inside ``ax``, which keeps only its title."""
    columns = max(1, min(columns, len(titles)))
    rows = -(-len(titles) // columns)
    grow(ax, HEAD + row * rows)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set_visible(False)
    wide, high = 1 / (columns + GAP_ACROSS * (columns - 1)), 1 / (rows + GAP_DOWN * (rows - 1))
    places = ((column, line) for line in range(rows) for column in range(columns))
    found = []
    ax.xaxis.labelpad = TICKS
    for title, (column, line) in zip(titles, islice(places, len(titles))):
        left, top = column * wide * (1 + GAP_ACROSS), 1 - line * high * (1 + GAP_DOWN)
        panel = ax.inset_axes((left, top - high, wide, high))
        panel.set_title(fill(title, LETTERS // columns), fontsize=7.5, fontweight="normal", color=INK, pad=4)
        panel.tick_params(labelsize=6.5)
        found.append(panel)
    return found
