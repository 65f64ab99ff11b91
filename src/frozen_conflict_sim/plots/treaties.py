"""When treaties are signed."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.groups import finished_runs
from ..analysis.intervals import share_interval
from ..engine.time_step import USUAL
from ..experiment.store.trajectories import dates
from ..model.columns import called
from ..results import Results
from .drawing.axes import label, legend
from .drawing.registry import all_runs_alike, plot
from .drawing.style import COLOURS, LINES
from .drawing.time_axis import mark_events, time_axis


@plot("study", applies=all_runs_alike)
def treaties(results: Results, *, ax: Axes | None = None) -> Axes:
    """The share of runs in which each territory has signed a treaty by each quarter, with 90 % intervals."""
    scenario = results.scenario.with_time_step(USUAL)
    columns = [f"{territory}.treaty_quarter" for territory in scenario.entities["territory"]]
    runs = finished_runs(results, *columns)
    quarters, turns = dates(scenario), np.arange(1, scenario.turns + 1)
    for territory, colour, dashes in zip(scenario.entities["territory"], COLOURS, LINES):
        first = runs[f"{territory}.treaty_quarter"].to_numpy(float)
        signed = (first <= turns[:, None]).sum(axis=1)
        ends = np.array([share_interval(int(count), len(runs)) for count in signed])
        ax.fill_between(quarters, *ends.T, step="post", color=colour, alpha=0.15, linewidth=0)
        name = label(called(scenario, territory))
        ax.step(quarters, signed / len(runs), where="post", color=colour, linestyle=dashes, linewidth=1.8, label=name)
    time_axis(ax, quarters)
    ax.set_ylim(-0.01, 1.01)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_ylabel("share of runs with a treaty so far")
    ax.set_title("When the first treaty is signed")
    legend(ax, "with 90 % interval")
    mark_events(ax, scenario, quarters)
    return ax
