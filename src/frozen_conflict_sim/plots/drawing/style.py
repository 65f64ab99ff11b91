"""The house style: how every plot looks, and how it is saved.

The colours are those of @okabe2008, which colour-blind readers can distinguish, also in grey.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from matplotlib import rc_context, rcParamsDefault
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase, get_registered_canvas_class
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from ...experiment.store.files import whole
from ...files.printable import printable

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
SIZE = (7.2, 4.3)
# Matplotlib's own settings of how things look, without those of windows, files and the back end.
NEUTRAL = {
    name: value
    for name, value in rcParamsDefault.items()
    if name.split(".")[0] not in ("animation", "backend", "backend_fallback", "date", "figure", "interactive", "keymap", "path",
                                  "timezone", "toolbar", "tk", "webagg", "docstring")
}  # fmt: skip

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
    """A figure in the house style whose margins fit what is around its axes: labels, legends and titles."""

    def draw(self, renderer: RendererBase) -> None:
        """Measure what is around the axes, set the margins, and draw; text is shown without control characters."""
        for text in self.findobj(Text):
            text.set_text(printable(text.get_text()))
        with house_style():
            self._fit(renderer)
            super().draw(renderer)

    def _fit(self, renderer: RendererBase) -> None:
        self.subplots_adjust(**FRAME)  # from the same start, so that drawing twice gives the same
        taken = Bbox.union([axes.get_tightbbox(renderer, for_layout_only=True) for axes in self.axes])
        around, now, (wide, high) = taken.transformed(self.transFigure.inverted()), self.subplotpars, self.get_size_inches()
        self.subplots_adjust(
            left=now.left - around.x0 + PAD / wide,
            right=now.right - around.x1 + 1 - PAD / wide,
            bottom=now.bottom - around.y0 + (PAD + FOOT) / high,
            top=now.top - around.y1 + 1 - PAD / high,
        )


def house_style():
    """A context in which plots are drawn and saved in the house style, whatever the user's own settings are."""
    return rc_context(NEUTRAL | HOUSE)


class ShownAxes(Axes):
    """Axes that a notebook shows as their picture."""

    def _repr_png_(self) -> bytes:
        return picture(self.figure)


def picture(figure: Figure) -> bytes:
    """A figure as the bytes of a PNG file."""
    data = BytesIO()
    with house_style():
        get_registered_canvas_class("png")(figure).print_png(data)
    return data.getvalue()


def blank() -> Axes:
    """The axes of a new figure, which a notebook shows; it belongs to no window and changes no global state."""
    return Page(figsize=SIZE).add_subplot(axes_class=ShownAxes)


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
    name = printable(about["title"])
    description = f"{name}; {printable(about['provenance'])}"
    metadata = {
        "svg": {"Date": None, "Title": name, "Description": description},
        "pdf": {"CreationDate": None, "Title": name, "Subject": description},
        "png": {"Title": name, "Description": description},
    }
    canvas = get_registered_canvas_class(kind)(figure)
    with house_style(), whole(path) as temporary:
        getattr(canvas, f"print_{kind}")(temporary, metadata=metadata[kind])
