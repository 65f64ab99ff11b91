"""What experts believe: the range of each, by parameter, beside the pool."""

from __future__ import annotations

from matplotlib.axes import Axes

from ...analysis.doubt.experts import Compared
from ..drawing.description import describe
from ..drawing.panels import panels
from ..drawing.style import BLUE, INK, ORANGE, blank, grow, house_style


def experts(found: Compared, *, ax: Axes | None = None) -> Axes:
    """A panel for each parameter: 5 % to 95 % and median of each expert, and of all together; orange where it matters."""
    with house_style():
        ax = ax if ax is not None else blank()
        matter = {one.key for one in found.swings if one.matters}
        titles = [f"{one.key} ({100 * one.between:.0f} % between)" for one in found.disagreements]
        columns = min(2, len(titles))
        for panel, one in zip(panels(ax, titles, columns=columns), found.disagreements):
            lines = [(belief.expert, belief.quantiles) for belief in one.beliefs] + [("all together", one.pool)]
            for row, (name, (low, median, high)) in enumerate(lines):
                colour = INK if name == "all together" else ORANGE if one.key in matter else BLUE
                panel.plot((low, high), (row, row), color=colour, linewidth=1.6)
                panel.plot(median, row, "o", color=colour, markersize=4)
            panel.set_yticks(range(len(lines)), [name for name, _ in lines])
            panel.set_ylim(len(lines) - 0.5, -0.5)
            panel.grid(axis="y", visible=False)
        most = max(len(one.beliefs) for one in found.disagreements) + 1
        grow(ax, 0.9 + (0.55 + 0.24 * most) * -(-len(titles) // columns))
        ax.set_title("What the experts believe, and (orange) where it matters who is right")
        describe(ax, " ".join(found.sentences))
    return ax


def provenance(found: Compared) -> str:
    """The question, the scenario and the number of runs."""
    return f"{found.elicitation.question} · {found.elicitation.scenario.title} · {found.runs:,} runs of the pool"
