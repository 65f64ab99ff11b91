"""The atlas: a contrast over the plane at each horizon, its zero line and how sure that is, and the year in which it turns."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.figure import Figure

from ..analysis.atlas.maps import DOWN, DOWN_THEN_UP, UP, UP_THEN_DOWN, AtlasMap, Horizon
from ..analysis.atlas.zero_line import GRID, lattice, zero_lines
from ..analysis.comparison.difference_results import written
from ..analysis.wording import possessive
from .drawing.style import FAINT, INK, NOTHING, house_style

COLOURS, YEARS = "PuOr_r", "viridis"
WIDTH, ROW, HEAD = 9.6, 2.35, 1.05
STEPS = 24
ROOM_FOR_WORDS, ROOM_FOR_A_SIGN = 0.1, 0.04  # of the plane
ALWAYS = {UP: "#F4B183", DOWN: "#B7A9CF"}


def atlas(maps: Sequence[AtlasMap], title: str = "") -> Figure:
    """Draw a row for each map: a panel for each horizon, and one with the year in which the contrast turns.

    In the panels of the horizons the black line is where the contrast is zero; where it is hatched, its 90 % interval includes
    zero; the ring is the scenario's own place.
    """
    with house_style():
        columns = max(len(drawn.horizons) for drawn in maps) + 1
        figure = Figure(figsize=(WIDTH, HEAD + ROW * len(maps)), layout="constrained")
        axes = figure.subplots(len(maps), columns, squeeze=False, sharex="row", sharey="row")
        reach = max(_largest(drawn) for drawn in maps) or 1e-9
        years = _years(maps)
        for drawn, row in zip(maps, axes):
            for horizon, place in zip(drawn.horizons, row):
                _horizon(place, drawn, horizon, reach)
            _turning(row[-1], drawn, years)
            row[0].set_ylabel(f"{fill(drawn.subject, 30)}\n\n{drawn.surface.up.label}", fontsize=7.5)
            for place in row:
                place.set_xlabel(drawn.surface.across.label, fontsize=7.5)
        _bars(figure, axes, maps[0], reach, years)
        figure.suptitle(fill(title or _title(maps[0]), 92), x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure


def at_the_end(maps: Sequence[AtlasMap], size: tuple[float | None, float | None] = (None, None)) -> Figure:
    """Draw a panel for each map, at its last horizon: small multiples of contrasts with one reference."""
    with house_style():
        columns = min(len(maps), 2)
        rows = -(-len(maps) // columns)
        figure = Figure(figsize=(size[0] or WIDTH, size[1] or HEAD + 0.35 + ROW * rows), layout="constrained")
        axes = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
        reach = max(float(np.abs(_values(drawn, drawn.horizons[-1].turn)).max()) for drawn in maps) or 1e-9
        for drawn, place in zip(maps, axes.flat):
            _horizon(place, drawn, drawn.horizons[-1], reach)
            place.set_title(written(drawn.contrast.choice), fontsize=10, fontweight="normal", pad=4)
            place.tick_params(labelsize=9, labelbottom=True)
            place.set_xlabel(drawn.surface.across.label, fontsize=9)
        for place in axes.flat[len(maps) :]:
            place.set_visible(False)
        first = maps[0]
        figure.supylabel(first.surface.up.label, fontsize=9)
        around = ScalarMappable(Normalize(-reach, reach), COLOURS)
        bar = figure.colorbar(around, ax=axes, location="bottom", aspect=40, pad=0.03)
        bar.set_label("lowered  ←  0  →  raised", fontsize=9)
        bar.outline.set_visible(False)
        bar.ax.tick_params(labelsize=9, color=FAINT)
        title = f"{possessive(first.label)} against {written(first.contrast.reference)}, {first.horizons[-1].called}"
        figure.suptitle(fill(title, 62), x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure


def _title(drawn: AtlasMap) -> str:
    quantity = drawn.label.rpartition(": ")[2]
    return f"Where {drawn.contrast.description.replace(' minus ', ' rather than ')} raises {quantity}, and when that turns"


def _values(drawn: AtlasMap, turn: int) -> np.ndarray:
    return drawn.surface.at(*lattice(drawn.surface))[:, turn].reshape(GRID, GRID)


def _largest(drawn: AtlasMap) -> float:
    return max(float(np.abs(_values(drawn, at.turn)).max()) for at in drawn.horizons)


def _horizon(ax: Axes, drawn: AtlasMap, at: Horizon, reach: float) -> None:
    surface, values = drawn.surface, _values(drawn, at.turn)
    x, y = surface.across.spaced(GRID), surface.up.spaced(GRID)
    ax.contourf(x, y, values, levels=np.linspace(-reach, reach, STEPS + 1), cmap=COLOURS, extend="both")
    unsure = np.abs(values) <= surface.reach(*lattice(surface))[:, at.turn].reshape(GRID, GRID)
    if unsure.any():
        with rc_context({"hatch.color": INK, "hatch.linewidth": 0.8}):
            ax.contourf(x, y, unsure.astype(float), levels=[0.5, 1.5], colors="none", hatches=["////"])
    for piece in zero_lines(surface, at.turn):
        ax.plot(*piece.T, color=INK, linewidth=2.0)
    ax.plot(*at.distance.place, "o", markersize=7, markerfacecolor="white", markeredgecolor=INK, markeredgewidth=1.2)
    ax.set_title(at.called, fontsize=8, fontweight="normal", pad=4)
    ax.annotate(f"up on {at.sides.positive:.0%}", (0.97, 0.03), xycoords="axes fraction", ha="right", fontsize=7, color=INK)
    _signs(ax, x, y, values)
    _plain(ax, drawn)


def _signs(ax: Axes, x: np.ndarray, y: np.ndarray, values: np.ndarray) -> None:
    """A plus and a minus where the contrast is largest on either side, for readers who see no colours."""
    margin = GRID // 7
    inner = values[margin:-margin, margin:-margin]
    for sign, here in (("+", inner), ("−", -inner)):
        if (here > 0).mean() > ROOM_FOR_A_SIGN:
            row, column = np.unravel_index(np.argmax(here), here.shape)
            about = {"ha": "center", "va": "center", "fontsize": 12, "fontweight": "bold", "color": INK}
            ax.annotate(sign, (x[column + margin], y[row + margin]), **about)


def _plain(ax: Axes, drawn: AtlasMap) -> None:
    ax.grid(visible=False)
    ax.tick_params(labelsize=7)
    ax.set_xlim(drawn.surface.across.low, drawn.surface.across.high)
    ax.set_ylim(drawn.surface.up.low, drawn.surface.up.high)


def _years(maps: Sequence[AtlasMap]) -> Normalize:
    found = np.concatenate([drawn.turning.dates for drawn in maps if drawn.turning] or [np.array([np.nan])])
    known = found[~np.isnan(found)]
    return Normalize(*((np.floor(known.min()), np.ceil(known.max())) if len(known) else (2000, 2001)))


def _turning(ax: Axes, drawn: AtlasMap, years: Normalize) -> None:
    _plain(ax, drawn)
    ax.set_title("the year in which it turns", fontsize=8, fontweight="normal", pad=4)
    turning = drawn.turning
    ax.set_facecolor(NOTHING)
    if turning is None:
        return
    x, y = drawn.surface.across.spaced(turning.count), drawn.surface.up.spaced(turning.count)
    kinds, dates = (values.reshape(turning.count, turning.count) for values in (turning.kinds, turning.dates))
    for kind, colour in ALWAYS.items():
        _patch(ax, x, y, np.where(kinds == kind, 0.0, np.nan), ListedColormap([colour]), Normalize(0, 1))
    _patch(ax, x, y, dates, YEARS, years)
    for kind, words in {
        UP: "always up",
        DOWN: "always down",
        UP_THEN_DOWN: "up, then down",
        DOWN_THEN_UP: "down, then up",
    }.items():
        here = np.argwhere(kinds == kind)
        if len(here) > ROOM_FOR_WORDS * kinds.size:
            row, column = here[np.argmin(((here - np.median(here, axis=0)) ** 2).sum(axis=1))]
            text = f"{words}\n{turning.shares[kind]:.0%}"
            box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none", "alpha": 0.75}
            inside = float(np.clip(x[column], x[0] + 0.2 * np.ptp(x), x[-1] - 0.2 * np.ptp(x)))
            ax.annotate(text, (inside, y[row]), ha="center", va="center", fontsize=6.5, color=INK, bbox=box)


def _patch(ax: Axes, x: np.ndarray, y: np.ndarray, values: np.ndarray, colours, norm: Normalize) -> None:
    if not np.isnan(values).all():
        ax.pcolormesh(x, y, np.ma.masked_invalid(values), cmap=colours, norm=norm, shading="nearest", rasterized=True)


def _bars(figure: Figure, axes: np.ndarray, drawn: AtlasMap, reach: float, years: Normalize) -> None:
    around = ScalarMappable(Normalize(-reach, reach), COLOURS)
    quantity = drawn.label.rpartition(": ")[2]
    bar = figure.colorbar(around, ax=axes[:, :-1], location="bottom", aspect=50, shrink=0.7, pad=0.02)
    marks = "line: zero; hatched: interval includes zero; ring: the scenario"
    bar.set_label(f"{quantity}, {drawn.contrast.description} ({drawn.unit}); {marks}", fontsize=7.5)
    turned = figure.colorbar(ScalarMappable(years, YEARS), ax=axes[:, -1:], location="bottom", aspect=14, pad=0.02, format="%d")
    turned.set_label("year", fontsize=7.5)
    for each in (bar, turned):
        each.outline.set_visible(False)
        each.ax.tick_params(labelsize=7, color=FAINT)
