"""Dates: a month (``2014-01``), a quarter (``2014-Q1``) or a day (``2014-11-24``), all read as quarters."""

from __future__ import annotations

import re
from datetime import date

EXPECTED = "a month (2014-01), a quarter (2014-Q1) or a day (2014-11-24)"
PATTERN = r"([12][0-9]{3})-(?:Q([1-4])|(0[1-9]|1[0-2])(?:-([0-3][0-9]))?)"
_DATE = re.compile(PATTERN)


def quarter(text: str) -> tuple[int, int] | None:
    """The year and quarter of a date; ``None`` if the text is no date.

    >>> quarter("2014-11"), quarter("2014-Q4"), quarter("2014-13")
    ((2014, 4), (2014, 4), None)
    """
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, named, month, day = found.groups()
    if named:
        return int(year), int(named)
    try:
        exact = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return exact.year, (exact.month + 2) // 3


def written(when: tuple[int, int], later: int = 0) -> str:
    """A quarter as files write it, or the one ``later`` quarters after it.

    >>> written((2014, 4)), written((2014, 4), later=1)
    ('2014-Q4', '2015-Q1')
    """
    quarters = when[0] * 4 + when[1] - 1 + later
    return f"{quarters // 4}-Q{quarters % 4 + 1}"


def in_year(year: float) -> str:
    """The quarter in which a decimal year begins.

    >>> in_year(2014.25)
    '2014-Q2'
    """
    return f"{year // 1:.0f}-Q{year % 1 * 4 + 1:.0f}"


def quarters_after(when: tuple[int, int], start: tuple[int, int]) -> int:
    """The number of quarters from the start to a quarter.

    >>> quarters_after((2015, 1), (2014, 4))
    1
    """
    return (when[0] - start[0]) * 4 + when[1] - start[1]
