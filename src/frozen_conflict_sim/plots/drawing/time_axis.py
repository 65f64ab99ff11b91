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
    """Mark dated events with numbered lines, and list their names under the axes."""
    pairs = zip(setting.events, (event.first for event in setting.events_in_turns))
    certain = {event.key for event in setting.events if event.present and event.kind in ("scheduled", "trend")}
    certain -= {address[1] for address in setting.values if address[0] == EVENT.name and address[2] in (AT, PRESENT)}
    dated = [(event, turn) for event, turn in pairs if event.key in certain and 0 <= turn < len(dates)]
    dated.sort(key=lambda pair: pair[0].first)
    for numbers, turns in _groups([turn for _, turn in dated], len(dates) / NUMBERS_THAT_FIT):
        for turn in set(turns):
            ax.axvline(dates[turn], color=INK, linewidth=0.8, linestyle=(0, (3, 3)), alpha=0.6)
        middle = dates[turns[0]] + (dates[turns[-1]] - dates[turns[0]]) / 2
        ax.annotate(numbers, (middle, 1), (0, 2), ("data", "axes fraction"), "offset points", ha="center", **SMALL)
    if dated:
        when = [written(setting.start, event.first).replace("-", " ") for event, _ in dated]
        names = [f"{at} {event.name} ({date})" for at, ((event, _), date) in enumerate(zip(dated, when), 1)]
        ax.set_xlabel(
            fill("   ".join(name.replace(" ", NO_BREAK) for name in names), 110).replace(NO_BREAK, " "), loc="left", **SMALL
        )


def _groups(turns: list[int], close: float) -> Iterator[tuple[str, list[int]]]:
    """Labels and turns of events; events too close together share a label such as "2–5"."""
    begins = [at for at, turn in enumerate(turns) if at == 0 or turn - turns[at - 1] > close]
    for first, after in zip(begins, [*begins[1:], len(turns)]):
        yield f"{first + 1}" if after == first + 1 else f"{first + 1}–{after}", turns[first:after]
