"""Tables as plain text, which also read well in a file, and the formats of their cells."""

from __future__ import annotations

import sys
from collections.abc import Callable

from rich import box
from rich.console import Console
from rich.table import Table

PIPED_WIDTH = 150


def console() -> Console:
    """Standard output for tables, without markup; respects ``NO_COLOR``, and does not break lines in a pipe."""
    return Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, markup=False, emoji=False)


def table(title: str, columns: dict[str, str], rows) -> Table:
    """A table; ``columns`` maps each heading to ``left`` or ``right``."""
    result = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for at, (heading, justify) in enumerate(columns.items()):
        result.add_column(heading, justify=justify, overflow="fold", no_wrap=at == 0)
    for row in rows:
        result.add_row(*row)
    return result


def number(value: float | None) -> str:
    """Format a number: three significant digits, and no decimals for whole numbers.

    >>> number(0.12345), number(12.345), number(1234.5), number(2.0), number(-0.0001), number(None)
    ('0.123', '12.3', '1,234', '2', '0.000', '–')
    """
    if value is None:
        return "–"
    if value == round(value):
        return f"{value:,.0f}"
    decimals = next((decimals for decimals, least in ((0, 1000), (1, 10), (2, 1)) if abs(value) >= least), 3)
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"


def percent(value: float | None) -> str:
    """Format a share as a percentage.

    >>> percent(0.825)
    '82.5 %'
    """
    return "–" if value is None else f"{100 * value:.1f} %"


def interval(pair: tuple[float | None, float | None] | None, written: Callable = number) -> str:
    """Format an interval.

    >>> interval((0.1, 0.2)), interval((-0.1, 0.2)), interval((0.1, 0.2), percent), interval(None)
    ('0.100–0.200', '-0.100 to 0.200', '10.0–20.0 %', '–')
    """
    if pair is None or None in pair:
        return "–"
    low, high = (written(end) for end in pair)
    unit = " %" if low.endswith(" %") else ""
    return f"{low.removesuffix(unit)}{' to ' if pair[0] < 0 else '–'}{high}"
