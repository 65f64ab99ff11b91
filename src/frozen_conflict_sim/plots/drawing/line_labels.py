"""Labels beside the ends of lines, moved apart where they would overlap; lines that coincide share one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.dates import date2num

from .style import FAINT, INK, LINES, MARKS, SIGNS, Page

SIZE, GAP, LETTER = 8.0, 11.0, 0.56  # of the text in points, between two labels in points, width of a letter in sizes
MARKED, SAME = 9, 0.004  # marks along a line; the share of the axis within which lines coincide
INSIDE = 0.5  # of the axes of a caller, at most, are given to labels


@dataclass(frozen=True)
class Line:
    """A line of a plot: its name, colour, values, and its number among the lines (-1 if it is not one of several)."""

    name: str
    colour: str
    number: int
    x: np.ndarray
    y: np.ndarray


def draw_line(ax: Axes, line: Line, count: int, step: bool = False) -> None:
    """Draw a line with its own dashes and marks; the marks of ``count`` lines stand beside each other where lines coincide."""
    every = max(1, len(line.x) // MARKED)
    first = round(every * (line.number + 0.5) / count) % every if every > 1 else 0
    how = {
        "color": line.colour,
        "linestyle": LINES[line.number % len(LINES)],
        "marker": MARKS[line.number % len(MARKS)],
        "markevery": (min(first, len(line.x) - 1), every),
        "markersize": 4.5,
        "markeredgecolor": "white",
        "markeredgewidth": 0.6,
        "linewidth": 1.8,
        "label": line.name,
    }
    ax.step(line.x, line.y, where="post", **how) if step else ax.plot(line.x, line.y, **how)


def label_lines(ax: Axes, lines: Sequence[Line]) -> bool:
    """Write the names of lines beside their ends; False, and nothing written, if they do not fit.

    On the axes of a caller, who may have other axes beside them, the labels stand inside, in room made at the right.
    """
    groups = [group for group in _coinciding(ax, lines) if np.isfinite(group[0].y).any()]
    if not groups:
        return True
    ends = [_end(group[0]) for group in groups]
    high, wide = _points(ax)
    low, top = ax.get_ylim()
    heights = [(y - low) / ((top - low) or 1.0) * high for _, y in ends]
    texts = [_text(group) for group in groups]
    if len(texts) * GAP > high:
        return False
    if not isinstance(ax.figure, Page):
        needed = max(max(map(len, text.split("\n"))) for text in texts) * SIZE * LETTER + 14
        share = min(needed / wide, INSIDE)
        left, right = ax.get_xlim()
        ax.set_xlim(left, left + (right - left) / (1 - share))
    for group, text, end, at, place in zip(groups, texts, ends, heights, _apart(heights, [t.count("\n") for t in texts], high)):
        moved = abs(place - at) > 1.5
        arrow = {"arrowstyle": "-", "color": FAINT, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 2} if moved else None
        ax.annotate(
            text, end, (12 if moved else 5, place - at), textcoords="offset points", va="center", fontsize=SIZE,
            color=dark(group[0].colour), arrowprops=arrow, annotation_clip=False, linespacing=1.1,
        )  # fmt: skip
    return True


def dark(colour: str) -> tuple[float, float, float]:
    """A colour mixed with ink, to be read as text on white."""
    return tuple(0.5 * a + 0.5 * b for a, b in zip(to_rgb(colour), to_rgb(INK)))


def _text(group: Sequence[Line]) -> str:
    names = [line.name if line.number < 0 else f"{SIGNS[line.number % len(SIGNS)]} {line.name}" for line in group]
    return "\n".join([*names[:-1], names[-1] + (" (the same)" if len(names) > 1 else "")])


def _end(line: Line) -> tuple[float, float]:
    """The last point of a line that is defined."""
    last = np.flatnonzero(np.isfinite(line.y))[-1]
    x = line.x[last]
    return (float(date2num(x)) if isinstance(x, np.datetime64) else float(x)), float(line.y[last])


def _coinciding(ax: Axes, lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that are the same as far as can be seen, together."""
    low, high = ax.get_ylim()
    close, groups = SAME * abs(high - low), []
    for line in lines:
        found = next((group for group in groups if _same(group[0], line, close)), None)
        groups.append([line]) if found is None else found.append(line)
    return groups


def _same(one: Line, other: Line, close: float) -> bool:
    return len(one.y) == len(other.y) and np.allclose(one.y, other.y, rtol=0, atol=close, equal_nan=True)


def _points(ax: Axes) -> tuple[float, float]:
    """About how high and wide the axes are, in points."""
    box = ax.get_window_extent()
    return 72 * box.height / ax.figure.dpi, 72 * box.width / ax.figure.dpi


def _apart(heights: Sequence[float], breaks: Sequence[int], top: float) -> list[float]:
    """The heights of labels, moved up and down as little as needed to be a gap apart, within the axes."""
    order = np.argsort(heights, kind="stable")
    sizes = np.array([GAP + breaks[at] * SIZE * 1.2 for at in order])
    places = np.asarray(heights, float)[order]
    for _ in range(200):
        need = (sizes[1:] + sizes[:-1]) / 2 - np.diff(places)
        if not (need > 1e-6).any():
            break
        push = np.maximum(need, 0) / 2
        places[1:] += push
        places[:-1] -= push
        places += max(0.0, sizes[0] / 2 - GAP / 2 - places[0]) - max(0.0, places[-1] - top)
    found = [0.0] * len(order)
    for at, place in zip(order, places):
        found[at] = float(place)
    return found
