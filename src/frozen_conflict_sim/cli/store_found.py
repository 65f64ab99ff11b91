"""Store what a command found: as JSON, and as a plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .screen.messages import json_text, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def store(
    folder: Path, name: str, data: dict, ax: Axes, provenance: str, formats: Sequence[str] = ("svg",), quiet: bool = False
) -> None:
    """Write ``name.json`` and the plot ``name.svg`` (or other formats) into a folder, which is made if need be."""
    from ..experiment.store.files import make_folder, write_atomically
    from ..plots.choice.saving import saved

    make_folder(folder)
    write_atomically(folder / f"{name}.json", (json_text(data) + "\n").encode())
    paths = saved(ax, folder, name, provenance, formats)
    if not quiet:
        say(f"data and plot:  {', '.join(map(str, (folder / f'{name}.json', *paths)))}")
