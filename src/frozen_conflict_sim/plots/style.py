"""The house style: how every picture looks, and how it is saved.

Colours are those of Okabe and Ito (2008), which stay apart for colour-blind readers and in grey.
"""

from __future__ import annotations

from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLUE, ORANGE, GREEN, RED, SKY, PINK, YELLOW = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442"
COLOURS = (BLUE, ORANGE, GREEN, RED, SKY, PINK, YELLOW)
NOTHING = "#D9D9D9"
INK, FAINT = "#222222", "#6B6B6B"
SMALL = {"fontsize": 7.5, "color": FAINT}

HOUSE = {
    "axes.axisbelow": True,
    "axes.edgecolor": FAINT,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlepad": 16,
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
    """A figure of our own, that may be made as high as its picture needs."""


def house_style():
    """Within this context pictures are drawn and saved in the house style."""
    return rc_context(HOUSE)


def blank(ax: Axes | None) -> Axes:
    """The axes to draw on: those given, or those of a new figure that belongs to no window and no global state."""
    return ax if ax is not None else Page(figsize=(7.2, 4.3), layout="constrained").add_subplot()


def grow(ax: Axes, inches: float) -> None:
    """Make the page of a picture as high as it needs; on axes that somebody gave, nothing happens."""
    if isinstance(ax.figure, Page):
        ax.figure.set_figheight(inches)


def nothing(ax: Axes) -> Axes:
    """Say on the axes that there is nothing to draw."""
    ax.set_axis_off()
    ax.set_title("No run was finished")
    return ax


def save(figure: Figure, path: Path, about: dict[str, str]) -> None:
    """Save a picture with its provenance in the file; the same picture gives the same bytes."""
    kind = path.suffix[1:]
    said = f"{about['title']}; {about['provenance']}"
    metadata = {
        "svg": {"Date": None, "Title": about["title"], "Description": said},
        "pdf": {"CreationDate": None, "Title": about["title"], "Subject": said},
        "png": {"Title": about["title"], "Description": said},
    }
    with house_style():
        figure.savefig(path, format=kind, metadata=metadata[kind])
