"""The classes of runs."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.numbers import interval, percent
from ..analysis.summary import class_shares
from ..results import Results
from .drawing.axes import title
from .drawing.description import describe
from .drawing.registry import plot
from .drawing.style import BLUE, INK


@plot("study")
def classes(results: Results, *, ax: Axes | None = None) -> Axes:
    """The share of each class of runs, with 90 % intervals."""
    found = class_shares(results)
    lines = found[::-1]
    for at, line in enumerate(lines):
        low, high = line.interval
        ax.barh(at, line.share, height=0.62, color=BLUE, alpha=0.45)
        ax.plot((low, high), (at, at), color=INK, linewidth=1.4)
        ax.annotate(f"{line.share:.1%}", (high, at), (6, 0), textcoords="offset points", va="center")
    ax.set_ylim(min(0, len(lines) - 4) - 0.6, len(lines) - 0.4)
    ax.set_yticks(range(len(lines)), [line.name for line in lines])
    ax.set_xlim(0, min(1.12, max((line.interval[1] for line in lines), default=1.0) * 1.15))
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_xlabel("share of runs, with 90 % interval")
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    title(ax, f"How {sum(line.runs for line in lines):,} runs went")
    say = "; ".join(f"{line.name} {percent(line.share)} ({interval(line.interval, percent)})" for line in found)
    rows = [(line.name, percent(line.share), interval(line.interval, percent), f"{line.runs:,}") for line in found]
    describe(ax, f"Shares of runs by class: {say}.", ("class", "share of runs", "90 % interval", "runs"), rows)
    return ax
