"""What it is worth to know each parameter before choosing, for each actor."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ...analysis.doubt.poll import Poll
from ..drawing.description import describe
from ..drawing.style import COLOURS, FAINT, INK, blank, grow, house_style

MOST, ROW = 10, 0.3


def poll(found: Poll, *, ax: Axes | None = None) -> Axes:
    """The value of the ten most valuable parameters of each choice, with 90 % intervals; hollow: no more than chance."""
    with house_style():
        ax = ax if ax is not None else blank()
        rows, labels = 0, []
        for place, choice in enumerate(found.choices):
            colour = COLOURS[place % len(COLOURS)]
            for line in choice.lines[:MOST]:
                value = line.information
                fill = colour if line.is_known else "white"
                ax.barh(rows, value.value, height=0.7, color=fill, edgecolor=colour, linewidth=0.8)
                if line.is_known:
                    ax.plot((value.low, value.high), (rows, rows), color=INK, linewidth=1.0)
                labels.append(f"{line.parameter} ({line.grade})")
                rows += 1
            ax.barh(np.nan, 0.0, color=colour, label=f"{choice.chooser.actor} chooses {choice.chooser.lever}")
            rows += 1
            labels.append("")
        ax.set_yticks(range(len(labels)), labels, fontsize=8)
        ax.set_ylim(rows - 1.3, -0.8)
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="y", visible=False)
        ax.axvline(0, color=FAINT, linewidth=0.8)
        ax.set_xlabel("expected value of knowing the parameter, in what the actor wants")
        ax.set_title("Which poll next? What it is worth to know a parameter", pad=18 + 14 * len(found.choices))
        ax.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), fontsize=8)
        grow(ax, 1.8 + ROW * rows)
        describe(ax, " ".join(sentence for choice in found.choices for sentence in choice.sentences))
    return ax


def provenance(found: Poll) -> str:
    """The question, and how many points there were."""
    points = max((choice.points for choice in found.choices), default=0)
    return f"{found.question} · {points} points"
