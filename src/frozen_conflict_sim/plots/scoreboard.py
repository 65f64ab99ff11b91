"""The scoreboard of patterns: estimates with intervals, null models as small marks, targets as bands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..record.scoreboard import CAVEAT, MODEL, PASSES, Line, Part, Scoreboard
from ..record.targets import HOLDS, OPEN
from .drawing.saving import save
from .drawing.style import BLUE, FAINT, GREEN, INK, NOTHING, ORANGE, RED, blank, grow, house_style

HEADINGS = {"test": "test patterns", "check": "checks", "input": "checks of the input data"}
COLOURS = {HOLDS: BLUE, OPEN: ORANGE}
MARKS = {HOLDS: "o", OPEN: "s"}  # a miss is a diamond: grey print shows verdicts too
ROW, WIDTH = 0.21, 10.0
SCALED = "↔"
TARGET, ESTIMATE, RESULT = 6, 52, 158  # points to the right of the axes


def scoreboard(board: Scoreboard, *, ax: Axes | None = None) -> Axes:
    """The estimates of all patterns with their intervals, beside the null models and the targets.

    A target that is not a share is scaled to the values in its row.
    """
    with house_style():
        own = ax is None
        ax = ax if ax is not None else blank()
        rows = list(_rows(board))[::-1]
        for at, (label, line, part) in enumerate(rows):
            if part is None:
                _say(ax, at, -4, label, end=0.0, ha="right", weight="bold")
            else:
                _row(ax, at, line, part)
        for place, heading in ((TARGET, "target"), (ESTIMATE, "model"), (RESULT, "result")):
            _say(ax, len(rows), place, heading, weight="bold")
        ax.set_yticks(range(len(rows)), [label if part else "" for label, _, part in rows])
        ax.set_ylim(-0.7, len(rows) + 0.5)
        ax.set_xlim(-0.02, 1.02)
        ax.set_xticks(np.arange(0, 1.01, 0.2))
        ax.grid(axis="y", visible=False)
        ax.tick_params(axis="y", length=0, labelsize=7.5)
        ax.set_title(f"Patterns of the record: {board.passed} of {len(board.of('test'))} test patterns pass")
        ax.set_xlabel(f"from 0 to 1; rows marked {SCALED} are scaled to their values\n" + "\n".join(CAVEAT), fontsize=7.5)
        ax.legend(handles=_signs(), loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, fontsize=7)
        if own:
            ax.figure.set_figwidth(WIDTH)
            grow(ax, 1.9 + ROW * len(rows))
            ax.set_title(ax.get_title(loc="left"), pad=40)
            ax.figure.supxlabel(provenance(board), x=0.01, ha="left", fontsize=6.5, color=FAINT)
    return ax


def draw(board: Scoreboard, folder: Path, formats: Sequence[str] = ("svg",), dpi: float | None = None) -> list[Path]:
    """Save the plot of a scoreboard in a folder; returns the files."""
    axes = scoreboard(board)
    paths = [folder / f"scoreboard.{form}" for form in formats]
    for path in paths:
        save(axes.figure, path, {"title": axes.get_title(loc="left"), "provenance": provenance(board)}, dpi)
    return paths


def provenance(board: Scoreboard) -> str:
    """The scenarios, numbers of runs and seed."""
    return f"{', '.join(board.scenarios)} · {board.runs:,} runs, null models {board.runs_of_nulls:,} · seed {board.seed}"


def _rows(board: Scoreboard):
    """Label, line and part of each row, from the top; a heading has neither line nor part."""
    for kind, heading in HEADINGS.items():
        if board.of(kind):
            yield heading, None, None
        for line in board.of(kind):
            for part in line.parts:
                scaled = "" if _ends(part) == (0.0, 1.0) else f" {SCALED}"
                yield f"{line.pattern.name}{': ' if part.name else ''}{part.name}{scaled}", line, part


def _say(ax: Axes, at: float, place: float, text: str, end: float = 1.0, **style) -> None:
    """Write text beside a row, ``place`` points from one end of the axes."""
    where = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "annotation_clip": False}
    ax.annotate(text, (end, at), (place, 0.0), va="center", **where, **{"fontsize": 7.5} | style)


def _row(ax: Axes, at: int, line: Line, part: Part) -> None:
    model, verdict = part.estimates[MODEL], part.verdict(MODEL)
    low, high = _ends(part)

    def place(value: float) -> float:
        return float(np.clip((value - low) / (high - low), 0.0, 1.0))

    band = place(part.target.low), place(part.target.high)
    ax.barh(at, band[1] - band[0], left=band[0], height=0.8, color=GREEN, alpha=0.16, linewidth=0)
    for arm, found in part.estimates.items():
        if arm != MODEL and found.runs:
            sign, colour = ("x", INK) if arm in line.must_fail else (".", FAINT)
            ax.plot(place(found.value), at, sign, color=colour, markersize=4, markeredgewidth=0.8, zorder=3)
    _say(ax, at, TARGET, str(part.target))
    if model.runs:
        colour = COLOURS.get(verdict, RED)
        ax.plot((place(model.low), place(model.high)), (at, at), color=colour, linewidth=1.6, zorder=4)
        ax.plot(place(model.value), at, MARKS.get(verdict, "D"), color=colour, markersize=5, zorder=5)
        _say(ax, at, ESTIMATE, f"{model.value:.2f} ({model.low:.2f} to {model.high:.2f})", color=colour)
    if part is line.parts[0]:
        _say(ax, at, RESULT, line.result, color=INK if line.result in (PASSES, HOLDS) else RED)
        ax.axhline(at + 0.5, color=NOTHING, linewidth=0.6, zorder=0)


def _ends(part: Part) -> tuple[float, float]:
    """The values at the ends of a row: 0 and 1 for shares, else the least and largest value with some slack."""
    numbers = [found.value for found in part.estimates.values() if found.runs]
    model = part.estimates[MODEL]
    numbers += [model.low, model.high, part.target.low, part.target.high]
    finite = [number for number in numbers if np.isfinite(number)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    if low >= 0.0 and high <= 1.0:
        return 0.0, 1.0
    slack = 0.08 * (high - low or 1.0)
    return low - slack, high + slack


def _signs() -> list:
    """The legend."""
    dots = (
        (BLUE, "o", "the model meets the target"),
        (ORANGE, "s", "open: the interval crosses it"),
        (RED, "D", "the model misses it"),
    )
    return [
        *(Line2D([], [], color=colour, marker=mark, markersize=5, linewidth=1.6, label=label) for colour, mark, label in dots),
        Patch(color=GREEN, alpha=0.16, label="target"),
        Line2D([], [], color=INK, marker="x", markersize=4, linestyle="", label="without the mechanism: must miss it"),
        Line2D([], [], color=FAINT, marker=".", markersize=5, linestyle="", label="other null models"),
    ]
