"""Text from files made harmless for terminals, pictures, spreadsheets and file names."""

from __future__ import annotations

import re

REPLACED = "\N{REPLACEMENT CHARACTER}"
# Control characters other than tab and line feed, lone surrogates, and marks that reverse the direction of text.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"[\s']*[=+\-@]|[\t\r\n|]")
_UNSAFE_IN_NAMES = re.compile(r"[^\w.,+=-]")


def printable(text: str) -> str:
    r"""Text without control characters: each is replaced by a visible mark.

    >>> printable("Abkhazia\x1b[31m") == f"Abkhazia{REPLACED}[31m"
    True
    """
    return _CONTROL.sub(REPLACED, text)


def cell(value):
    """A value as a cell of a table that a spreadsheet may open: text that would be a formula begins with an apostrophe.

    >>> cell("=1+1"), cell("-fear"), cell("fear"), cell(-2)
    ("'=1+1", "'-fear", 'fear', -2)
    """
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if _FORMULA.match(text) else text


def uncell(text: str) -> str:
    """The text of a cell that :func:`cell` wrote.

    >>> uncell("'=1+1"), uncell("'tis"), uncell("''=1")
    ('=1+1', "'tis", "'=1")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def file_name(text: str) -> str:
    """Text as part of a file name, never of a path.

    >>> file_name("fan-georgia.alienation"), file_name("fan-../../x y")
    ('fan-georgia.alienation', 'fan-.._.._x_y')
    """
    return _UNSAFE_IN_NAMES.sub("_", text)
