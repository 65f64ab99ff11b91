"""Values of one outcome, as pictures need them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..results import Results
from .style import FAINT

FEW = 25


def values_of(results: Results, name: str) -> np.ndarray:
    """The outcome in every run in which it is defined."""
    return results.runs[name].dropna().to_numpy(float)


def few_whole_numbers(values: np.ndarray) -> bool:
    """Whether the values are counts, better shown one by one than in bins."""
    return len(values) > 0 and bool(np.all(values == np.round(values))) and np.ptp(values) <= FEW


def note_undefined(ax: Axes, results: Results, name: str) -> None:
    """Say in how many runs the outcome is defined, if not in all."""
    defined, runs = len(values_of(results, name)), int(results.manifest["counts"]["finished"])
    if defined < runs:
        ax.annotate(
            f"defined in {defined:,} of {runs:,} runs",
            (1, 1),
            (0, 3),
            "axes fraction",
            "offset points",
            ha="right",
            color=FAINT,
            fontsize=8,
        )
