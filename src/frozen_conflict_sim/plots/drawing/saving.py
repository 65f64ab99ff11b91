"""Save a figure with its provenance: at its foot, in the metadata of its file, and in SVG as title and description."""

from __future__ import annotations

from html import escape
from pathlib import Path
from textwrap import shorten

from matplotlib.axes import Axes
from matplotlib.backend_bases import get_registered_canvas_class
from matplotlib.figure import Figure
from matplotlib.text import Text

from ...experiment.store.files import whole
from ...files.printable import printable
from ...results import Results
from .description import description
from .style import DPI, FAINT, FONT, Page, house_style

FALLBACKS = "Verdana, 'Bitstream Vera Sans', Arial, sans-serif"  # of about the same width


def provenance(results: Results) -> str:
    """Title of the scenario, number of runs, seed and version of the model."""
    manifest = results.manifest
    counts, code = manifest["counts"], manifest["code"]
    model = f"model {code['version']} ({code['fingerprint'][:8]})"
    runs = "1 run" if counts["finished"] == 1 else f"{counts['finished']:,} runs"
    return f"{shorten(manifest['title'], 90, placeholder='…')} · {runs} · seed {manifest['seed']} · {model}"


def caption(figure: Figure, results: Results) -> None:
    """Write the provenance at the foot of a figure."""
    figure.supxlabel(provenance(results), x=0.01, ha="left", fontsize=6.5, color=FAINT)


def about(ax: Axes, results: Results, name: str) -> dict[str, str]:
    """What the file of a plot says about itself: title, provenance and what the plot shows."""
    title = " ".join((ax.get_title(loc="left") or name).split())
    return {"title": title, "provenance": provenance(results), "sentence": description(ax).sentence}


def save(figure: Figure, path: Path, about: dict[str, str], dpi: float | None = None) -> None:
    """Save a figure with its provenance in the metadata; the same figure gives the same bytes.

    ``about`` has ``title``, ``provenance`` and perhaps ``sentence``; ``dpi`` is the resolution of a PNG, 200 by default.
    """
    kind = path.suffix[1:]
    name, sentence = printable(about["title"]), printable(about.get("sentence", ""))
    full = "; ".join(part for part in (name, sentence, printable(about["provenance"])) if part)
    metadata = {
        "svg": {"Date": None, "Title": name, "Description": full},
        "pdf": {"CreationDate": None, "Title": name, "Subject": full},
        "png": {"Title": name, "Description": full},
    }
    for text in figure.findobj(Text):
        text.set_text(printable(text.get_text()))
    canvas, usual = get_registered_canvas_class(kind)(figure), figure.dpi
    with house_style(), whole(path) as temporary:
        if isinstance(figure, Page):
            figure.fit()
        figure.set_dpi((dpi or DPI) if kind == "png" else usual)
        getattr(canvas, f"print_{kind}")(temporary, metadata=metadata[kind])
        figure.set_dpi(usual)
        if kind == "svg":
            temporary.write_text(accessible(temporary.read_text("utf-8"), full), "utf-8")


def accessible(svg: str, text: str) -> str:
    """An SVG picture as an image with a title and a description, in fonts that readers have."""
    svg = svg.replace(f"'{FONT}'", f"'{FONT}', {FALLBACKS}")
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{escape(text)}" ', 1)
    return svg.replace("</title>", f"</title>\n <desc>{escape(text, quote=False)}</desc>", 1)
