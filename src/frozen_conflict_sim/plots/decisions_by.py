"""What an actor chooses over time in each group."""

from __future__ import annotations

from matplotlib.axes import Axes

from ..analysis.numbers import percent
from ..results import Results
from .decisions import most_frequent, named, shares_of, stack
from .drawing.axes import legend, title
from .drawing.description import describe
from .drawing.groups import coloured, compared, group_label, rows_of
from .drawing.panels import panels
from .drawing.registry import compares, plot
from .drawing.time_axis import FEW_DATES


@plot("decision", by=1, applies=compares, instead_of=("decisions",))
def decisions_by(results: Results, name: str, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """The share of runs that choose each option over time, in each group, such as each policy."""
    column, trajectories, groups = results.variables[name], results.arrays(name), coloured(results, by)
    small = panels(ax, [label for label, _, _ in groups])
    for panel, (_, runs, _) in zip(small, groups):
        stacks = stack(panel, column, trajectories.dates, rows_of(trajectories, name, runs), FEW_DATES)
        panel.locator_params(axis="y", nbins=3)
    title(ax, f"{column.label}, {compared(results, by)}", pad=22)
    ax.set_xlabel("in each quarter: the share of runs that choose each option", fontsize=8)
    legend(ax, handles=stacks[::-1])
    chosen = {label: rows_of(trajectories, name, runs) for label, runs, _ in groups}
    say = "; ".join(f"{label}: {most_frequent(column, values)}" for label, values in chosen.items())
    rows = [(label, *map(percent, shares_of(column, values).mean(axis=1))) for label, values in chosen.items()]
    options = (named(column.options, option) for option in range(len(column.options)))
    describe(ax, f"{column.label}. {say}.", (group_label(results, by), *options), rows)
    return ax
