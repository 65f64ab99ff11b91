"""Save the plots of this folder, and write their provenance below them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes

from ...experiment.store.files import make_folder
from ..drawing.description import description
from ..drawing.saving import save
from ..drawing.style import FAINT, house_style


def saved(ax: Axes, folder: Path, name: str, provenance: str, formats: Sequence[str] = ("svg",)) -> list[Path]:
    """Save axes with their figure as ``folder/name.svg`` (or other formats); the files."""
    with house_style():
        ax.figure.supxlabel(provenance, x=0.01, ha="left", fontsize=6.5, color=FAINT)
    make_folder(folder)
    paths = [folder / f"{name}.{form}" for form in formats]
    for path in paths:
        save(
            ax.figure, path, {"title": ax.get_title(loc="left"), "provenance": provenance, "sentence": description(ax).sentence}
        )
    return paths
