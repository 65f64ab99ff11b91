"""An outcome over the plane of two parameters."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.comparison.difference_results import is_difference
from ..analysis.groups import base_runs, check_grouping, groups, main_grouping, spoken
from ..analysis.numbers import number, percent
from ..analysis.summary import is_yes_or_no, mean_or_share
from ..experiment.errors import NoSuchColumn, NoSuchPlot
from ..model.bounds import WITHIN_ONE
from ..model.columns import Column
from ..results import Results
from .drawing.axes import LEAST_SPAN, in_percent, measured_in, note, title
from .drawing.description import describe
from .drawing.panels import panels
from .drawing.registry import plot
from .drawing.style import INK, NOTHING

if TYPE_CHECKING:
    import pandas as pd

FEW, FEWEST, MOST, POINTS_A_CELL = 12, 2, 8, 3
PANEL, TITLE_PAD, NOTE_UP, LABEL_PAD = 2.1, 34, 17, 26  # a map's height in inches; in points, room for its titles and ticks
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


@dataclass(frozen=True)
class Cells:
    """The estimate of each cell, shape ``(up, across)``; whether its 90 % interval excludes zero; the widest half of one."""

    values: np.ndarray
    not_zero: np.ndarray
    widest: float


@plot("estimate", by=2, applies=lambda results: has_map(results))
def heat_map(results: Results, name: str, *, by: tuple[str, str] | None = None, ax: Axes | None = None) -> Axes:
    """The mean of an outcome, or its share, over the plane of two parameters: a cell for each pair of values, or binned.

    A study that compares policies has a map for each. A difference (``results.difference(…)``) is shown around zero, and cells
    whose 90 % interval excludes zero are bold.
    """
    import pandas as pd

    column = results.columns[name]
    across, up = (_number(results, key) for key in by or numeric(results)[:2])
    compared = main_grouping(results)
    shown = compared is not None and compared not in (across, up)
    parts = groups(results, compared, across, up, name) if shown else {"": base_runs(results, across, up, name)}
    points = pd.concat([runs[[across, up]] for runs in parts.values()])
    _check_enough(points)
    edges = _edges(points)
    found = {called: _cells(column, runs, (across, up), edges) for called, runs in parts.items()}
    scale = _scale(np.concatenate([each.values.ravel() for each in found.values()]), column)
    places = panels(ax, list(found), columns=2 if len(found) < 5 else 3, row=PANEL) if len(found) > 1 else [ax]
    for place, cells in zip(places, found.values()):
        mesh = _mesh(place, edges, cells, column, scale, small=len(found) > 1)
    _describe(ax, results, column, (across, up), edges, {called: cells.values for called, cells in found.items()})
    _bar(ax, mesh, column)
    share_of = "share of runs" if is_yes_or_no(column) else "mean"
    text = f"{column.label}: {share_of} over {spoken(results, across)} and {spoken(results, up)}"
    title(ax, text, pad=None if len(found) == 1 else TITLE_PAD)
    ax.yaxis.labelpad = 4 if len(found) == 1 else LABEL_PAD
    for key, say in ((across, ax.set_xlabel), (up, ax.set_ylabel)):
        say(fill(f"{results.columns[key].label} ({measured_in(results.columns[key])})", 60))
    widest = max(cells.widest for cells in found.values())
    if widest:
        bold = "; bold: zero excluded" if is_difference(column) else ""
        note(ax, f"90 % intervals of the cells: at most ± {widest:.2g}{bold}", NOTE_UP if len(found) > 1 else 2)
    return ax


def _cells(column: Column, runs: pd.DataFrame, axes: tuple[str, str], edges: list[np.ndarray]) -> Cells:
    places = [np.searchsorted(ends[1:-1], runs[key], side="right") for key, ends in zip(axes, edges)]
    shape = len(edges[1]) - 1, len(edges[0]) - 1
    values, not_zero, widest = np.full(shape, np.nan), np.zeros(shape, bool), 0.0
    for row, place in np.ndindex(shape):
        estimate, interval, _ = mean_or_share(column, runs[(places[0] == place) & (places[1] == row)])
        values[row, place] = np.nan if estimate is None else estimate
        widest = max(widest, *(abs(end - estimate) for end in interval)) if interval else widest
        not_zero[row, place] = bool(interval) and is_difference(column) and (interval[0] > 0 or interval[1] < 0)
    return Cells(values, not_zero, widest)


def _mesh(ax: Axes, edges: list[np.ndarray], cells: Cells, column: Column, scale: tuple[float, float], small: bool):
    """Colour the cells, and write their numbers in them, short in ``small`` axes; a difference has colours around zero."""
    values, around_zero = cells.values, is_difference(column)
    ax.set_facecolor(NOTHING)
    colours = "PuOr_r" if around_zero else "cividis"
    mesh = ax.pcolormesh(*edges, np.ma.masked_invalid(values), cmap=colours, vmin=scale[0], vmax=scale[1])
    for row, place in np.ndindex(values.shape):
        value = values[row, place]
        dark = abs(value) > 0.6 * scale[1] if around_zero else value < sum(scale) / 2
        about = {"color": "white" if dark else INK, "fontweight": "bold" if cells.not_zero[row, place] else "normal"}
        about["fontsize"] = 5.0 if small else 6.5
        form = "{:.0%}" if in_percent(column) else "{:.2g}" if small else "{:.3g}"
        _number_in(ax, edges, row, place, value, form, about)
    ax.grid(visible=False)
    return mesh


def _bar(ax: Axes, mesh, column: Column) -> None:
    bar = ax.figure.colorbar(mesh, ax=ax, format=PercentFormatter(1.0) if in_percent(column) else None)
    bar.outline.set_visible(False)
    bar.set_label("share of runs" if is_yes_or_no(column) else f"mean ({measured_in(column)})")


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


def _describe(
    ax: Axes, results: Results, column: Column, keys: tuple[str, str], edges: list, maps: dict[str, np.ndarray]
) -> None:
    """Describe the lowest and the highest cell of each map, and all cells as a table."""
    shown = percent if in_percent(column) else number
    middles = [(ends[1:] + ends[:-1]) / 2 for ends in edges]
    across, up = (spoken(results, key) for key in keys)

    def cell(values: np.ndarray, place: int) -> str:
        row, at = np.unravel_index(place, values.shape)
        where = f"{across} is about {middles[0][at]:.2g} and {up} about {middles[1][row]:.2g}"
        return f"{shown(float(values[row, at]))} where {where}"

    said, rows = [], []
    for called, values in maps.items():
        known = np.isfinite(values).any()
        ends = (
            f"lowest {cell(values, np.nanargmin(values))}; highest {cell(values, np.nanargmax(values))}"
            if known
            else "not defined"
        )
        said.append(f"{called}: {ends}" if called else ends)
        for row in range(len(values))[::-1]:
            cells = (shown(float(value)) if np.isfinite(value) else "–" for value in values[row])
            rows.append((f"{called}, {middles[1][row]:.3g}" if called else f"{middles[1][row]:.3g}", *cells))
    headings = (f"{up} / {across}", *(f"{middle:.3g}" for middle in middles[0]))
    describe(ax, f"{column.label}: {'; '.join(said)}.", headings, rows)


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
    if is_difference(column):
        reach = max(np.abs(known).max(initial=0.0), 1e-9)
        return -reach, reach
    if not len(known):
        return 0.0, 1.0
    low, high = known.min(), known.max()
    lacking = max(0.0, (LEAST_SPAN if column.unit in WITHIN_ONE else 1e-9) - (high - low)) / 2
    low, high = low - lacking, high + lacking
    return (max(low, 0.0), min(high, 1.0)) if column.unit in WITHIN_ONE else (low, high)


def _number_in(ax: Axes, edges: list, row: int, place: int, value: float, form: str, about: dict) -> None:
    if np.isfinite(value):
        middle = [(ends[at] + ends[at + 1]) / 2 for ends, at in zip(edges, (place, row))]
        ax.annotate(form.format(value), middle, ha="center", va="center", **about)
