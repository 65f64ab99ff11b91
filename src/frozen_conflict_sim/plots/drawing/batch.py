"""Draw many plots of a study into a folder: those that are named, all that apply, or the first few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ...analysis.groups import check_grouping
from ...experiment.errors import NoSuchPlot
from ...experiment.store.files import make_folder
from ...files.printable import file_name
from ...files.problems import listed, nearest
from ...results import Results
from .registry import PLOTS, Plot
from .saving import about, save
from .targets import quantity, trajectory

Progress = Callable[[int], object]
Size = tuple[float, float]
FIRST = ("integration", "alienation", "western_alignment")


def draw(
    results: Results,
    folder: Path,
    names: Sequence[str] = (),
    columns: Sequence[str] = (),
    formats: Sequence[str] = ("svg",),
    by: Sequence[str] = (),
    progress: Progress = lambda drawn: None,
    size: Size | None = None,
    dpi: float | None = None,
) -> tuple[list[Path], list[str]]:
    """Draw the named plots (by default all that apply) of the named columns (by default the key outcomes) into a folder.

    ``by`` names the columns by which runs are grouped, by default what the study compares. ``progress`` is called with the
    number of plots just drawn. ``size`` is the width and height in inches, ``dpi`` the resolution of PNG files. Returns the
    files, and a sentence about each named plot that cannot be drawn of these results. Raises ``NoSuchPlot`` for an unknown plot
    or column, and if none of the named plots can be drawn.
    """
    plots, unsuitable = _chosen(results, names, [check_grouping(results, column) for column in by])
    targets = {plot.name: _targets(results, plot, columns) for plot in plots}
    known = [*(target for plot in PLOTS.values() for target in plot.targets(results) if target), *results.columns]
    _check([column for column in columns if not any(_means(column, each) for each in known)], known, "column")
    if names:
        of = f" of {listed(columns)}" if columns else " in these results"
        unsuitable += [f"{name} has nothing to show{of}" for name, found in targets.items() if not found]
    pairs = [(plot, target) for plot in plots for target in targets[plot.name]]
    if unsuitable and not pairs:
        raise NoSuchPlot("\n".join(unsuitable))
    return _drawn(results, pairs, folder, formats, by, progress, size, dpi), unsuitable


def draw_first(
    results: Results, folder: Path, formats: Sequence[str] = ("svg",), size: Size | None = None, dpi: float | None = None
) -> list[Path]:
    """Draw the few plots to look at first after running one scenario; returns the files.

    They show how the runs ended, when treaties were signed, how far integration went, and what became of the parents.
    """
    shared = quantity(results, key_outcomes=True)
    pairs = [(PLOTS["classes"], ""), (PLOTS["treaties"], "")]
    for name in FIRST:
        single = [target for target in trajectory(results, key_outcomes=True) if _means(name, target)]
        pairs += [(PLOTS["trajectories"], name)] if name in shared else [(PLOTS["fan"], target) for target in single]
    return _drawn(results, pairs, folder, formats, size=size, dpi=dpi)


def _drawn(
    results: Results,
    pairs: list[tuple[Plot, str]],
    folder: Path,
    formats: Sequence[str],
    by: Sequence[str] = (),
    progress: Progress = lambda drawn: None,
    size: Size | None = None,
    dpi: float | None = None,
) -> list[Path]:
    make_folder(folder)
    how = {"by": by[0] if len(by) == 1 else tuple(by)} if by else {}
    written = []
    for plot, target in pairs:
        axes = plot.function(results, *([target] if target else []), size=size, **how)
        for form in formats:
            path = folder / f"{file_name('-'.join(part for part in (plot.name, target, *by) if part))}.{form}"
            save(axes.figure, path, about(axes, results, plot.name), dpi)
            written.append(path)
        progress(1)
    return written


def _chosen(results: Results, names: Sequence[str], by: Sequence[str]) -> tuple[list[Plot], list[str]]:
    """The named plots, or all, that apply to these results; and a sentence about each named one that does not."""
    _check(names, PLOTS, "plot")
    if names:
        plots = [PLOTS[name] for name in dict.fromkeys(names)]
        reasons = {plot.name: _why_not(results, plot, by) for plot in plots}
        return [plot for plot in plots if not reasons[plot.name]], [reason for reason in reasons.values() if reason]
    if by:
        return [plot for plot in PLOTS.values() if plot.by == len(by)], []
    applying = [plot for plot in PLOTS.values() if plot.applies(results)]
    replaced = {name for plot in applying for name in plot.instead_of}
    return [plot for plot in applying if plot.name not in replaced and not plot.on_request], []


def _why_not(results: Results, plot: Plot, by: Sequence[str]) -> str:
    """Why a plot cannot be drawn of these results; empty if it can."""
    if by and plot.by != len(by):
        return f"{plot.name} is drawn by {plot.by or 'no'} columns, not by {listed(by)}"
    if not by and not plot.applies(results):
        return f"these results have nothing that {plot.name} could show{'; choose columns with --by' if plot.by else ''}"
    return ""


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
