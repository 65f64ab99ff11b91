"""The house style: how every plot looks, and how it is saved.

The colours are those of @okabe2008, which colour-blind readers can distinguish, also in grey.
"""

from __future__ import annotations

from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase, get_registered_canvas_class
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

BLUE, ORANGE, GREEN, RED, SKY, PINK, YELLOW = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442"
COLOURS = (BLUE, ORANGE, GREEN, RED, SKY, PINK, YELLOW)
LINES = (
    "solid",
    (0, (6, 2)),
    (0, (2, 1.5)),
    (0, (6, 2, 1.5, 2)),
    (0, (10, 3)),
    (0, (1, 1)),
)  # lines on top of each other stay visible
NOTHING = "#D9D9D9"
INK, FAINT = "#222222", "#6B6B6B"
SMALL = {"fontsize": 7.5, "color": FAINT}
FRAME = {"left": 0.1, "right": 0.8, "bottom": 0.15, "top": 0.9}
PAD, FOOT = 0.06, 0.15

HOUSE = {
    "axes.axisbelow": True,
    "axes.edgecolor": FAINT,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlepad": 16,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titley": 1.0,
    "figure.dpi": 100,
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "savefig.dpi": 160,
    "savefig.facecolor": "white",
    "svg.hashsalt": "frozen-conflict-sim",
    "text.color": INK,
    "text.parse_math": False,  # a dollar in a title is a dollar
    "xtick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.color": FAINT,
    "ytick.labelcolor": INK,
}


class Page(Figure):
    """A figure whose margins fit what is around its axes: labels, legends and titles."""

    def draw(self, renderer: RendererBase) -> None:
        """Measure what is around the axes, set the margins, and draw."""
        self.subplots_adjust(**FRAME)  # from the same start, so that drawing twice gives the same
        taken = Bbox.union([axes.get_tightbbox(renderer, for_layout_only=True) for axes in self.axes])
        around, now, (wide, high) = taken.transformed(self.transFigure.inverted()), self.subplotpars, self.get_size_inches()
        self.subplots_adjust(
            left=now.left - around.x0 + PAD / wide,
            right=now.right - around.x1 + 1 - PAD / wide,
            bottom=now.bottom - around.y0 + (PAD + FOOT) / high,
            top=now.top - around.y1 + 1 - PAD / high,
        )
        super().draw(renderer)


def house_style():
    """A context in which plots are drawn and saved in the house style."""
    return rc_context(HOUSE)


def blank(ax: Axes | None) -> Axes:
    """The given axes, or those of a new figure that belongs to no window and changes no global state."""
    return ax if ax is not None else Page(figsize=(7.2, 4.3)).add_subplot()


def grow(ax: Axes, inches: float) -> None:
    """Set the height of the figure in inches, unless the caller supplied the axes."""
    if isinstance(ax.figure, Page):
        ax.figure.set_figheight(inches)


def nothing(ax: Axes) -> Axes:
    """Write on the axes that there is nothing to draw."""
    ax.set_axis_off()
    ax.set_title("No run was finished")
    return ax


def save(figure: Figure, path: Path, about: dict[str, str]) -> None:
    """Save a figure with its provenance in the metadata; the same figure gives the same bytes."""
    kind = path.suffix[1:]
    description = f"{about['title']}; {about['provenance']}"
    metadata = {
        "svg": {"Date": None, "Title": about["title"], "Description": description},
        "pdf": {"CreationDate": None, "Title": about["title"], "Subject": description},
        "png": {"Title": about["title"], "Description": description},
    }
    canvas = get_registered_canvas_class(kind)(figure)
    with house_style():
        getattr(canvas, f"print_{kind}")(path, metadata=metadata[kind])
