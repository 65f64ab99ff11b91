"""What a plot shows, in words: a computed sentence and a table of its numbers, for readers who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from ...files.printable import printable
from .axes import INVISIBLE

_KEPT_AS = "frozen_conflict_sim_description"


@dataclass(frozen=True)
class Description:
    """The finding of a plot as a sentence, and its numbers as a table of ``headings`` and ``rows``."""

    sentence: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def describe(ax: Axes, sentence: str, headings: Sequence[str] = (), rows: Iterable[Sequence[str]] = ()) -> None:
    """Attach a description to the axes of a plot."""
    plain = printable(sentence).replace(INVISIBLE, "")
    table = tuple(tuple(cell.replace(INVISIBLE, "") for cell in row) for row in (headings, *rows))
    setattr(ax, _KEPT_AS, Description(plain, table[0], table[1:]))


def description(ax: Axes) -> Description:
    """The description of a plot; an empty one if it has none."""
    return getattr(ax, _KEPT_AS, Description())


def every_year(dates: np.ndarray, most: int = 12) -> np.ndarray:
    """Places of the dates that a table over time shows: the first, the first of each year (or every few years), the last.

    >>> every_year(np.array(["2014-04", "2014-10", "2015-01", "2015-07", "2016-01", "2016-04"], "datetime64[M]")).tolist()
    [0, 2, 4, 5]
    """
    years = dates.astype("datetime64[Y]").astype(int)
    first = np.flatnonzero(np.diff(years, prepend=years[:1] - 1))
    step = -(-len(first) // most)
    return np.unique([0, *first[::step], len(dates) - 1])


def quarter_of(date: np.datetime64) -> str:
    """A date as a quarter.

    >>> quarter_of(np.datetime64("2014-04"))
    '2014 Q2'
    """
    months = int(date.astype("datetime64[M]").astype(int))
    return f"{1970 + months // 12} Q{months % 12 // 3 + 1}"
