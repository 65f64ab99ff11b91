"""The plot of a benchmark: runs per second, and the growth of the cost of a run."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from frozen_conflict_sim.plots.drawing.saving import save
from frozen_conflict_sim.plots.drawing.style import BLUE, FAINT, GREEN, INK, NOTHING, ORANGE, RED, SMALL, house_style

from .participants import PARTICIPANTS
from .rounds import ratios, speeds
from .work import Size

FORMATS = ("svg", "png")
COLOURS = {"engine": BLUE, "numpy": GREEN, "mesa": ORANGE}
SHORT = {"engine": "this engine", "numpy": "NumPy in Mesa", "mesa": "plain Mesa"}
AXES = {
    "runs": "runs in the ensemble",
    "residents": "residents",
    "turns": "turns",
    "territories": "territories",
}


def draw(found: dict, folder: Path, name: str = "bench") -> list[Path]:
    """Draw the plot into a folder, as SVG and PNG."""
    with house_style():
        figure = Figure(figsize=(10.4, 7.6), layout="constrained")
        figure.get_layout_engine().set(h_pad=0.12, w_pad=0.08, hspace=0.04, wspace=0.03)
        upper, lower = figure.subfigures(2, 1, height_ratios=(1.15, 1.0))
        bars(upper.subplots(), found)
        curves = [curve for curve in AXES if sum(one["curve"] == curve for one in found["curves"]) > 1]
        for ax, curve in zip(lower.subplots(1, max(1, len(curves)), squeeze=False)[0], curves):
            cost_curve(ax, found["curves"], curve, first=curve == curves[0])
    about, written = found["machine"], []
    for form in FORMATS:
        path = folder / f"{name}.{form}"
        provenance = f"{about['processor']}, Python {about['python']}, {about['when']}"
        save(figure, path, {"title": "Runs per second on the same work", "provenance": provenance})
        written.append(path)
    return written


def bars(ax: Axes, found: dict) -> Axes:
    """Runs per second of all participants on a logarithmic axis; each round is a dot."""
    size = Size(**found["size"])
    shown = [one for one in PARTICIPANTS if found["rounds"].get(one.name)]
    shown.sort(key=lambda one: median(speeds(found["rounds"][one.name])))
    for at, participant in enumerate(shown):
        each = speeds(found["rounds"][participant.name])
        own, alone = participant.name == "engine", participant.name in ("residents", "c")
        ax.barh(at, median(each), color=BLUE if own else "none" if alone else "#B8C4CC", height=0.62,
                edgecolor=FAINT if alone else "none", linewidth=0.8, linestyle="--" if alone else "-")  # fmt: skip
        ax.plot(each, [at] * len(each), "o", color=INK, markersize=2.6, alpha=0.55, markeredgewidth=0)
        ax.annotate(_label(participant.name, found["rounds"]), (max(each), at), xytext=(7, 0), textcoords="offset points",
                    va="center", fontsize=8.5, color=INK if own else FAINT, fontweight="bold" if own else "normal")  # fmt: skip
    ax.set_yticks(range(len(shown)), [participant.label for participant in shown])
    ax.set_xscale("log")
    slowest = min(median(speeds(found["rounds"][one.name])) for one in shown)
    fastest = max(max(speeds(found["rounds"][one.name])) for one in shown)
    ax.set_xlim(slowest / 2.2, fastest * 14)
    ax.xaxis.set_major_formatter(FuncFormatter(_number))
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.set_xlabel("runs per second of processor time, one core")
    ax.set_title("Runs per second on the same work")
    note = f"{size.residents:,} residents, {size.turns} turns, complete model; dashed: the residents' update alone"
    ax.text(0, 1.0, note, transform=ax.transAxes, va="bottom", **SMALL)
    return ax


def _label(name: str, played: dict) -> str:
    speed = median(speeds(played[name]))
    words = f"{_number(speed)} per second"
    if name in ("engine", "residents", "c"):
        return words
    return f"{words}:  {_number(ratios(played['engine'], played[name])['median'])} times slower"


def cost_curve(ax: Axes, curves: list[dict], curve: str, first: bool) -> Axes:
    """The cost of a run along one axis; a thin line shows what proportional cost_curve would be."""
    mine = [one for one in curves if one["curve"] == curve and one["who"] != "before"]
    for who in dict.fromkeys(one["who"] for one in mine):
        along = sorted((one["at"], 1000 * one["processor_per_run"]) for one in mine if one["who"] == who)
        colour = COLOURS.get(who, RED)
        ax.plot(*zip(*along), "o-", color=colour, markersize=4, linewidth=1.6, clip_on=False, zorder=3)
        if curve == "residents":
            own = who == "engine"  # its label stands below its line, those of the slower ones above theirs
            at, place, side = (along[len(along) // 2], (7, -9), "left") if own else (along[-1], (0, 8), "center")
            ax.annotate(SHORT.get(who, who), at, place, textcoords="offset points", ha=side, fontsize=7.5, color=colour)
    engine = sorted((one["at"], 1000 * one["processor_per_run"]) for one in mine if one["who"] == "engine")
    if curve != "runs" and len(engine) > 1:
        (start, _), (end, cost) = engine[0], engine[-1]
        ax.plot([start, end], [cost * start / end, cost], color=NOTHING, linewidth=1.2, zorder=1)
        ax.text(0.97, 0.04, "grey: proportional growth", transform=ax.transAxes, ha="right", **SMALL)
    ax.set_xscale("log")
    ax.set_yscale("log")
    if curve in ("turns", "territories"):
        ax.set_xticks([at for at, _ in engine])
        ax.minorticks_off()
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(_number))
        axis.set_minor_formatter(NullFormatter())
    low, high = ax.get_ylim()
    if high / low < 30:  # widen the axis, so that a flat curve looks flat
        middle = (low * high) ** 0.5
        ax.set_ylim(middle / 5.5, middle * 5.5)
        ax.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    elif curve == "residents":
        ax.set_ylim(low, high * 2)  # for the label at the top
    ax.set_xlabel(AXES[curve])
    if first:
        ax.set_ylabel("milliseconds per run")
    ax.set_title(f"By {curve}", fontsize=9.5, pad=8)
    return ax


def _number(value: float, _=None) -> str:
    """A number on an axis.

    >>> [_number(value) for value in (0.5, 20.0, 1000, 99_999, 123_456, 1_234_567)]
    ['0.5', '20', '1,000', '99,999', '123k', '1.2M']
    """
    if value >= 1e6:
        return f"{value / 1e6:.2g}M"
    if value >= 1e5:
        return f"{value / 1e3:.0f}k"
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
