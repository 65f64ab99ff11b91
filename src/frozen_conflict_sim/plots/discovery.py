"""A discovery: the boxes on the way, the limits of the chosen one, and the runs inside and outside of it."""

from __future__ import annotations

from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import PercentFormatter

from ..analysis.comparison.difference_results import written
from ..analysis.discovery.cases import Factor
from ..analysis.discovery.discover import Discovery
from ..analysis.discovery.prim import Limit, inside
from ..analysis.discovery.sentences import limits_in_words, noun, sentence, short
from .drawing.style import BLUE, FAINT, INK, NOTHING, ORANGE, SMALL, house_style

WIDTH, HEIGHT, PAD = 10.4, 4.2, 4
MOST_POINTS, MOST_FACTORS = 3000, 10
CROWDED_BELOW = 0.3  # a trajectory that begins lower leaves no room for a legend at the bottom
ROOM_FOR_BOTH = 0.3  # of a bar, for the numbers at its ends
DARK, LIGHT = "#0A3A5A", "#F0B429"


def discovery(found: Discovery) -> Figure:
    """Draw the peeling trajectory, the limits of the box, and the runs over the two factors that matter most."""
    with house_style():
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
        way, limits, runs = figure.subplots(1, 3, width_ratios=(1.0, 1.1, 1.15))
        _trajectory(way, found)
        _limits(limits, found)
        _runs(runs, found)
        figure.suptitle(fill(sentence(found), 118), x=0.01, ha="left", fontsize=10, fontweight="bold")
    return figure


def _trajectory(ax: Axes, found: Discovery) -> None:
    coverage, density = ([getattr(box, what) for box in found.trajectory] for what in ("coverage", "density"))
    sizes = np.array([len(box.limits) for box in found.trajectory])
    ax.plot(coverage, density, color=FAINT, linewidth=0.8, zorder=1)
    points = ax.scatter(coverage, density, c=sizes, cmap="viridis_r", s=18, vmin=0, vmax=max(sizes.max(), 1), zorder=2)
    ax.plot(found.box.coverage, found.box.density, "o", markersize=11, markerfacecolor="none", markeredgecolor=INK, zorder=3,
            linestyle="none", label="the box")  # fmt: skip
    ax.plot(found.stability.coverage, found.stability.density, "X", color=ORANGE, markersize=7, markeredgecolor=INK,
            markeredgewidth=0.6, linestyle="none", zorder=4, label="such boxes in runs left out")  # fmt: skip
    ax.axhline(found.cases.base_rate, color=INK, linewidth=0.8, linestyle=(0, (3, 3)), label="base rate")
    low = found.trajectory[0].density < CROWDED_BELOW
    ax.legend(loc="upper left" if low else "lower left", fontsize=7, markerscale=0.8)
    ax.set(
        xlim=(0, 1.04),
        ylim=(0, 1.04),
        xlabel="coverage: share of cases in the box",
        ylabel="density: share of the box that are cases",
    )
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0))
    bar = ax.figure.colorbar(points, ax=ax, location="top", aspect=30, pad=0.02, ticks=range(int(sizes.max()) + 1))
    bar.set_label("factors that are restricted", fontsize=7.5)
    bar.outline.set_visible(False)


def _limits(ax: Axes, found: Discovery) -> None:
    """A bar for each factor: its whole range, and the part of it in the box; the most often restricted on top."""
    limits = {limit.factor: limit for limit in found.box.limits}
    again = found.stability.restricted
    ordered = sorted(found.cases.factors, key=lambda factor: (factor.name in limits, again[factor.name]))[-MOST_FACTORS:]
    names = [factor.name for factor in found.cases.factors]
    for at, factor in enumerate(ordered):
        ax.barh(at, 1, height=0.5, color=NOTHING)
        limit = limits.get(factor.name)
        (_category if factor.options else _number)(ax, at, factor, limit)
        ax.annotate(f"again in {again[factor.name]:.0%}", (1.02, at), va="center", annotation_clip=False, **SMALL)
    ax.set_yticks(range(len(ordered)), [fill(short(factor.name, names), 20) for factor in ordered])
    ax.set(xlim=(0, 1), ylim=(-0.6, len(ordered) - 0.4), xticks=[])
    ax.set_title("the box", fontsize=9, fontweight="normal", pad=PAD)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)


def _number(ax: Axes, at: int, factor: Factor, limit: Limit | None) -> None:
    low, high = float(factor.values.min()), float(factor.values.max())
    begin, end = (
        (limit.low if limit and limit.low is not None else low),
        (limit.high if limit and limit.high is not None else high),
    )
    if limit:
        left = (begin - low) / (high - low)
        ax.barh(at, (end - begin) / (high - low), left=left, height=0.5, color=BLUE)
    about = {"fontsize": 6.5, "color": INK, "va": "top"}
    first, last = (_short(value, high - low) for value in (begin, end))
    places = [(begin - low) / (high - low), (end - low) / (high - low)]
    if places[1] - places[0] < ROOM_FOR_BOTH:
        ax.annotate(f"{first} to {last}", (min(places[0], 1 - ROOM_FOR_BOTH), at - 0.27), ha="left", **about)
        return
    for text, place, ha in ((first, places[0], "left"), (last, places[1], "right")):
        ax.annotate(text, (place, at - 0.27), ha=ha, **about)


def _short(value: float, span: float) -> str:
    """A number as an axis has it; nearly nothing is 0."""
    return f"{value:.3g}" if abs(value) > 0.001 * span else "0"


def _category(ax: Axes, at: int, factor: Factor, limit: Limit | None) -> None:
    wide = 1 / len(factor.options)
    for place, option in enumerate(factor.options):
        kept = limit is not None and option in limit.kept
        ax.barh(at, wide, left=place * wide, height=0.5, color=BLUE if kept else NOTHING, edgecolor="white")
        ax.annotate(fill(written(option), 12), ((place + 0.5) * wide, at), ha="center", va="center", fontsize=6,
                    color="white" if kept else INK)  # fmt: skip


def _runs(ax: Axes, found: Discovery) -> None:
    """The runs over the two numbers that are restricted most often, those where the expression holds in colour."""
    again, cases = found.stability.restricted, found.cases
    numbers = sorted((factor for factor in cases.factors if not factor.options), key=lambda factor: -again[factor.name])[:2]
    if not numbers:
        ax.set_axis_off()
        return
    words = [limit for limit in found.box.limits if limit.kept]
    rows = np.random.default_rng(0).permutation(np.flatnonzero(inside(words, cases)))[:MOST_POINTS]
    other = np.random.default_rng(1).random(len(cases)) if len(numbers) == 1 else numbers[1].values
    for held, colour, called in ((False, LIGHT, "does not hold"), (True, DARK, "holds")):
        shown = rows[cases.held[rows] == held]
        ax.scatter(numbers[0].values[shown], other[shown], s=7, color=colour, alpha=0.6, linewidths=0, label=called)
    names = [factor.name for factor in cases.factors]
    ax.set_xlabel(short(numbers[0].name, names))
    ax.set_ylabel(short(numbers[1].name, names) if len(numbers) > 1 else "")
    limits = {limit.factor: limit for limit in found.box.limits}
    ends = [_ends(factor, limits.get(factor.name)) for factor in numbers] + ([(0.0, 1.0)] if len(numbers) == 1 else [])
    (left, right), (low, high) = ends
    ax.add_patch(Rectangle((left, low), right - left, high - low, fill=False, edgecolor=BLUE, linewidth=2))
    which = f" with {limits_in_words(words, cases)}" if words else ""
    ax.set_title(f"{len(rows):,} {noun(found.results)}{which}", fontsize=9, fontweight="normal", pad=PAD)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2, fontsize=7.5, markerscale=2)


def _ends(factor: Factor, limit: Limit | None) -> tuple[float, float]:
    low, high = float(factor.values.min()), float(factor.values.max())
    if limit is None:
        return low, high
    return (low if limit.low is None else limit.low), (high if limit.high is None else limit.high)
