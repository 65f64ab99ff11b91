"""The house style: how every plot looks, and how it is saved.

The colours are those of @okabe2008, which colour-blind readers can distinguish, also in grey.
"""

from __future__ import annotations

from io import BytesIO

from matplotlib import rc_context, rcParamsDefault
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase, get_registered_canvas_class
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from ...files.printable import printable

BLUE, ORANGE, GREEN, RED, SKY, PINK, YELLOW = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442"
COLOURS = (BLUE, ORANGE, GREEN, RED, SKY, PINK, YELLOW)
LINES = (  # dashes, marks and hatches tell lines and areas apart where colours do not, as in grey print
    "solid",
    (0, (6, 2)),
    (0, (2, 1.5)),
    (0, (6, 2, 1.5, 2)),
    (0, (10, 3)),
    (0, (1, 1)),
    (0, (4, 1, 1, 1, 1, 1)),
)
MARKS = ("o", "^", "s", "D", "v", "P", "X")
SIGNS = ("●", "▲", "■", "◆", "▼", "✚", "✖")  # the same in text
HATCHES = ("", "////", "....", "\\\\\\\\", "xxxx", "----", "oo")
NOTHING = "#D9D9D9"
BOX = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.0}  # under text, which stays readable on anything
INK, FAINT = "#222222", "#6B6B6B"
SMALL = {"fontsize": 7.5, "color": FAINT}
FRAME = {"left": 0.1, "right": 0.8, "bottom": 0.15, "top": 0.9}
PAD, FOOT = 0.06, 0.15
SIZE = (7.2, 4.3)
LEAST_WIDTH = 3.4  # inches of the axes themselves, however long the labels around them
FONT, DPI = "DejaVu Sans", 200
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
    "font.family": FONT,
    "font.size": 9,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.6,
    "hatch.color": "#FFFFFF",
    "hatch.linewidth": 0.8,
    "legend.frameon": False,
    "savefig.dpi": DPI,
    "savefig.facecolor": "white",
    "svg.fonttype": "none",  # text stays text: it can be searched, selected and read aloud
    "svg.hashsalt": "frozen-conflict-sim",
    "text.color": INK,
    "text.parse_math": False,  # a dollar in a title is a dollar
    "xtick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.color": FAINT,
    "ytick.labelcolor": INK,
}


class Page(Figure):
    """A figure in the house style whose margins fit what is around its axes: labels, legends and titles.

    One that is ``fixed`` has the size that its caller wanted.
    """

    fixed, _fitted = False, False

    def draw(self, renderer: RendererBase) -> None:
        """Measure what is around the axes, set the margins, and draw; text is shown without control characters."""
        for text in self.findobj(Text):
            text.set_text(printable(text.get_text()))
        with house_style():
            if not self._fitted:
                self._fit(renderer)
            self._fitted = False
            super().draw(renderer)

    def fit(self) -> None:
        """Measure before drawing, and widen the figure until its axes have room beside what is around them."""
        with house_style():
            renderer = RendererAgg(*(self.get_size_inches() * self.dpi), self.dpi)
            self._fit(renderer)
            if self._room < LEAST_WIDTH and not self.fixed:
                self.set_figwidth(self.get_figwidth() + LEAST_WIDTH - self._room)
                self._fit(renderer)
        self._fitted = True

    def _fit(self, renderer: RendererBase) -> None:
        self.subplots_adjust(**FRAME)  # from the same start, so that drawing twice gives the same
        taken = Bbox.union([axes.get_tightbbox(renderer, for_layout_only=True) for axes in self.axes])
        around, now, (wide, high) = taken.transformed(self.transFigure.inverted()), self.subplotpars, self.get_size_inches()
        left, bottom = now.left - around.x0 + PAD / wide, now.bottom - around.y0 + (PAD + FOOT) / high
        right, top = now.right - around.x1 + 1 - PAD / wide, now.top - around.y1 + 1 - PAD / high
        self._room = (right - left) * wide
        self.subplots_adjust(left=left, right=max(right, left + 0.1), bottom=bottom, top=max(top, bottom + 0.1))


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
    if isinstance(figure, Page):
        figure.fit()
    with house_style():
        get_registered_canvas_class("png")(figure).print_png(data)
    return data.getvalue()


def blank(size: tuple[float, float | None] | None = None) -> Axes:
    """The axes of a new figure, which a notebook shows; it belongs to no window and changes no global state.

    ``size`` is its width and height in inches, which it then keeps; without a height it has the one that the plot needs.
    """
    wide, high = size or SIZE
    page = Page(figsize=(wide, high or SIZE[1] * (wide / SIZE[0]) ** 0.5))
    page.fixed = size is not None and high is not None
    return page.add_subplot(axes_class=ShownAxes)


def grow(ax: Axes, inches: float) -> None:
    """Set the height of the figure in inches, unless the caller supplied the axes or the size."""
    if isinstance(ax.figure, Page) and not ax.figure.fixed:
        ax.figure.set_figheight(inches)


def nothing(ax: Axes) -> Axes:
    """Write on the axes that there is nothing to draw."""
    ax.set_axis_off()
    ax.set_title("No run was finished")
    return ax
