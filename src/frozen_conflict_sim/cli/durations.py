"""Spans of time as people write them on a command line."""

from __future__ import annotations

import re

import click

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_WRITTEN = re.compile(r"(?:\d+(?:\.\d+)?[smhd])+")


class Duration(click.ParamType):
    """A time such as 90s, 10m, 2h, 1h30m: seconds.

    >>> [Duration().convert(text, None, None) for text in ("90s", "10m", "1h30m", "0.5d")]
    [90.0, 600.0, 5400.0, 43200.0]
    """

    name = "time"

    def convert(self, value, param, ctx) -> float:
        """Read it."""
        if isinstance(value, float):
            return value
        text = value.strip().lower().replace(" ", "")
        seconds = sum(float(amount) * _SECONDS[unit] for amount, unit in re.findall(r"(\d+(?:\.\d+)?)([smhd])", text))
        if not _WRITTEN.fullmatch(text) or not 0 < seconds < 1e9:
            self.fail(f"expected a time such as 90s, 10m, 2h or 1h30m, found {value!r}", param, ctx)
        return seconds
