"""Axes that say what they show: labels and units from declarations, dates, the scenario's events."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from ..engine.setting import Setting
from .style import FAINT, INK

_DIMENSIONLESS = ("index", "share", "")


def label_axis(axis, column, set_limits=None) -> None:
    """Write what the column is measured in; a scale that starts at zero is shown from zero."""
    axis.set_label_text(column.unit if column.unit else "number")
    if set_limits is not None and column.low == 0:
        set_limits(0, None)


def time_axis(ax: Axes, dates: np.ndarray) -> None:
    """Show quarters as dates."""
    locator = AutoDateLocator(minticks=4, maxticks=11)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    ax.set_xlim(dates[0], dates[-1])


def mark_events(ax: Axes, setting: Setting, dates: np.ndarray) -> None:
    """Number the events that have a date, and name them under the picture."""
    dated = [event for event in setting.events if event.kind in ("scheduled", "trend") and 0 <= event.first < len(dates)]
    dated.sort(key=lambda event: event.first)
    names = []
    for row, first in enumerate(sorted({event.first for event in dated})):
        here = [event for event in dated if event.first == first]
        numbers = range(len(names) + 1, len(names) + len(here) + 1)
        names += [
            f"{number} {event.name} ({setting.date(event.first).replace('-', ' ')})" for number, event in zip(numbers, here)
        ]
        ax.axvline(dates[first], color=INK, linewidth=0.8, linestyle=(0, (3, 3)), alpha=0.6)
        ax.annotate(
            ",".join(str(number) for number in numbers),
            (dates[first], 1),
            (0, 2 + 8 * (row % 2)),
            ("data", "axes fraction"),
            "offset points",
            ha="center",
            fontsize=7.5,
            color=FAINT,
        )
    if names:
        ax.set_xlabel("\n".join(_wrapped(names)), fontsize=7.5, color=FAINT, loc="left")


def _wrapped(names: list[str], width: int = 110) -> list[str]:
    lines = [""]
    for name in names:
        if lines[-1] and len(lines[-1]) + len(name) > width:
            lines.append("")
        lines[-1] += ("   " if lines[-1] else "") + name
    return lines
