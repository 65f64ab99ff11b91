"""Draw many plots of a study into a folder: those that are named, all that apply, or the first few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ...analysis.groups import check_grouping
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
    names: Sequence[str] = (),
    columns: Sequence[str] = (),
    formats: Sequence[str] = ("svg",),
    by: Sequence[str] = (),
) -> list[Path]:
    """Draw the named plots (by default all that apply) of the named columns (by default the key outcomes) into a folder.

    ``by`` names the columns by which runs are grouped, by default what the study compares. Returns the files. Raises
    ``NoSuchPlot`` for an unknown plot or column, or a plot that cannot be drawn of these results.
    """
    plots = _chosen(results, names, [check_grouping(results, column) for column in by])
    pairs = [(plot, target) for plot in plots for target in _targets(results, plot, columns)]
    known = [target for plot in plots for target in plot.targets(results) if target]
    _check([column for column in columns if not any(_means(column, target) for target in known)], known, "column")
    return _drawn(results, pairs, folder, formats, by)


def draw_first(results: Results, folder: Path, formats: Sequence[str] = ("svg",)) -> list[Path]:
    """Draw the few plots to look at first after running one scenario; returns the files.

    They show how the runs ended, when treaties were signed, how far integration went, and what became of the parents.
    """
    shared = quantity(results, key_outcomes=True)
    pairs = [(PLOTS["classes"], ""), (PLOTS["treaties"], "")]
    for name in FIRST:
        single = [target for target in trajectory(results, key_outcomes=True) if _means(name, target)]
        pairs += [(PLOTS["trajectories"], name)] if name in shared else [(PLOTS["fan"], target) for target in single]
    return _drawn(results, pairs, folder, formats)


def _drawn(
    results: Results, pairs: list[tuple[Plot, str]], folder: Path, formats: Sequence[str], by: Sequence[str] = ()
) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    how = {"by": by[0] if len(by) == 1 else tuple(by)} if by else {}
    written = []
    for plot, target in pairs:
        axes = plot.function(results, *([target] if target else []), **how)
        for form in formats:
            path = folder / f"{'-'.join(part for part in (plot.name, target, *by) if part)}.{form}"
            save(axes.figure, path, {"title": axes.get_title(loc="left") or plot.name, "provenance": provenance(results)})
            written.append(path)
    return written


def _chosen(results: Results, names: Sequence[str], by: Sequence[str]) -> list[Plot]:
    """The named plots, or all that apply to these results."""
    _check(names, PLOTS, "plot")
    if names:
        chosen = [PLOTS[name] for name in dict.fromkeys(names)]
        for plot in chosen:
            if by and plot.by != len(by):
                raise NoSuchPlot(f"{plot.name} is drawn by {plot.by or 'no'} columns, not by {listed(by)}")
            if not by and not plot.applies(results):
                hint = "; choose columns with --by" if plot.by else ""
                raise NoSuchPlot(f"these results have nothing that {plot.name} could show{hint}")
        return chosen
    if by:
        return [plot for plot in PLOTS.values() if plot.by == len(by)]
    applying = [plot for plot in PLOTS.values() if plot.applies(results)]
    replaced = {name for plot in applying for name in plot.instead_of}
    return [plot for plot in applying if plot.name not in replaced and not plot.on_request]


def _targets(results: Results, plot: Plot, columns: Sequence[str]) -> list[str]:
    if not columns:
        return plot.targets(results, key_outcomes=True)
    return [target for target in plot.targets(results) if any(_means(column, target) for column in columns)]


def _means(name: str, column: str) -> bool:
    """Whether ``name`` is the column, or its last words: ``alienation`` means ``georgia.alienation``."""
    return column == name or column.endswith(f".{name}")


def _check(names: Iterable[str], known, what: str) -> None:
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"; known are {listed(known)}"
            raise NoSuchPlot(f"there is no {what} {name!r}{hint}")
