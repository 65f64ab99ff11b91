"""How numbers, shares and intervals are written for readers."""

from __future__ import annotations

from collections.abc import Callable


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
