"""What an actor hopes to get: Shapley shares of its motives, and the smallest sets that suffice."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ...analysis.lattice.motives import Lattice
from ...analysis.lattice.words import words
from ...analysis.wording import percent
from ..drawing.description import describe
from ..drawing.style import COLOURS, FAINT, INK, NOTHING, blank, grow, house_style

ROW, MOST_SETS = 0.34, 6


def motives(found: Lattice, *, ax: Axes | None = None) -> Axes:
    """The share of each motive in the probability of each outcome with 90 % intervals; on the right, a column a minimal set."""
    with house_style():
        ax = ax if ax is not None else blank()
        games = list(found.games.items())
        names = list(games[0][1].players)
        high = 0.8 / len(games)
        for place, (outcome, game) in enumerate(games):
            rows = np.arange(len(names)) + (place - (len(games) - 1) / 2) * high
            values = np.array([share.value for share in game.shares])
            reach = np.array([share.high - share.value for share in game.shares])
            colour = COLOURS[place % len(COLOURS)]
            ax.barh(rows, 100 * values, height=high * 0.9, color=colour, label=found.labels[outcome])
            ax.errorbar(100 * values, rows, xerr=100 * reach, fmt="none", ecolor=INK, elinewidth=1.0)
        ax.set_yticks(range(len(names)), [words(name) for name in names])
        ax.set_ylim(len(names) - 0.4, -0.6)
        ax.axvline(0, color=FAINT, linewidth=0.8)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel("Shapley share of the probability, percentage points")
        ax.set_title(f"What {found.actor} hopes to get: the share of each motive")
        ax.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=min(3, len(games)), fontsize=8)
        grow(ax, 1.9 + ROW * len(names) * max(1.0, len(games) / 2))
        ax.set_title(ax.get_title(loc="left"), pad=30)
        describe(ax, " ".join(found.sentences.values()))
        _sets(ax, found, names)
    return ax


def _sets(ax: Axes, found: Lattice, names: list[str]) -> None:
    """The smallest sufficient sets as columns of dots: a dot a member, its share of runs above."""
    columns = [
        (game, coalition, COLOURS[place % len(COLOURS)])
        for place, game in enumerate(found.games.values())
        for coalition in game.sufficient(found.enough)[:MOST_SETS]
    ]
    beside = ax.inset_axes((1.04, 0.0, 0.075 * max(len(columns), 1) + 0.02, 1.0), sharey=ax)
    for at, (game, coalition, colour) in enumerate(columns):
        members = [names.index(name) for name in game.members(coalition)]
        beside.plot([at] * len(names), range(len(names)), "o", color=NOTHING, markersize=4)
        filled = "white" if game.is_open(coalition, found.enough) else colour
        beside.plot([at] * len(members), members, "o-", color=colour, markerfacecolor=filled, markersize=6, linewidth=1.2)
        share = percent(game.value[coalition]).replace(" ", "\u00a0")
        beside.annotate(share, (at, -0.6), (0, 2), textcoords="offset points", ha="center", fontsize=6.5, annotation_clip=False)
    beside.set_xlim(-0.6, max(len(columns), 1) - 0.4)
    beside.set_xticks([])
    beside.tick_params(axis="y", length=0, labelleft=False)
    beside.grid(visible=False)
    for spine in beside.spines.values():
        spine.set_visible(False)
    beside.set_xlabel(
        "smallest sets that suffice\n(hollow: chance leaves it open)" if columns else "no set suffices", fontsize=8
    )


def provenance(found: Lattice) -> str:
    """The scenario, the number of runs of each coalition, and the seed."""
    return f"{found.scenario.title} · {found.runs:,} runs of each coalition, the same random numbers · seed {found.seed}"
