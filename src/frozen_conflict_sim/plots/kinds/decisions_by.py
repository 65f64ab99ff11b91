"""What an actor chose over time under each policy."""

from __future__ import annotations

from matplotlib.axes import Axes

from ...results import Results
from ..axes import title
from ..dates import FEW_DATES
from ..levels import coloured, courses_of, said
from ..panels import panels
from ..registry import compares, picture
from .decisions import stack


@picture("decision", by=1, applies=compares, instead_of=("decisions",))
def decisions_by(results: Results, name: str, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """The share of runs that choose each option, by quarter, at each level of a column: by default under each policy."""
    column, courses, groups = results.courses[name], results.arrays(name), coloured(results, by)
    small = panels(ax, [label for label, _, _ in groups])
    for panel, (_, runs, _) in zip(small, groups):
        stacks = stack(panel, column, courses.dates, courses_of(courses, name, runs), FEW_DATES)
        panel.locator_params(axis="y", nbins=3)
    title(ax, column.label, pad=22)
    ax.set_xlabel(f"share of runs, by quarter; {said(results, by)}", fontsize=8)
    ax.legend(handles=stacks[::-1], loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax
