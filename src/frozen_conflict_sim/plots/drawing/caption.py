"""The provenance of a plot: a line at its foot, and the same text in the metadata of its file."""

from __future__ import annotations

from textwrap import shorten

from matplotlib.figure import Figure

from ...results import Results
from .style import FAINT


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
