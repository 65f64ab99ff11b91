"""An outcome over the plane of two parameters."""

from __future__ import annotations

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.groups import base_runs, check_grouping, spoken
from ..analysis.numbers import number, percent
from ..analysis.summary import is_yes_or_no, mean_or_share
from ..experiment.errors import NoSuchColumn, NoSuchPlot
from ..model.bounds import WITHIN_ONE
from ..model.columns import Column
from ..results import Results
from .drawing.axes import LEAST_SPAN, measured_in, note, title
from .drawing.description import describe
from .drawing.registry import plot
from .drawing.style import INK, NOTHING

FEW, FEWEST, MOST, POINTS_A_CELL = 12, 2, 8, 3
ENOUGH = 50  # different points make a map; fewer make one only if they are a complete grid


def numeric(results: Results) -> list[str]:
    """The numeric levers and uncertainties that a study varies together."""
    if "changed" in results.columns:
        return []
    names = [
        *results.names("lever"),
        *(name for name in results.names("uncertainty") if name in results.experiment.uncertainties),
    ]
    values = (results.table([name])[name] for name in names)
    return [each.name for each in values if each.dtype.kind == "f" and each.nunique() > 1]


@plot("estimate", by=2, applies=lambda results: has_map(results))
def heat_map(results: Results, name: str, *, by: tuple[str, str] | None = None, ax: Axes | None = None) -> Axes:
    """The mean of an outcome, or its share, over the plane of two parameters: a cell for each pair of values, or binned."""
    column = results.columns[name]
    across, up = (_number(results, key) for key in by or numeric(results)[:2])
    runs = base_runs(results, across, up, name)
    _check_enough(runs[[across, up]])
    edges = _edges(runs[[across, up]])
    places = [np.searchsorted(ends[1:-1], runs[key], side="right") for key, ends in zip((across, up), edges)]
    shape = len(edges[1]) - 1, len(edges[0]) - 1
    values, widest = np.full(shape, np.nan), 0.0
    for row, place in np.ndindex(shape):
        estimate, interval, _ = mean_or_share(column, runs[(places[0] == place) & (places[1] == row)])
        values[row, place] = np.nan if estimate is None else estimate
        widest = max(widest, *(abs(end - estimate) for end in interval)) if interval else widest
    low, high = _scale(values, column)
    share = is_yes_or_no(column)
    ax.set_facecolor(NOTHING)
    mesh = ax.pcolormesh(*edges, np.ma.masked_invalid(values), cmap="cividis", vmin=low, vmax=high)
    for row, place in np.ndindex(shape):
        _number_in(ax, edges, row, place, values[row, place], (low, high), "{:.0%}" if share else "{:.3g}")
    bar = ax.figure.colorbar(mesh, ax=ax, format=PercentFormatter(1.0) if share else None)
    bar.outline.set_visible(False)
    bar.set_label("share of runs" if share else f"mean ({measured_in(column)})")
    ax.grid(visible=False)
    share_of = "share of runs" if share else "mean"
    title(ax, f"{column.label}: {share_of} over {spoken(results, across)} and {spoken(results, up)}")
    for key, say in ((across, ax.set_xlabel), (up, ax.set_ylabel)):
        say(fill(f"{results.columns[key].label} ({measured_in(results.columns[key])})", 60))
    if widest:
        note(ax, f"90 % intervals of the cells: at most ± {widest:.2g}")
    _describe(ax, results, column, (across, up), edges, values)
    return ax


def has_map(results: Results) -> bool:
    """Whether a study varies two numbers together, at enough points for a map."""
    names = numeric(results)[:2]
    return len(names) > 1 and _enough(base_runs(results, *names)[names])


def _enough(pairs: pd.DataFrame) -> bool:
    different = pairs.drop_duplicates()
    return len(different) >= ENOUGH or len(different) == np.prod([different[key].nunique() for key in different])


def _check_enough(pairs: pd.DataFrame) -> None:
    if not _enough(pairs):
        count = len(pairs.drop_duplicates())
        raise NoSuchPlot(f"{count} points are too few for a map: run at least {ENOUGH} (batch --points), or a complete grid")


def _describe(ax: Axes, results: Results, column: Column, keys: tuple[str, str], edges: list, values: np.ndarray) -> None:
    """Describe the lowest and the highest cell, and all as a table."""
    shown = percent if is_yes_or_no(column) else number
    middles = [(ends[1:] + ends[:-1]) / 2 for ends in edges]
    across, up = (spoken(results, key) for key in keys)

    def cell(place: int) -> str:
        row, at = np.unravel_index(place, values.shape)
        return (
            f"{shown(float(values[row, at]))} where {across} is about {middles[0][at]:.2g} and {up} about {middles[1][row]:.2g}"
        )

    known = np.isfinite(values).any()
    say = f"lowest {cell(np.nanargmin(values))}; highest {cell(np.nanargmax(values))}" if known else "not defined"
    rows = [
        (f"{middles[1][row]:.3g}", *(shown(float(value)) if np.isfinite(value) else "–" for value in values[row]))
        for row in range(len(values))[::-1]
    ]
    describe(ax, f"{column.label}: {say}.", (f"{up} / {across}", *(f"{middle:.3g}" for middle in middles[0])), rows)


def _number(results: Results, key: str) -> str:
    if results.table([check_grouping(results, key)])[key].dtype.kind != "f":
        raise NoSuchColumn(f"{key!r} is not numeric, so it cannot be an axis of a heat map")
    return key


def _edges(pairs: pd.DataFrame) -> list[np.ndarray]:
    """Edges of the cells: halfway between the values of a grid, else bins of equal width."""
    found = [np.unique(pairs[key].dropna()) for key in pairs]
    cells = len(found[0]) * len(found[1])
    if max(map(len, found)) <= FEW and len(pairs.drop_duplicates()) > cells / 2:
        return [_between(values) for values in found]
    bins = int(np.clip(np.sqrt(len(pairs.drop_duplicates()) / POINTS_A_CELL), FEWEST, MOST))
    return [np.linspace(values[0], values[-1], bins + 1) if len(values) > 1 else _between(values) for values in found]


def _between(values: np.ndarray) -> np.ndarray:
    if len(values) == 1:
        return np.array([values[0] - 0.5, values[0] + 0.5])
    middle = (values[1:] + values[:-1]) / 2
    return np.concatenate([[2 * values[0] - middle[0]], middle, [2 * values[-1] - middle[-1]]])


def _scale(values: np.ndarray, column: Column) -> tuple[float, float]:
    """The ends of the colour scale: least and largest value, widened so that small differences look small."""
    known = values[np.isfinite(values)]
    if not len(known):
        return 0.0, 1.0
    low, high = known.min(), known.max()
    lacking = max(0.0, (LEAST_SPAN if column.unit in WITHIN_ONE else 1e-9) - (high - low)) / 2
    low, high = low - lacking, high + lacking
    return (max(low, 0.0), min(high, 1.0)) if column.unit in WITHIN_ONE else (low, high)


def _number_in(ax: Axes, edges: list, row: int, place: int, value: float, scale: tuple[float, float], form: str) -> None:
    if np.isfinite(value):
        middle = [(ends[at] + ends[at + 1]) / 2 for ends, at in zip(edges, (place, row))]
        colour = "white" if value < sum(scale) / 2 else INK
        ax.annotate(form.format(value), middle, ha="center", va="center", fontsize=6.5, color=colour)
