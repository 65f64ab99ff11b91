"""Values of one outcome, as pictures need them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ...results import Results
from .axes import label_outcome, note

FEW = 25


def values_of(results: Results, name: str) -> np.ndarray:
    """The outcome in every run in which it is defined."""
    return results.runs[results.columns[name].name].dropna().to_numpy(float)


def are_counts(results: Results, name: str) -> bool:
    """Whether the values are few whole numbers, better shown one by one than in bins."""
    values = values_of(results, name)
    return len(values) > 0 and bool(np.all(values == np.round(values))) and np.ptp(values) <= FEW


def spread(values: np.ndarray) -> float:
    """How far the values lie apart; if they differ in their last digits only, not at all."""
    apart = float(np.ptp(values))
    return apart if apart > 1e-9 * max(1.0, float(np.max(np.abs(values)))) else 0.0


def finish(ax: Axes, results: Results, name: str) -> Axes:
    """Say what the outcome is, and in how many runs it is defined if not in all."""
    label_outcome(ax, results.columns[name])
    values, runs = values_of(results, name), results.manifest["counts"]["finished"]
    if len(values) < runs:
        note(ax, f"defined in {len(values):,} of {runs:,} runs")
    elif len(values) > 1 and not spread(values):
        note(ax, "the same in all runs")
    if are_counts(results, name):
        ax.locator_params(axis="x", integer=True)
    if len(ax.get_legend_handles_labels()[0]) > 1:
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax
