"""Several lines over time on one chart: drawn, labelled, and described."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes

from ...analysis.numbers import number
from .axes import legend
from .description import describe, every_year, quarter_of
from .line_labels import Line, label_lines

Written = Callable[[float], str]


def name_lines(ax: Axes, lines: Sequence[Line], heading: str) -> None:
    """Name lines at their ends, or in a legend under a heading if the names do not fit."""
    if not label_lines(ax, lines):
        legend(ax, heading)


def describe_lines(ax: Axes, about: str, lines: Sequence[Line], written: Written = number) -> None:
    """Describe lines over time: how each ends, the highest first, and their values every year."""
    dates = lines[0].x
    ends = sorted(((line.y[-1], line.name) for line in lines), key=lambda pair: (-np.nan_to_num(pair[0]), pair[1]))
    ended = "; ".join(f"{name} {written(value)}" if np.isfinite(value) else f"{name} undefined" for value, name in ends)
    rows = [
        [quarter_of(dates[at]), *(written(line.y[at]) if np.isfinite(line.y[at]) else "–" for line in lines)]
        for at in every_year(dates)
    ]
    describe(ax, f"{about} in {quarter_of(dates[-1])}: {ended}.", ("quarter", *(line.name for line in lines)), rows)
