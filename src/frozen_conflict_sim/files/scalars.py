"""The value of an unquoted scalar in YAML 1.2's core schema, in which ``no``, ``off`` and ``2015-01`` are texts."""

from __future__ import annotations

import math
import re

LONGEST_NUMBER = 40

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"([-+]?)(\d{1,3}(?:[. ']\d{3})+|\d+),(\d+)")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def decimal_comma(value: object) -> str:
    """A hint for a number that was written with a decimal comma; empty for anything else.

    >>> decimal_comma("0,5"), decimal_comma("1.000,25"), decimal_comma("half")
    ('; with a decimal point that is 0.5', '; with a decimal point that is 1000.25', '')
    """
    found = _DECIMAL_COMMA.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        return ""
    sign, whole, part = found.groups()
    digits = re.sub("[. ']", "", whole)
    return f"; with a decimal point that is {sign}{digits}.{part}"


class NotANumber(ValueError):
    """A number that no quantity can have; the message gives the reason."""


def meaning(text: str):
    """The value of an unquoted scalar. Raises :class:`NotANumber` for infinity, NaN and numbers beyond a float.

    >>> [meaning(word) for word in ("off", "010", "1e3", "true", "2015-01", "12:30:45", "~")]
    ['off', 10, 1000.0, True, '2015-01', '12:30:45', None]
    """
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _NOT_FINITE.fullmatch(text):
        raise NotANumber(f"expected a finite number, found {text}")
    whole, based = _WHOLE.fullmatch(text), _BASE.fullmatch(text)
    if not (whole or based or _DECIMAL.fullmatch(text)):
        return text
    if len(text) > LONGEST_NUMBER:
        raise NotANumber(f"expected a number of at most {LONGEST_NUMBER} characters, found one of {len(text)}")
    if whole:
        return int(text)
    if based:
        return int(text[2:], 8 if text[1] == "o" else 16)
    number = float(text)
    if not math.isfinite(number):
        raise NotANumber(f"expected a finite number, found {text}, which is too large to compute with")
    return number
