"""An outcome over the plane of two parameters."""

from __future__ import annotations

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...analysis.effects import mean_or_share
from ...analysis.levels import base, splits
from ...analysis.summary import is_yes_or_no
from ...experiment.errors import NoSuchColumn
from ...politics.columns import WITHIN_ONE
from ...results import Results
from ..axes import LEAST_SPAN, measured_in, note
from ..registry import picture
from ..style import INK, NOTHING

FEW, FEWEST, MOST, RUNS_A_CELL = 12, 3, 8, 12


def numeric(results: Results) -> list[str]:
    """The numbers that a study itself varies together."""
    if "changed" in results.columns:
        return []
    runs = results.runs
    names = [
        *results.names("lever"),
        *(name for name in results.names("uncertainty") if name in results.experiment.uncertainties),
    ]
    return [name for name in names if runs[name].dtype.kind == "f" and runs[name].nunique() > 1]


@picture("estimate", by=2, applies=lambda results: len(numeric(results)) > 1)
def heat_map(results: Results, name: str, *, by: tuple[str, str] | None = None, ax: Axes | None = None) -> Axes:
    """The mean of an outcome, or its share, over the plane of two parameters: a cell for each pair of values, or binned."""
    column, runs = results.columns[name], base(results)
    across, up = (_number(results, key) for key in by or numeric(results)[:2])
    edges = [_edges(runs[key], len(runs)) for key in (across, up)]
    places = [np.searchsorted(ends[1:-1], runs[key], side="right") for key, ends in zip((across, up), edges)]
    shape = len(edges[1]) - 1, len(edges[0]) - 1
    values, widest = np.full(shape, np.nan), 0.0
    for row, place in np.ndindex(shape):
        estimate, interval, _ = mean_or_share(column, runs[(places[0] == place) & (places[1] == row)])
        values[row, place] = np.nan if estimate is None else estimate
        widest = max(widest, *(abs(end - estimate) for end in interval)) if interval else widest
    low, high = _scale(values, column.unit in WITHIN_ONE)
    ax.set_facecolor(NOTHING)
    mesh = ax.pcolormesh(*edges, np.ma.masked_invalid(values), cmap="cividis", vmin=low, vmax=high)
    for row, place in np.ndindex(shape):
        _number_in(ax, edges, row, place, values[row, place], (low, high))
    bar = ax.figure.colorbar(mesh, ax=ax)
    bar.outline.set_visible(False)
    bar.set_label("share of runs" if is_yes_or_no(column) else f"mean ({measured_in(column)})")
    ax.grid(visible=False)
    ax.set_title(column.label)
    for key, say in ((across, ax.set_xlabel), (up, ax.set_ylabel)):
        say(fill(f"{results.columns[key].label} ({measured_in(results.columns[key])})", 60))
    note(ax, f"90 % intervals of the cells reach up to {widest:.2g}")
    return ax


def _number(results: Results, key: str) -> str:
    if results.runs[splits(results, key)].dtype.kind != "f":
        raise NoSuchColumn(f"{key!r} is no number, so it cannot span a heat map")
    return key


def _edges(values: pd.Series, runs: int) -> np.ndarray:
    """Between the values of a grid, or bins of equal width with some runs in each cell."""
    found = np.unique(values.dropna())
    if len(found) == 1:
        return np.array([found[0] - 0.5, found[0] + 0.5])
    if len(found) <= FEW:
        middle = (found[1:] + found[:-1]) / 2
        return np.concatenate([[2 * found[0] - middle[0]], middle, [2 * found[-1] - middle[-1]]])
    return np.linspace(found[0], found[-1], int(np.clip(np.sqrt(runs / RUNS_A_CELL), FEWEST, MOST)) + 1)


def _scale(values: np.ndarray, within_one: bool) -> tuple[float, float]:
    """From the least to the largest, but small differences are not blown up."""
    known = values[np.isfinite(values)]
    if not len(known):
        return 0.0, 1.0
    low, high = known.min(), known.max()
    lacking = max(0.0, (LEAST_SPAN if within_one else 1e-9) - (high - low)) / 2
    return low - lacking, high + lacking


def _number_in(ax: Axes, edges: list, row: int, place: int, value: float, scale: tuple[float, float]) -> None:
    if np.isfinite(value):
        middle = [(ends[at] + ends[at + 1]) / 2 for ends, at in zip(edges, (place, row))]
        colour = "white" if value < sum(scale) / 2 else INK
        ax.annotate(f"{value:.3g}", middle, ha="center", va="center", fontsize=6.5, color=colour)
