"""Elementary effects of a Morris design: which uncertainties matter, and which do so alone."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.numbers import interval, number, percent
from ..analysis.sensitivity.elementary_effects import elementary_effects
from ..analysis.summary import is_yes_or_no
from ..results import Results
from .drawing.axes import legend, note, title
from .drawing.description import describe
from .drawing.registry import plot
from .drawing.style import BLUE, INK, ORANGE, grow

MOST = 20


def is_morris(results: Results) -> bool:
    """Whether a study has a Morris design."""
    return results.experiment.design.kind == "morris"


@plot("estimate", applies=is_morris, instead_of=("fan", "distribution", "ecdf", "classes", "decisions"))
def morris(results: Results, name: str, *, ax: Axes | None = None) -> Axes:
    """The mean size of the elementary effects of each uncertainty on an outcome (mu*) and their spread (sigma)."""
    column = results.columns[name]
    lines, without = elementary_effects(results, (name,))
    title(ax, f"{column.label}: what each uncertain value does")
    if without:
        ax.set_axis_off()
        note(ax, without[name])
        return ax
    shown = lines[:MOST][::-1]
    for at, line in enumerate(shown):
        size, spread = line.mu_star, line.sigma
        ax.barh(at, size[0], height=0.62, color=BLUE, alpha=0.45, label="" if at else "mu*: mean size")
        ax.plot(size[1], (at + 0.08, at + 0.08), color=INK, linewidth=1.3, label="" if at else "90 % interval")
        ax.plot(spread[1], (at - 0.16, at - 0.16), color=ORANGE, linewidth=1.1)
        ax.plot(spread[0], at - 0.16, "D", color=ORANGE, markersize=4, label="" if at else "sigma: spread")
    labels = [results.columns[line.source].label if line.source in results.columns else line.source for line in shown]
    ax.set_yticks(range(len(shown)), labels)
    ax.set_ylim(-0.7, len(shown) - 0.3)
    ax.set_xlim(left=0)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    if is_yes_or_no(column):
        ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    unit = "share of runs" if is_yes_or_no(column) else column.unit
    ax.set_xlabel(f"change of the outcome over the range of a value ({unit})")
    many = f"; the {len(shown)} largest of {len(lines)}" if len(shown) < len(lines) else ""
    note(ax, f"{lines[0].paths} paths{many}")
    legend(ax)
    grow(ax, 1.4 + 0.4 * len(shown))
    written = percent if is_yes_or_no(column) else number
    rows = [
        (name, written(line.mu_star[0]), interval(line.mu_star[1], written), written(line.sigma[0]))
        for name, line in zip(labels[::-1], shown[::-1])
    ]
    say = "; ".join(f"{name} {size} ({ends})" for name, size, ends, _ in rows[:5])
    describe(ax, f"{column.label}, mean size of elementary effects, the largest first: {say}.",
             ("uncertain value", "mu*", "90 % interval", "sigma"), rows)  # fmt: skip
    return ax
