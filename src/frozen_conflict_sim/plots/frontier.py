"""The dilemma in one plot: an outcome of a parent against the integration of its territories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..analysis.comparison.exchange_rate import AT_END, ON_AVERAGE
from ..analysis.groups import finished_runs
from ..analysis.intervals import Means, means
from ..analysis.numbers import interval, number
from ..experiment.spec import BASE
from ..model.columns import Column
from ..results import Results
from .drawing.axes import label, label_trajectory, legend, measured_in
from .drawing.description import describe
from .drawing.groups import coloured, compared, group_label
from .drawing.line_labels import dark
from .drawing.registry import compares, plot
from .drawing.style import FAINT, MARKS, SIGNS

if TYPE_CHECKING:
    import pandas as pd

FILLS = ("none", "left", "bottom", "right", "top")  # of the marks of arms; those of the base are full


@plot("parents_outcome", by=1, applies=compares)
def frontier(results: Results, name: str, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """An outcome of a parent against the integration of its territories: a point for each policy, with 90 % intervals.

    Integration is the mean over the territories: at the end of the run if the outcome is measured there, else on average over
    the run. If a study has arms, a line leads from each policy to the same policy in the arm.
    """
    column = results.columns[name]
    suffix = ON_AVERAGE if name.endswith(ON_AVERAGE) else AT_END
    x = [f"{territory}.integration{suffix}" for territory in _territories(results, column.owner)]
    arms = {} if by == "arm" else _arms(results, [*x, name])
    points: dict[str, dict[str, Means]] = {}
    for place, (called, runs, colour) in enumerate(coloured(results, by, *x, name)):
        mark, here = MARKS[place % len(MARKS)], _point(runs, x, name)
        points[called] = {BASE: here}
        for at, (arm, others) in enumerate(arms.items()):
            there = points[called][arm] = _point(_partners(others, runs), x, name)
            ax.plot(*zip(here.values, there.values), color=colour, linewidth=1.0, linestyle=":", zorder=2)
            _cross(ax, there, colour, mark, FILLS[at % len(FILLS)])
        _cross(ax, here, colour, mark, "full")
    ax.margins(0.12)
    when = "on average over the run" if suffix == ON_AVERAGE else "at the end of the run"
    label_trajectory(ax, column, f"against integration, {compared(results, by)}")
    ax.set_xlabel(f"integration, mean over the territories, {when} ({measured_in(results.columns[x[0]])})")
    _name_points(ax, points, [colour for _, _, colour in coloured(results, by)])
    legend(ax, "mean, 90 % intervals", _signs(arms))
    _describe(ax, column, points, (compared(results, by), group_label(results, by)))
    return ax


def _name_points(ax: Axes, points: dict[str, dict[str, Means]], colours: list[str]) -> None:
    """Write the name of each group beside its point: at the first place around it that is free."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    box = ax.get_window_extent()
    scale = 72 * box.width / ax.figure.dpi / (right - left), 72 * box.height / ax.figure.dpi / (high - low)
    at = {name: ((of.values[0] - left) * scale[0], (of.values[1] - low) * scale[1]) for name, (of, *_) in _lists(points)}
    every = [((of.values[0] - left) * scale[0], (of.values[1] - low) * scale[1]) for _, found in _lists(points) for of in found]
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in every]
    for place, (name, (x, y)) in enumerate(at.items()):
        wide = 5 * len(name) + 10
        places = [(side, lift) for lift in (0, 11, -11, 22, -22, 33, -33) for side in (7, -7 - wide)]
        fit = [place for place in places if x + place[0] > 0 and x + place[0] + wide < scale[0] * (right - left)]
        free = (place for place in fit if not _hits((x + place[0], y + place[1] - 5, wide, 10), taken))
        side, lift = next(free, places[0])
        text = f"{SIGNS[place % len(SIGNS)]} {name}" if lift else name
        taken.append((x + side, y + lift - 5, x + side + wide, y + lift + 5))
        ax.annotate(
            text, points[name][BASE].values, (7 if side > 0 else -7, lift), textcoords="offset points", va="center",
            ha="left" if side > 0 else "right", fontsize=8, color=dark(colours[place]), annotation_clip=False, zorder=6,
        )  # fmt: skip


def _lists(points: dict[str, dict[str, Means]]) -> list[tuple[str, list[Means]]]:
    return [(name, list(found.values())) for name, found in points.items()]


def _hits(box: tuple[float, float, float, float], taken: list[tuple[float, float, float, float]]) -> bool:
    x, y, wide, high = box
    return any(x < right and left < x + wide and y < top and foot < y + high for left, foot, right, top in taken)


def _describe(ax: Axes, column: Column, points: dict[str, dict[str, Means]], by: tuple[str, str]) -> None:
    rows = [
        (name, arm, *(cell for at in (0, 1) for cell in (number(float(found.values[at])), interval(found.interval(at)))))
        for name, arms in points.items()
        for arm, found in arms.items()
    ]
    order = sorted(points, key=lambda name: -points[name][BASE].values[1])
    say = "; ".join(
        f"{name} {number(float(points[name][BASE].values[1]))} at integration {number(float(points[name][BASE].values[0]))}"
        + "".join(f" ({arm}: {number(float(found.values[1]))})" for arm, found in points[name].items() if arm != BASE)
        for name in order
    )
    headings = (by[1], "arm", "integration", "90 % interval", column.label, "90 % interval")
    describe(ax, f"{column.label}, mean {by[0]}, the highest first: {say}.", headings, rows)


def _territories(results: Results, parent: str) -> list[str]:
    entities = results.scenario.entities
    place = entities["parent"].index(parent)
    belongs = results.scenario.belongs["territory", "parent"]
    return [name for name, above in zip(entities["territory"], belongs) if above == place]


def _arms(results: Results, columns: list[str]) -> dict[str, pd.DataFrame]:
    done = finished_runs(results, *columns)
    return {arm: done[done["arm"] == arm] for arm in results.experiment.arms}


def _partners(others: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The runs of an arm that differ from ``runs`` in nothing but the arm."""
    return others.merge(runs[["point", "replicate"]], on=["point", "replicate"])


def _point(runs: pd.DataFrame, x: list[str], y: str) -> Means:
    import pandas as pd

    table = pd.DataFrame({"x": runs[x].mean(axis=1), "y": runs[y], "cluster": runs["cluster"]}).dropna()
    return means(table[["x", "y"]].to_numpy(float), table["cluster"].to_numpy())


def _cross(ax: Axes, found: Means, colour: str, mark: str, fill: str) -> None:
    x, y = found.values
    if found.clusters > 1:
        ax.plot(found.interval(0), (y, y), color=colour, linewidth=1.2, zorder=3)
        ax.plot((x, x), found.interval(1), color=colour, linewidth=1.2, zorder=3)
    how = {"fillstyle": fill, "markerfacecoloralt": "white", "markersize": 6.5, "zorder": 4}
    if fill == "none":
        ax.plot(x, y, mark, color="white", markersize=6, zorder=3.5)
    ax.plot(x, y, mark, color=colour, **how)


def _signs(arms: dict) -> list[Line2D]:
    """The legend of full and hollow marks, if there are arms."""
    if not arms:
        return []
    how = {"marker": "o", "linestyle": "", "color": FAINT, "markerfacecoloralt": "white"}
    hollow = [Line2D([], [], fillstyle=FILLS[at % len(FILLS)], label=label(arm), **how) for at, arm in enumerate(arms)]
    return [Line2D([], [], marker="o", linestyle="", color=FAINT, label=BASE), *hollow]
