"""Values of one outcome, prepared for plots of its distribution."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ...results import Results
from .axes import label_outcome, legend, note

FEW = 25


def values_of(results: Results, name: str) -> np.ndarray:
    """The values of an outcome in all runs in which it is defined."""
    return results.table([results.columns[name].name])[name].dropna().to_numpy(float)


def are_counts(results: Results, name: str) -> bool:
    """Whether the values are a few whole numbers, which are shown one by one instead of in bins."""
    values = values_of(results, name)
    return len(values) > 0 and bool(np.all(values == np.round(values))) and np.ptp(values) <= FEW


def spread(values: np.ndarray) -> float:
    """The range of the values; zero if they differ only by rounding."""
    apart = float(np.ptp(values))
    return apart if apart > 1e-9 * max(1.0, float(np.max(np.abs(values)))) else 0.0


def label_distribution(ax: Axes, results: Results, name: str) -> Axes:
    """Label the axes, and note in how many runs the outcome is defined if not in all."""
    label_outcome(ax, results.columns[name])
    values, runs = values_of(results, name), results.manifest["counts"]["finished"]
    if len(values) < runs:
        note(ax, f"defined in {len(values):,} of {runs:,} runs")
    elif len(values) > 1 and not spread(values):
        note(ax, "the same in all runs")
    if are_counts(results, name):
        ax.locator_params(axis="x", integer=True)
    if len(ax.get_legend_handles_labels()[0]) > 1:
        legend(ax)
    return ax
