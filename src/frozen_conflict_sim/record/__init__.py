"""The record: what happened, with source and grade; and the patterns that a model of it should show.

>>> from frozen_conflict_sim import record
>>> record.asks()["territory"].tolist()
['Abkhazia', 'South Ossetia', 'Abkhazia']

``record.validate()`` scores the patterns of ``record.PATTERNS``, and gives a scoreboard.
"""

from importlib import import_module

from .tables import KINDS, UNVERIFIED, asks, elections, events, polls, rows, subsidies

_PLACES = {"PATTERNS": "patterns", "validate": "scoring"}

__all__ = ["KINDS", "UNVERIFIED", "asks", "elections", "events", "polls", "rows", "subsidies", *_PLACES]


def __getattr__(name: str):
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
