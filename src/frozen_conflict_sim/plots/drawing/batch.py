"""Draw the pictures of a study into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...analysis.groups import splits
from ...experiment.errors import NoSuchPlot
from ...files.problems import listed, nearest
from ...results import Results
from .caption import provenance
from .registry import PLOTS, Plot
from .style import save
from .targets import quantity, trajectory

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
    plots = _chosen(results, kinds, [splits(results, column) for column in by])
    subjects = [(plot, name) for plot in plots for name in _subjects(results, plot, wanted)]
    columns = [column for plot in plots for column in plot.subjects(results) if column]
    _known([want for want in wanted if not any(_means(want, column) for column in columns)], columns, "column")
    return _drawn(results, subjects, folder, formats, by)


def draw_first(results: Results, folder: Path, formats: Sequence[str] = ("svg",)) -> list[Path]:
    """Draw the few pictures that answer what is asked first of runs of one scenario. Answers with the files.

    How did the runs end? When were treaties signed? How far did integration go, and what became of the parents?
    """
    together = quantity(results, key_outcomes=True)
    subjects = [(PLOTS["classes"], ""), (PLOTS["treaties"], "")]
    for asked in FIRST:
        alone = [name for name in trajectory(results, key_outcomes=True) if _means(asked, name)]
        subjects += [(PLOTS["trajectories"], asked)] if asked in together else [(PLOTS["fan"], name) for name in alone]
    return _drawn(results, subjects, folder, formats)


def _drawn(results: Results, subjects: list[tuple[Plot, str]], folder: Path, formats, by=()) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    how = {"by": by[0] if len(by) == 1 else tuple(by)} if by else {}
    written = []
    for plot, name in subjects:
        axes = plot.function(results, *([name] if name else []), **how)
        for form in formats:
            path = folder / f"{'-'.join(part for part in (plot.name, name, *by) if part)}.{form}"
            save(axes.figure, path, {"title": axes.get_title(loc="left") or plot.name, "provenance": provenance(results)})
            written.append(path)
    return written


def _chosen(results: Results, kinds: Sequence[str], by: Sequence[str]) -> list[Plot]:
    """The pictures that are drawn of these results."""
    _known(kinds, PLOTS, "picture")
    if kinds:
        chosen = [PLOTS[kind] for kind in dict.fromkeys(kinds)]
        for plot in chosen:
            if by and plot.by != len(by):
                raise NoSuchPlot(f"{plot.name} is drawn by {plot.by or 'no'} columns, not by {listed(by)}")
            if not by and not plot.applies(results):
                hint = ", unless by columns that are named" if plot.by else ""
                raise NoSuchPlot(f"these results have nothing that {plot.name} could show{hint}")
        return chosen
    if by:
        return [plot for plot in PLOTS.values() if plot.by == len(by)]
    applying = [plot for plot in PLOTS.values() if plot.applies(results)]
    replaced = {name for plot in applying for name in plot.instead_of}
    return [plot for plot in applying if plot.name not in replaced and not plot.on_request]


def _subjects(results: Results, plot: Plot, wanted: Sequence[str]) -> list[str]:
    if not wanted:
        return plot.subjects(results, key_outcomes=True)
    return [name for name in plot.subjects(results) if any(_means(want, name) for want in wanted)]


def _means(want: str, column: str) -> bool:
    return column == want or column.endswith(f".{want}")


def _known(words: Sequence[str], known, what: str) -> None:
    for word in words:
        if word not in known:
            hint = nearest(word, known) or f"; known are {listed(known)}"
            raise NoSuchPlot(f"there is no {what} {word!r}{hint}")
