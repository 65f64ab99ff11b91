"""Draw the pictures of a study into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..experiment.errors import NoSuchPicture
from ..results import Results
from ..scenario.problems import listed, nearest
from . import KINDS
from .caption import provenance
from .style import save


def draw(
    results: Results, folder: Path, kinds: Sequence[str] = (), wanted: Sequence[str] = (), formats: Sequence[str] = ("svg",)
) -> list[Path]:
    """Draw pictures of the named kinds (all, if none is named) of the wanted columns (the headlines, if none is named)."""
    _known(kinds, KINDS, "picture")
    pictures = [KINDS[kind] for kind in dict.fromkeys(kinds or KINDS)]
    subjects = [(picture, name) for picture in pictures for name in _subjects(results, picture, wanted)]
    columns = [column for picture in pictures for column in picture.subjects(results) if column]
    _known([want for want in wanted if not any(_means(want, column) for column in columns)], columns, "column")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for picture, name in subjects:
        axes = picture.function(results, *([name] if name else []))
        for form in formats:
            path = folder / f"{picture.name}{'-' + name if name else ''}.{form}"
            save(axes.figure, path, {"title": axes.get_title(loc="left") or picture.name, "provenance": provenance(results)})
            written.append(path)
    return written


def _subjects(results: Results, picture, wanted: Sequence[str]) -> list[str]:
    if not wanted:
        return list(picture.subjects(results, headlines=True))
    return [name for name in picture.subjects(results) if any(_means(want, name) for want in wanted)]


def _means(want: str, column: str) -> bool:
    return column == want or column.endswith(f".{want}")


def _known(words: Sequence[str], known, what: str) -> None:
    for word in words:
        if word not in known:
            hint = nearest(word, known) or f"; known are {listed(known)}"
            raise NoSuchPicture(f"there is no {what} {word!r}{hint}")
