"""Words of a report: outcomes, units and arms as a sentence calls them."""

from __future__ import annotations

from collections.abc import Callable

from ..analysis.comparison.pairing import Difference
from ..analysis.numbers import interval, number, percent
from ..analysis.summary import is_yes_or_no
from ..model.columns import Column

Written = Callable[[float | None], str]


def written_as(column: Column) -> Written:
    """How values of an outcome are written: shares as percentages."""
    return percent if is_yes_or_no(column) else number


def spoken_outcome(column: Column) -> str:
    """An outcome at the beginning of a sentence.

    >>> spoken_outcome(Column("georgia.alienation_at_end", "outcome", "index", "…", label="Tbilisi: alienation at end"))
    "Tbilisi's alienation at the end"
    >>> spoken_outcome(Column("railway.opened", "outcome", "yes or no", "…", label="the railway: opened"))
    'The share of runs with “the railway: opened”'
    """
    if is_yes_or_no(column):
        return f"The share of runs with “{column.label}”"
    owner, colon, what = column.label.partition(": ")
    named = f"{owner}'s {what}" if colon else owner
    return f"{named[:1].upper()}{named[1:]} ".replace(" at end ", " at the end ").rstrip()


def with_interval(value: float | None, ends: tuple[float, float] | None, shown: Written) -> str:
    """A number with its interval in brackets, if it has one."""
    return shown(value) + (f" ({interval(ends, shown)})" if ends else "")


def with_difference(line: Difference, shown: Written) -> str:
    """A difference with its interval; "nothing" if no pair of runs differs."""
    return with_interval(line.difference, line.interval, shown) if line.changed else "nothing"
