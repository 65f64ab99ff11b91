"""The frontier of a search: every policy that was tried, those that no other beats, and the futures around them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from matplotlib.axes import Axes

from ...analysis.choice.frontier import Frontier
from ..drawing.description import describe
from ..drawing.panels import panels
from ..drawing.style import BLUE, FAINT, GREEN, NOTHING, ORANGE, blank, grow, house_style

PANEL = 3.4


def frontier_of_policies(found: Frontier, *, ax: Axes | None = None) -> Axes:
    """Each pair of objectives in a panel: policies tried (grey), the frontier (numbers), good enough (green area)."""
    with house_style():
        ax = ax if ax is not None else blank()
        pairs = list(combinations(range(len(found.objectives)), 2)) or [(0, 0)]
        if len(pairs) == 1:
            _panel(ax, found, *pairs[0])
        else:
            for panel, (x, y) in zip(panels(ax, [""] * len(pairs), columns=min(3, len(pairs))), pairs):
                _panel(panel, found, x, y, small=True)
            handles, labels = panel.get_legend_handles_labels()
            panel.legend(handles, labels, loc="upper left", bbox_to_anchor=(1.04, 1.0), fontsize=7)
            grow(ax, PANEL * -(-len(pairs) // 3))
        ax.set_title(f"{len(found.whole)} of {len(found.trials)} policies are on the frontier")
        describe(ax, " ".join(found.sentences))
    return ax


def _panel(ax: Axes, found: Frontier, x: int, y: int, small: bool = False) -> None:
    tried = np.array([trial.values for trial in found.trials])
    ax.plot(tried[:, x], tried[:, y], ".", color=NOTHING, markersize=5, label="tried")
    means = found.futures.mean(axis=1)
    for at, trial in enumerate(found.kept):
        ends = [found.mean(at, place)[1] or (means[at, place],) * 2 for place in (x, y)]
        ax.plot(ends[0], (means[at, y],) * 2, color=BLUE, linewidth=0.8, alpha=0.6)
        ax.plot((means[at, x],) * 2, ends[1], color=BLUE, linewidth=0.8, alpha=0.6)
        place = {"fontsize": 6 if small else 7.5, "textcoords": "offset points"}
        ax.annotate(str(trial.number), (means[at, x], means[at, y]), (4, 4), color=FAINT, **place)
    ax.plot(means[:, x], means[:, y], "o", color=BLUE, markersize=5, label="frontier, in fresh futures (90 % intervals)")
    least = int(found.criteria.largest_regret.argmin())
    ax.plot(means[least, x], means[least, y], "o", color=ORANGE, markersize=9, fillstyle="none", label="least regret")
    _enough(ax, found, x, y)
    ax.set_xlabel(_says(found, x), fontsize=6.5 if small else 9)
    ax.set_ylabel(_says(found, y), fontsize=6.5 if small else 9)
    ax.margins(0.08)
    if not small:
        ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=8)


def _enough(ax: Axes, found: Frontier, x: int, y: int) -> None:
    """Lines where an outcome is good enough."""
    labelled = False
    for place, line in ((x, ax.axvline), (y, ax.axhline)):
        enough = found.objectives[place].enough
        if enough is not None:
            line(enough, color=GREEN, linewidth=1.0, linestyle=(0, (4, 2)), label=None if labelled else "good enough")
            labelled = True


def _says(found: Frontier, place: int) -> str:
    objective = found.objectives[place]
    return f"{objective.name.replace('_', ' ')}\n({objective.better} is better)"


def provenance(found: Frontier) -> str:
    """The scenario, the number of policies and futures, and the seed."""
    experiment = found.experiment
    return (
        f"{experiment.scenario.title} · {len(found.trials)} policies, {found.futures.shape[1]} futures · seed {experiment.seed}"
    )
