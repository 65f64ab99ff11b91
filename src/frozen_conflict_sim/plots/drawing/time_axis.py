"""Time axes: quarters as dates, and the dated events of the scenario."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes

from ...engine.event_numbers import AT, EVENT, PRESENT
from ...engine.setting import Setting
from ...files.dates import written
from .axes import NO_BREAK
from .style import INK, SMALL

QUARTER = np.timedelta64(92, "D")  # from any day of a quarter this leads into the next one
STEPS = (1, 2, 4, 8, 20, 40, 100, 200, 400)
NUMBERS_THAT_FIT = 25
DATES_THAT_FIT, FEW_DATES = 11, 3
STEM = {"arrowstyle": "-", "color": INK, "linewidth": 0.8, "linestyle": (0, (3, 3)), "alpha": 0.6, "shrinkA": 0, "shrinkB": 0}
ROW, LETTER, MOST_ROWS = 10.0, 4.2, 5  # names of events: height of a row and width of a letter in points


def time_axis(ax: Axes, dates: np.ndarray, most: int = DATES_THAT_FIT) -> None:
    """Label the x axis with at most ``most`` dates: every quarter, every year, or every few years."""
    first, last = dates[[0, -1]].astype("datetime64[M]").astype(int) // 3
    quarters = np.arange(first, last + 1)
    step = next(step for step in (*STEPS, len(quarters)) if len(quarters) <= most * step)
    shown = quarters[quarters % step == 0]
    ax.set_xticks(_first_day(shown), [_called(quarter, at == 0) for at, quarter in enumerate(shown)])
    ax.set_xlim(dates[0], max(dates[-1], dates[0] + QUARTER))


def _first_day(quarters: np.ndarray) -> np.ndarray:
    return (3 * quarters).astype("datetime64[M]").astype("datetime64[ns]")


def end_of(dates: np.ndarray) -> np.datetime64:
    """The end of the last turn, given the first day of each."""
    months = np.diff(dates[:2].astype("datetime64[M]").astype(int)) if len(dates) > 1 else [3]
    return dates[-1] + QUARTER * int(months[0]) // 3


def _called(quarter: int, first: bool) -> str:
    r"""The label of a quarter, counted from 1970: the year for a first quarter, with the year at the start of the axis.

    >>> _called(177, True), _called(178, False), _called(180, False)
    ('Q2\n2014', 'Q3', '2015')
    """
    year, number = str(1970 + quarter // 4), f"Q{quarter % 4 + 1}"
    return year if number == "Q1" else f"{number}\n{year}" if first else number


def mark_events(ax: Axes, setting: Setting, dates: np.ndarray) -> None:
    """Mark dated events by lines, with their names above the axes; call this when the title is set.

    Names are in rows, so that none overlaps another. If there are too many for that, the lines are numbered and their names
    listed under the axes.
    """
    pairs = zip(setting.events, (event.first for event in setting.events_in_turns))
    certain = {event.key for event in setting.events if event.present and event.kind in ("scheduled", "trend")}
    certain -= {address[1] for address in setting.values if address[0] == EVENT.name and address[2] in (AT, PRESENT)}
    dated = [(event, turn) for event, turn in pairs if event.key in certain and 0 <= turn < len(dates)]
    dated.sort(key=lambda pair: pair[0].first)
    by_turn: dict[int, list[str]] = {}
    for event, turn in dated:
        by_turn.setdefault(turn, []).append(event.name)
    for turn in by_turn:
        ax.axvline(dates[turn], color=INK, linewidth=0.8, linestyle=(0, (3, 3)), alpha=0.6)
    wide = 72 * ax.get_window_extent().width / ax.figure.dpi
    rows = _rows({turn: ", ".join(names) for turn, names in by_turn.items()}, len(dates), wide)
    if rows is None:
        _number_events(ax, setting, dates, dated)
        return
    for turn, (row, text, aligned) in rows.items():
        lift, nudge = 3 + ROW * row, 3 if aligned == "left" else -3
        where = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "annotation_clip": False}
        ax.annotate(text, (dates[turn], 1), (nudge, lift), ha=aligned, va="bottom", **where, **SMALL)
        ax.annotate("", (dates[turn], 1), (0, lift + ROW - 2), arrowprops=STEM, **where)
    if rows:
        ax.set_title(ax.get_title(loc="left"), pad=10 + ROW * (1 + max(row for row, _, _ in rows.values())))


def _rows(names: dict[int, str], turns: int, wide: float) -> dict[int, tuple[int, str, str]] | None:
    """The row, text and side of the name of each event, the last event in the lowest row; None if they do not fit."""
    rows: list[list[tuple[float, float]]] = []
    found = {}
    for turn, name in sorted(names.items(), reverse=True):
        at, length = wide * turn / max(turns - 1, 1), LETTER * len(name) + 6
        aligned = "left" if at + length <= wide or at < wide / 2 else "right"
        if length > wide + 40:
            return None
        span = (at - 4, at + length) if aligned == "left" else (at - length, at + 4)
        row = next((row for row, taken in enumerate(rows) if _free(span, taken)), len(rows))
        # a stem of this event would cross the names in lower rows, so it stands above all that it would cross
        row = max([row, *(lower + 1 for lower, taken in enumerate(rows) if not _free((at - 2, at + 2), taken))])
        while len(rows) <= row:
            rows.append([])
        rows[row].append(span)
        found[turn] = row, name, aligned
    return found if len(rows) <= MOST_ROWS else None


def _free(span: tuple[float, float], taken: list[tuple[float, float]]) -> bool:
    return all(span[1] < start or end < span[0] for start, end in taken)


def _number_events(ax: Axes, setting: Setting, dates: np.ndarray, dated: list) -> None:
    """Number the lines of events above the axes, and list their names under them."""
    for numbers, turns in _groups([turn for _, turn in dated], len(dates) / NUMBERS_THAT_FIT):
        middle = dates[turns[0]] + (dates[turns[-1]] - dates[turns[0]]) / 2
        ax.annotate(numbers, (middle, 1), (0, 2), ("data", "axes fraction"), "offset points", ha="center", **SMALL)
    when = [written(setting.start, event.first).replace("-", " ") for event, _ in dated]
    names = [f"{at} {event.name} ({date})" for at, ((event, _), date) in enumerate(zip(dated, when), 1)]
    listed = fill("   ".join(name.replace(" ", NO_BREAK) for name in names), 110).replace(NO_BREAK, " ")
    ax.set_xlabel("\n".join(filter(None, (ax.get_xlabel(), listed))), loc="left", **SMALL)


def _groups(turns: list[int], close: float) -> Iterator[tuple[str, list[int]]]:
    """Labels and turns of events; events too close together share a label such as "2–5"."""
    begins = [at for at, turn in enumerate(turns) if at == 0 or turn - turns[at - 1] > close]
    for first, after in zip(begins, [*begins[1:], len(turns)]):
        yield f"{first + 1}" if after == first + 1 else f"{first + 1}–{after}", turns[first:after]
