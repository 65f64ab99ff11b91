"""Values of one outcome, prepared for plots of its distribution: their labels, description and density."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ...analysis.numbers import interval, number
from ...results import Results
from .axes import label_outcome, note
from .description import describe

FEW = 25
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
BINS = 2048  # more values than that are counted in so many bins, of which twenty at least lie within a bandwidth


def values_of(results: Results, name: str) -> np.ndarray:
    """The values of an outcome in all runs in which it is defined."""
    values = np.asarray(results.values_of(results.columns[name].name)[name], float)
    return values[~np.isnan(values)]


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
    values, runs = values_of(results, name), results.manifest["counts"]["finished"]
    label_outcome(ax, results.columns[name], f"in {runs:,} runs")
    if len(values) < runs:
        note(ax, f"defined in {len(values):,} of {runs:,} runs")
    elif len(values) > 1 and not spread(values):
        note(ax, "the same in all runs")
    if are_counts(results, name):
        ax.locator_params(axis="x", integer=True)
    return ax


def describe_values(ax: Axes, results: Results, name: str) -> None:
    """Describe a distribution by its quantiles."""
    values, column = values_of(results, name), results.columns[name]
    if not len(values):
        describe(ax, f"{column.label}: not defined in any run.")
        return
    low, quarter, middle, three_quarters, high = np.quantile(values, LEVELS)
    say = (
        f"{column.label} ({column.unit}) over {len(values):,} runs: median {number(middle)}, middle half in "
        f"{interval((quarter, three_quarters))}, nine tenths in {interval((low, high))}, mean {number(values.mean())}."
    )
    row = (f"{len(values):,}", number(values.mean()), *map(number, (low, quarter, middle, three_quarters, high)))
    describe(ax, say, ("runs", "mean", "5 %", "25 %", "median", "75 %", "95 %"), [row])


def density(values: np.ndarray, low: float | None, high: float | None, points: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """A Gaussian kernel density estimate, reflected at the bounds, with the bandwidth of @silverman1986.

    Returns ``points`` positions and the density at each. The bandwidth is at least a hundredth of the range, so that a single
    very frequent value does not hide the others. Many values are counted in bins far narrower than that (@wand1994).

    >>> at, height = density(np.linspace(0, 1, 500), 0.0, 1.0)
    >>> round(float(np.trapezoid(height, at)), 2)
    1.0
    """
    quarter, three_quarters = np.quantile(values, (0.25, 0.75))
    spread = min(size for size in (np.std(values), (three_quarters - quarter) / 1.349) if size > 0)
    width = max(0.9 * spread * len(values) ** -0.2, np.ptp(values) / 100)
    left = max(values.min() - 3 * width, -np.inf if low is None else low)
    right = min(values.max() + 3 * width, np.inf if high is None else high)
    at = np.linspace(left, right, points)
    centres, counts = _counted(values)
    mirrored = np.concatenate([centres, *(2 * bound - centres for bound in (low, high) if bound is not None)])
    counted = np.resize(counts, len(mirrored))
    height = np.array([np.exp(-0.5 * ((place - mirrored) / width) ** 2) @ counted for place in at])
    return at, height / (len(values) * width * np.sqrt(2 * np.pi))


def _counted(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The values and how often each occurs; the centres of bins and how many values lie in each, if they are many."""
    if len(values) <= BINS:
        return values, np.ones(len(values))
    counts, edges = np.histogram(values, BINS)
    return (edges[1:] + edges[:-1]) / 2, counts.astype(float)
