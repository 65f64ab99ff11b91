"""A tornado plot: the effect of each single change on an outcome, in a study that changes one thing at a time."""

from __future__ import annotations

from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.effects import NOTHING, Effect, effects
from ..analysis.numbers import interval, number, percent
from ..analysis.summary import is_yes_or_no
from ..model.columns import Column
from ..results import Results
from .drawing.axes import measured_in, note, title
from .drawing.description import describe
from .drawing.registry import plot
from .drawing.style import BLUE, HATCHES, INK, ORANGE, grow

MOST = 20
HEIGHT = 0.78
LOWER, UPPER = {"color": BLUE}, {"color": ORANGE, "hatch": HATCHES[1]}


@plot(
    "estimate",
    applies=lambda results: "changed" in results.columns,
    instead_of=("fan", "distribution", "ecdf", "classes", "decisions"),
)
def tornado(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """The effect of each single change on an outcome, compared with the unchanged scenario; 90 % intervals."""
    column = results.columns[name]
    changed = [line for line in effects(results, [name]).effects if NOTHING in line.versus]
    factors = {key: list(lines) for key, lines in groupby(changed, key=lambda line: line.lever)}
    ordered = sorted(factors, key=lambda key: max(abs(_change(line)) for line in factors[key]))
    shown = ordered[-MOST:]
    for at, key in enumerate(shown):
        lines = factors[key]
        thick = HEIGHT / len(lines)
        for place, line in enumerate(lines):
            style = LOWER if place < len(lines) / 2 else UPPER
            _bar(ax, at + HEIGHT / 2 - thick * (place + 0.5), thick, line, style)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.margins(x=0.16)
    ax.set_yticks(range(len(shown)), [results.columns[key].label for key in shown])
    ax.set_ylim(-0.6, len(shown) - 0.4)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    title(ax, f"{column.label}: what each single change does")
    if is_yes_or_no(column):
        ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    unit = "share of runs" if is_yes_or_no(column) else measured_in(column)
    ax.set_xlabel(f"difference from the unchanged scenario, with 90 % interval ({unit})")
    if len(shown) < len(ordered):
        note(ax, f"the {len(shown)} largest of {len(ordered)}")
    grow(ax, 1.4 + 0.34 * len(shown))
    _describe(ax, results, column, changed)
    return ax


def _value(line: Effect) -> str:
    return line.value.replace("_", " ") if isinstance(line.value, str) else f"{line.value:g}"


def _describe(ax: Axes, results: Results, column: Column, lines: list[Effect]) -> None:
    shown = percent if is_yes_or_no(column) else number
    rows = [
        (results.columns[line.lever].label, _value(line), shown(_change(line)), interval(line.versus[NOTHING].interval, shown))
        for line in sorted(lines, key=lambda line: -abs(_change(line)))
    ]
    first = "; ".join(f"{name} at {value} {change} ({ends})" for name, value, change, ends in rows[:5])
    say = f"{column.label}, the largest differences from the unchanged scenario: {first}."
    describe(ax, say, ("changed", "to", "difference", "90 % interval"), rows)


def _change(line: Effect) -> float:
    return line.versus[NOTHING].difference or 0.0


def _bar(ax: Axes, at: float, thick: float, line: Effect, style: dict) -> None:
    change, interval = _change(line), line.versus[NOTHING].interval
    ax.barh(at, change, height=thick * 0.92, alpha=0.55, edgecolor="white", linewidth=0, **style)
    ends = interval or (change, change)
    ax.plot(ends, (at, at), color=INK, linewidth=1.0)
    value = _value(line)
    outward = -1 if change < 0 else 1
    place = min(*ends, 0.0) if outward < 0 else max(*ends, 0.0)
    ha = "right" if outward < 0 else "left"
    ax.annotate(value, (place, at), (4 * outward, 0), textcoords="offset points", ha=ha, va="center", fontsize=6.5)
