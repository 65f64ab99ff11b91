"""Pictures of a report: plots as SVG inside the page, with their finding and their table."""

from __future__ import annotations

import re
from io import StringIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG

from ..experiment.errors import ResultsError
from ..plots import PLOTS
from ..plots.drawing.description import description
from ..plots.drawing.saving import about, accessible
from ..plots.drawing.style import house_style
from ..results import Results
from .document import Picture, Table

WIDE = 5.6  # inches: text is large enough on a phone
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", flags=re.DOTALL)
_PATH = re.compile(r' d="[^"]*"')
_LONG = re.compile(r"(\d\.\d\d)\d+")
_NAME = re.compile(r'((?:\sid="|xlink:href="#|url\(#))')


def picture(results: Results, plot: str, target: str = "", **how) -> Picture | None:
    """A plot of some results as a picture; None where it does not apply to them, or has nothing to show."""
    if not how and not PLOTS[plot].applies(results):
        return None
    try:
        axes = PLOTS[plot].function(results, *([target] if target else []), size=(WIDE, None), **how)
    except ResultsError:
        return None
    return pictured(axes, results, "-".join(part for part in (plot, target) if part))


def pictured(axes: Axes, results: Results, name: str) -> Picture:
    """The figure of some axes as a picture; ``name`` keeps its parts apart from those of other pictures."""
    told, label = description(axes), about(axes, results, name)
    rows = Table(f"Numbers of the picture: {label['title']}", told.headings, told.rows) if told.rows else None
    return Picture(label["title"], svg_of(axes, f"{label['title']}. {told.sentence}", name), told.sentence, rows)


def svg_of(axes: Axes, text: str, name: str) -> str:
    """A figure as SVG to stand in a page: text as text, with a description, and with names that are its own."""
    written = StringIO()
    with house_style():
        if hasattr(axes.figure, "fit"):
            axes.figure.fit()
        FigureCanvasSVG(axes.figure).print_svg(written, metadata={"Date": None, "Title": text.split(". ")[0]})
    svg = accessible(written.getvalue(), text)
    svg = _METADATA.sub("", svg[svg.index("<svg ") :])
    svg = _PATH.sub(lambda found: _LONG.sub(r"\1", found.group()), svg)
    prefix = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return _NAME.sub(rf"\g<1>{prefix}-", svg)
