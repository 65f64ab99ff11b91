"""When treaties are signed."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.intervals import share_interval
from ..analysis.numbers import percent
from ..engine.time_step import USUAL
from ..experiment.store.trajectories import dates
from ..model.columns import called
from ..results import Results
from .drawing.axes import explain, label, title
from .drawing.compared_lines import describe_lines, name_lines
from .drawing.line_labels import Line, draw_line
from .drawing.registry import all_runs_alike, plot
from .drawing.style import COLOURS
from .drawing.time_axis import mark_events, time_axis


@plot("study", applies=all_runs_alike)
def treaties(results: Results, *, ax: Axes | None = None) -> Axes:
    """The share of runs in which each territory has signed a treaty by each quarter, with 90 % intervals."""
    scenario = results.scenario.with_time_step(USUAL)
    territories = scenario.entities["territory"]
    names = [f"{territory}.treaty_quarter" for territory in territories]
    values = results.values_of("status", *names)
    done = values["status"] == "done"
    runs = int(done.sum())
    quarters, turns, lines = dates(scenario), np.arange(1, scenario.turns + 1), []
    for at, (territory, name) in enumerate(zip(territories, names)):
        first, colour = np.asarray(values[name], float)[done], COLOURS[at % len(COLOURS)]
        signed = (first <= turns[:, None]).sum(axis=1)
        ends = np.array([share_interval(int(count), runs) for count in signed])
        ax.fill_between(quarters, *ends.T, step="post", color=colour, alpha=0.15, linewidth=0)
        lines.append(Line(label(called(scenario, territory)), colour, at, quarters, signed / runs))
        draw_line(ax, lines[-1], len(territories), step=True)
    time_axis(ax, quarters)
    ax.set_ylim(-0.01, 1.01)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_ylabel("share of runs with a treaty so far")
    title(ax, f"When the first treaty is signed, by territory, in {runs:,} runs")
    name_lines(ax, lines, "with 90 % interval")
    explain(ax, "lines: the share of runs; bands: its 90 % interval")
    mark_events(ax, scenario, quarters)
    describe_lines(ax, "Share of runs with a treaty", lines, percent)
    return ax
