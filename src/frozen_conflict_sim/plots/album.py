"""Draw the pictures of a study into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..analysis.groups import splits
from ..experiment.errors import NoSuchPicture
from ..files.problems import listed, nearest
from ..results import Results
from . import KINDS
from .caption import provenance
from .registry import Picture
from .style import save
from .subjects import quantity, trajectory

FIRST = ("integration", "alienation", "western_alignment")


def draw(
    results: Results,
    folder: Path,
    kinds: Sequence[str] = (),
    wanted: Sequence[str] = (),
    formats: Sequence[str] = ("svg",),
    by: Sequence[str] = (),
) -> list[Path]:
    """Draw pictures of the named kinds (all that apply, if none is named) of the wanted columns (else the headlines).

    ``by`` names the columns by which runs are set side by side; without it, by what the study compares. Answers with the files.
    """
    pictures = _chosen(results, kinds, [splits(results, column) for column in by])
    subjects = [(picture, name) for picture in pictures for name in _subjects(results, picture, wanted)]
    columns = [column for picture in pictures for column in picture.subjects(results) if column]
    _known([want for want in wanted if not any(_means(want, column) for column in columns)], columns, "column")
    return _drawn(results, subjects, folder, formats, by)


def draw_first(results: Results, folder: Path, formats: Sequence[str] = ("svg",)) -> list[Path]:
    """Draw the few pictures that answer what is asked first of runs of one scenario. Answers with the files.

    How did the runs end? When were treaties signed? How far did integration go, and what became of the parents?
    """
    together = quantity(results, key_outcomes=True)
    subjects = [(KINDS["classes"], ""), (KINDS["treaties"], "")]
    for asked in FIRST:
        alone = [name for name in trajectory(results, key_outcomes=True) if _means(asked, name)]
        subjects += [(KINDS["courses"], asked)] if asked in together else [(KINDS["fan"], name) for name in alone]
    return _drawn(results, subjects, folder, formats)


def _drawn(results: Results, subjects: list[tuple[Picture, str]], folder: Path, formats, by=()) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    how = {"by": by[0] if len(by) == 1 else tuple(by)} if by else {}
    written = []
    for picture, name in subjects:
        axes = picture.function(results, *([name] if name else []), **how)
        for form in formats:
            path = folder / f"{'-'.join(part for part in (picture.name, name, *by) if part)}.{form}"
            save(axes.figure, path, {"title": axes.get_title(loc="left") or picture.name, "provenance": provenance(results)})
            written.append(path)
    return written


def _chosen(results: Results, kinds: Sequence[str], by: Sequence[str]) -> list[Picture]:
    """The pictures that are drawn of these results."""
    _known(kinds, KINDS, "picture")
    if kinds:
        chosen = [KINDS[kind] for kind in dict.fromkeys(kinds)]
        for picture in chosen:
            if by and picture.by != len(by):
                raise NoSuchPicture(f"{picture.name} is drawn by {picture.by or 'no'} columns, not by {listed(by)}")
            if not by and not picture.applies(results):
                hint = ", unless by columns that are named" if picture.by else ""
                raise NoSuchPicture(f"these results have nothing that {picture.name} could show{hint}")
        return chosen
    if by:
        return [picture for picture in KINDS.values() if picture.by == len(by)]
    applying = [picture for picture in KINDS.values() if picture.applies(results)]
    replaced = {name for picture in applying for name in picture.instead_of}
    return [picture for picture in applying if picture.name not in replaced and not picture.on_request]


def _subjects(results: Results, picture: Picture, wanted: Sequence[str]) -> list[str]:
    if not wanted:
        return picture.subjects(results, key_outcomes=True)
    return [name for name in picture.subjects(results) if any(_means(want, name) for want in wanted)]


def _means(want: str, column: str) -> bool:
    return column == want or column.endswith(f".{want}")


def _known(words: Sequence[str], known, what: str) -> None:
    for word in words:
        if word not in known:
            hint = nearest(word, known) or f"; known are {listed(known)}"
            raise NoSuchPicture(f"there is no {what} {word!r}{hint}")
