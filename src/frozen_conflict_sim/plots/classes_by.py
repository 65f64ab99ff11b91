"""The classes of runs in each group."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from ..analysis.intervals import means
from ..analysis.numbers import percent
from ..analysis.summary import class_shares
from ..results import Results
from .drawing.axes import label, legend, note, title
from .drawing.description import describe
from .drawing.groups import coloured, compared, group_label
from .drawing.registry import compares, plot
from .drawing.style import BOX, COLOURS, HATCHES, INK, NOTHING, grow

ENOUGH_ROOM = 0.07


@plot("study", by=1, applies=compares, instead_of=("classes",))
def classes_by(results: Results, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """The shares of the classes of runs in each group, such as each policy, stacked."""
    names = [line.name for line in class_shares(results)]
    groups = coloured(results, by)[::-1]
    shares, widest = np.zeros((len(groups), len(names))), 0.0
    for at, (_, runs, _) in enumerate(groups):
        found = means(np.column_stack([runs["class"] == name for name in names]), runs["stream"].to_numpy())
        shares[at] = found.values
        for place, share in enumerate(found.values):
            widest = max(widest, *(abs(end - share) for end in found.interval_of_share(place) or (share,)))
    left = np.zeros(len(groups))
    for place, (name, colour, hatch) in enumerate(zip(names, (*COLOURS, NOTHING), (*HATCHES, ""))):
        if not shares[:, place].any():
            continue
        bar = {"height": 0.66, "color": colour, "alpha": 0.75, "hatch": hatch, "edgecolor": "white", "linewidth": 0.8}
        ax.barh(range(len(groups)), shares[:, place], left=left, label=label(name), **bar)
        for at, share in enumerate(shares[:, place]):
            if share >= ENOUGH_ROOM:
                ax.annotate(
                    f"{share:.0%}", (left[at] + share / 2, at), ha="center", va="center", fontsize=8, color=INK, bbox=BOX
                )
        left += shares[:, place]
    ax.set_yticks(range(len(groups)), [label for label, _, _ in groups])
    ax.set_ylabel(group_label(results, by))
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_xlabel("share of runs")
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    title(ax, f"How the runs went, {compared(results, by)}")
    note(ax, f"90 % intervals of the shares: at most ± {100 * widest:.0f} percentage points")
    legend(ax)
    grow(ax, 1.5 + 0.46 * len(groups))
    by_group = [(group, row) for (group, _, _), row in zip(groups[::-1], shares[::-1])]
    most = "; ".join(f"{group}: {names[int(row.argmax())]} {percent(row.max())}" for group, row in by_group if len(row))
    rows = [(group, *map(percent, row)) for group, row in by_group]
    describe(ax, f"The most frequent class of runs {compared(results, by)}: {most}.", (group_label(results, by), *names), rows)
    return ax
