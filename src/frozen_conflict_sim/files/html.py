"""Small pieces of HTML for notebooks; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from .printable import printable

LONGEST = 200  # letters of a cell


def text(value: object) -> str:
    """A value as text that cannot be markup.

    >>> text("<b>")
    '&lt;b&gt;'
    """
    said = printable(str(value))
    return escape(said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…")


def heading(title: object, about: object = "") -> str:
    """A title, and a line about it."""
    below = f'<div style="opacity:.75">{text(about)}</div>' if about else ""
    return f'<div style="font-weight:600;font-size:1.1em">{text(title)}</div>{below}'


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> str:
    """A table whose first column is left-aligned; empty without rows.

    >>> table(["key", "value"], [])
    ''
    """
    body = "".join("<tr>" + "".join(_cell(at, cell) for at, cell in enumerate(row)) + "</tr>" for row in rows)
    if not body:
        return ""
    top = "".join(f'<th style="text-align:{_side(at)}">{text(name)}</th>' for at, name in enumerate(headings))
    about = f'<caption style="text-align:left;caption-side:top">{text(caption)}</caption>' if caption else ""
    return f"<table>{about}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cell(at: int, value: object) -> str:
    return f'<td style="text-align:{_side(at)}">{text(value)}</td>'


def _side(at: int) -> str:
    return "right" if at else "left"
