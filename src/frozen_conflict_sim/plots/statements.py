"""What the texts say: estimates with intervals against their targets, with the mechanism on and off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..record.statements.board import CAVEAT, Part, StatementBoard, StatementLine
from ..record.targets import HOLDS, OPEN
from .drawing.saving import save
from .drawing.style import BLUE, FAINT, GREEN, INK, NOTHING, ORANGE, RED, Page, blank, grow, house_style

COLOURS = {HOLDS: BLUE, OPEN: ORANGE}
MARKS = {HOLDS: "o", OPEN: "s"}  # a miss is a diamond: grey print shows verdicts too
ROW, WIDTH, COLUMNS = 0.19, 8.5, 2
BETWEEN = 2.7  # widths of axes, for the numbers of one column and the names of the next
TARGET, ESTIMATE = 6, 54  # points to the right of the axes
Row = tuple[StatementLine, Part | None]


def statements(board: StatementBoard, *, ax: Axes | None = None) -> Axes:
    """The estimates of all parts that have a target, with their intervals, the mechanism on and off.

    Each row is scaled to its values; the line at zero is where there is no effect.
    """
    with house_style():
        own = ax is None
        ax = ax if ax is not None else blank()
        rows = _rows(board.tested)
        _draw(ax, rows)
        ax.set_title(_title(board))
        ax.legend(handles=_signs(), loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, fontsize=7)
        if own:
            ax.figure.set_figwidth(WIDTH)
            grow(ax, 1.6 + ROW * len(rows))
            ax.set_title(ax.get_title(loc="left"), pad=40)
            ax.figure.supxlabel(provenance(board), x=0.01, ha="left", fontsize=6.5, color=FAINT)
    return ax


def page(board: StatementBoard) -> Figure:
    """The same in columns, as a figure that can be seen at once."""
    with house_style():
        columns = _columns(board.tested)
        longest = max(map(len, columns))
        figure = Page(figsize=(WIDTH * len(columns), 1.6 + ROW * longest))
        axes = figure.subplots(1, len(columns), squeeze=False, gridspec_kw={"wspace": BETWEEN})[0]
        for ax, rows in zip(axes, columns):
            _draw(ax, rows)
            ax.set_ylim(len(rows) - longest - 0.7, len(rows) + 0.5)
        axes[0].set_title(_title(board), pad=40)
        axes[0].legend(handles=_signs(), loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, fontsize=7)
        figure.supxlabel(f"{CAVEAT} · {provenance(board)}", x=0.01, ha="left", fontsize=6.5, color=FAINT)
    return figure


def draw(board: StatementBoard, folder: Path, formats: Sequence[str] = ("svg",), dpi: float | None = None) -> list[Path]:
    """Save the plot of a board in a folder, in columns; returns the files."""
    figure = page(board)
    paths = [folder / f"statements.{form}" for form in formats]
    for path in paths:
        save(figure, path, {"title": _title(board), "provenance": provenance(board)}, dpi)
    return paths


def provenance(board: StatementBoard) -> str:
    """The scenarios, the number of runs and the seed."""
    return f"{', '.join(board.scenarios)} · {board.runs:,} runs · seed {board.seed}"


def _title(board: StatementBoard) -> str:
    return f"What the texts say: {board.held} of {len(board.tested)} statements come out of the model"


def _rows(lines: Sequence[StatementLine]) -> list[Row]:
    """A heading and the tested parts of each statement, from the top."""
    return [(line, part) for line in lines for part in (None, *line.tested)]


def _columns(lines: Sequence[StatementLine]) -> list[list[Row]]:
    """The rows in columns of about the same length; no statement is broken."""
    whole, columns = len(_rows(lines)), [[]]
    for line in lines:
        rows = _rows([line])
        if len(columns) < COLUMNS and len(columns[-1]) + len(rows) / 2 > whole / COLUMNS:
            columns.append([])
        columns[-1] += rows
    return columns


def _draw(ax: Axes, rows: list[Row]) -> None:
    for at, (line, part) in enumerate(reversed(rows)):
        if part is None:
            _heading(ax, at, line)
        else:
            _row(ax, at, part)
    _say(ax, len(rows), TARGET, "target", weight="bold")
    _say(ax, len(rows), ESTIMATE, "mechanism on (off)", weight="bold")
    ax.set_yticks(range(len(rows)), [part.name if part else "" for _, part in reversed(rows)])
    ax.set_ylim(-0.7, len(rows) + 0.5)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xticks([])
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="y", length=0, labelsize=7)


def _heading(ax: Axes, at: int, line: StatementLine) -> None:
    _say(ax, at, -4, line.statement.name, end=0.0, ha="right", weight="bold")
    _say(ax, at, TARGET, line.result, color=INK if line.holds else RED, weight="bold")
    ax.axhline(at + 0.5, color=NOTHING, linewidth=0.6, zorder=0)


def _say(ax: Axes, at: float, place: float, text: str, end: float = 1.0, **style) -> None:
    """Write text beside a row, ``place`` points from one end of the axes."""
    where = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "annotation_clip": False}
    ax.annotate(text, (end, at), (place, 0.0), va="center", **where, **{"fontsize": 7} | style)


def _row(ax: Axes, at: int, part: Part) -> None:
    low, high = _ends(part)

    def place(value: float) -> float:
        return float(np.clip((value - low) / (high - low), 0.0, 1.0))

    band = place(part.target.low), place(part.target.high)
    ax.barh(at, band[1] - band[0], left=band[0], height=0.8, color=GREEN, alpha=0.16, linewidth=0)
    if low < 0.0 < high:
        ax.plot((place(0.0),) * 2, (at - 0.4, at + 0.4), color=FAINT, linewidth=0.5, zorder=1)
    on = COLOURS.get(part.verdict, RED), MARKS.get(part.verdict, "D")
    for found, colour, sign in ((part.off, INK, "x"), (part.estimate, *on)):
        if found is not None and found.runs:
            ax.plot((place(found.low), place(found.high)), (at, at), color=colour, linewidth=1.4, zorder=3)
            ax.plot(place(found.value), at, sign, color=colour, markersize=4, zorder=4)
    _say(ax, at, TARGET, str(part.target))
    _say(ax, at, ESTIMATE, _numbers(part), color=COLOURS.get(part.verdict, RED))


def _numbers(part: Part) -> str:
    found = part.estimate
    on = f"{_number(found.value)} ({_number(found.low)} to {_number(found.high)})" if found.runs else part.verdict
    return f"{on}, off {_number(part.off.value)}" if part.off is not None and part.off.runs else on


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:.4g}"


def _ends(part: Part) -> tuple[float, float]:
    """The values at the ends of a row, with some slack: the estimates, their intervals, the target and zero."""
    estimates = [found for found in (part.estimate, part.off) if found is not None and found.runs]
    numbers = [part.estimate.low, part.estimate.high, part.target.low, part.target.high, *(one.value for one in estimates)]
    finite = [number for number in numbers if np.isfinite(number)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    slack = 0.1 * (high - low or 1.0)
    return low - slack, high + slack


def _signs() -> list:
    """The legend."""
    dots = (
        (BLUE, "o", "the model meets the target"),
        (ORANGE, "s", "open: the interval crosses it"),
        (RED, "D", "the model misses it"),
    )
    return [
        *(Line2D([], [], color=colour, marker=mark, markersize=4, linewidth=1.4, label=label) for colour, mark, label in dots),
        Line2D([], [], color=INK, marker="x", markersize=4, linewidth=1.4, label="with the mechanism off"),
        Patch(color=GREEN, alpha=0.16, label="target"),
        Line2D([], [], color=FAINT, linewidth=0.5, label="zero; every row has a scale of its own"),
    ]
