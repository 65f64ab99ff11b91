"""The check of whole numbers that a caller gives: how many runs, which seed, how many workers."""

from __future__ import annotations

from numbers import Integral


def check_whole(name: str, value, least: int = 1) -> None:
    """Raise ``ValueError``, with the name of the argument, unless a value is a whole number of at least ``least``.

    >>> check_whole("runs", 2.5)
    Traceback (most recent call last):
    ValueError: runs: expected a whole number of at least 1, found 2.5
    """
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name}: expected a whole number of at least {least}, found {value!r}")
