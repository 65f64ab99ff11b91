"""The dilemma in one plot: an outcome of a parent against the integration of its territories."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..analysis.comparison.exchange_rate import AT_END, ON_AVERAGE
from ..analysis.groups import finished_runs
from ..analysis.intervals import Means, means
from ..experiment.spec import BASE
from ..results import Results
from .drawing.axes import label, label_trajectory, legend, measured_in
from .drawing.groups import coloured, group_label
from .drawing.registry import compares, plot
from .drawing.style import FAINT

SIGNS = ("o", "s", "^", "v", "D")


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
    for called, runs, colour in coloured(results, by, *x, name):
        here = _point(runs, x, name)
        for at, others in enumerate(arms.values()):
            there = _point(_partners(others, runs), x, name)
            ax.plot(*zip(here.values, there.values), color=colour, linewidth=1.0, linestyle=":", zorder=2)
            _cross(ax, there, colour, SIGNS[at % len(SIGNS)], "white")
        _cross(ax, here, colour, "o", colour)
        ax.plot([], [], "o", color=colour, label=called)
    ax.margins(0.1)
    when = "on average over the run" if suffix == ON_AVERAGE else "at the end of the run"
    label_trajectory(ax, column)
    ax.set_xlabel(f"integration, mean over the territories, {when} ({measured_in(results.columns[x[0]])})")
    handles = [*ax.get_legend_handles_labels()[0], *_signs(arms)]
    title = f"{group_label(results, by)}\nmean, 90 % intervals"
    legend(ax, title, handles)
    return ax


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
    table = pd.DataFrame({"x": runs[x].mean(axis=1), "y": runs[y], "cluster": runs["cluster"]}).dropna()
    return means(table[["x", "y"]].to_numpy(float), table["cluster"].to_numpy())


def _cross(ax: Axes, found: Means, colour: str, sign: str, fill: str) -> None:
    x, y = found.values
    if found.clusters > 1:
        ax.plot(found.interval(0), (y, y), color=colour, linewidth=1.2, zorder=3)
        ax.plot((x, x), found.interval(1), color=colour, linewidth=1.2, zorder=3)
    ax.plot(x, y, sign, color=colour, markerfacecolor=fill, markersize=6, zorder=4)


def _signs(arms: dict) -> list[Line2D]:
    """The legend of filled and hollow signs, if there are arms."""
    if not arms:
        return []
    hollow = [
        Line2D([], [], marker=SIGNS[at % len(SIGNS)], linestyle="", color=FAINT, markerfacecolor="white", label=label(arm))
        for at, arm in enumerate(arms)
    ]
    return [Line2D([], [], marker="o", linestyle="", color=FAINT, label=BASE), *hollow]
