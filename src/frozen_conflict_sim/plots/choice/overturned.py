"""How far each finding is from being turned around, and by which parameters."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ...findings.overturn import FARTHEST, Overturned
from ..drawing.description import describe
from ..drawing.style import BLUE, FAINT, ORANGE, RED, blank, grow, house_style

ROW = 0.32


def overturned(found: Sequence[Overturned], *, ax: Axes | None = None) -> Axes:
    """A bar a finding: its distance from turning in units of support, with the two parameters that change most."""
    with house_style():
        ax = ax if ax is not None else blank()
        ordered = sorted(found, key=lambda one: one.point.distance)
        for row, one in enumerate(ordered):
            length = min(one.point.distance, FARTHEST)
            colour = (ORANGE if one.point.distance <= 1 else BLUE) if one.holds else RED
            ax.barh(row, length, height=0.7, color=colour, alpha=1.0 if one.point.turns else 0.35)
            leading = ", ".join(
                f"{s.key.rpartition('.')[2]} {'−' if by < 0 else '+'}{abs(by):.1f}" for s, by, _ in one.changes[:2]
            )
            says = leading if one.point.turns else f"nothing within {FARTHEST:g} units"
            ax.annotate(says, (length, row), (4, 0), textcoords="offset points", va="center", fontsize=7, color=FAINT)
        ax.axvline(1.0, color=FAINT, linewidth=0.8, linestyle=(0, (4, 2)))
        ax.set_yticks(range(len(ordered)), [one.finding.name.replace("_", " ") for one in ordered], fontsize=8)
        ax.set_ylim(len(ordered) - 0.4, -0.6)
        ax.set_xlim(0, FARTHEST * 1.5)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel("least joint change that turns it around, in units of support (dashed: what the grades allow)")
        ax.set_title("What you must believe to turn a finding around", pad=32)
        colours = {BLUE: "holds, safe", ORANGE: "holds, within what the grades allow", RED: "does not hold as it is"}
        handles = [Patch(color=colour, label=label) for colour, label in colours.items()]
        ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, fontsize=7.5)
        grow(ax, 1.7 + ROW * len(ordered))
        describe(ax, " ".join(f"{one.finding.name}: {one.sentence}" for one in ordered))
    return ax


def provenance(found: Sequence[Overturned]) -> str:
    """How many findings, and how many runs of each variant."""
    return f"{len(found)} findings · {max((one.runs for one in found), default=0)} runs of each variant"
