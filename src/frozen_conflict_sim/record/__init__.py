"""The record: what happened, with source and grade; the patterns that a model of it should show; and what the texts say.

>>> from frozen_conflict_sim import record
>>> record.asks()["territory"].tolist()
['Abkhazia', 'South Ossetia', 'Abkhazia']

``record.validate()`` scores the patterns of ``record.PATTERNS``, ``record.validate_statements()`` the statements of the texts
in ``record.STATEMENTS``; each gives a board.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .tables import KINDS, UNVERIFIED, asks, elections, events, polls, rows, subsidies

if TYPE_CHECKING:  # the same names as below, for type checkers and editors
    from .patterns import PATTERNS as PATTERNS
    from .scoring import validate as validate
    from .statements import STATEMENTS as STATEMENTS
    from .statements.scoring import validate_statements as validate_statements

_PLACES = {
    "PATTERNS": "patterns",
    "STATEMENTS": "statements",
    "validate": "scoring",
    "validate_statements": "statements.scoring",
}

__all__ = ["KINDS", "UNVERIFIED", "asks", "elections", "events", "polls", "rows", "subsidies", *_PLACES]


if not TYPE_CHECKING:  # type checkers report a name that does not exist

    def __getattr__(name: str):
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
