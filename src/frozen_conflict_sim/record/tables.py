"""The record as tables: events, asks, elections, polls and subsidies, each row with its source and grade.

A row whose grade begins with ``unverified`` was not checked against its source; it is marked wherever it is shown.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

UNVERIFIED = "unverified"
KINDS = {
    "events": "what happened, from 2008 to 2022",
    "asks": "what the patron asked for, and what it got",
    "elections": "who won, who lost, whom the patron favoured",
    "polls": "what surveys found; official results of referendums are not opinion data",
    "subsidies": "what the patron paid, by territory and year",
}
NUMBERS = {
    "lag_days",
    "year",
    "pct",
    "patron_share_pct",
    "budget_total_musd",
    "patron_musd",
    "patron_usd_per_head",
    "patron_bn_rub",
}


@lru_cache
def rows(kind: str) -> tuple[dict[str, str], ...]:
    """The rows of a table as text, by column; raises ``KeyError`` for an unknown kind (see :data:`KINDS`)."""
    if kind not in KINDS:
        raise KeyError(kind)
    with (files(__package__) / "evidence" / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def verified(row: dict[str, str]) -> bool:
    """Whether a row was checked against its source.

    >>> verified({"grade": "documented"}), verified({"grade": "unverified, high confidence"})
    (True, False)
    """
    return not row["grade"].startswith(UNVERIFIED)


def _table(kind: str) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows(kind))
    frame["verified"] = [verified(row) for row in rows(kind)]
    for name in NUMBERS & set(frame):
        frame[name] = pd.to_numeric(frame[name])
    return frame


def events() -> pd.DataFrame:
    """Dated events: theatre, actor, what happened, type and direction; ``date`` is as exact as it is known."""
    return _table("events")


def asks() -> pd.DataFrame:
    """What Moscow asked for and got: dates of asking and acceptance, ``lag_days`` between them, and the outcome."""
    return _table("asks")


def elections() -> pd.DataFrame:
    """Elections: the winner, whether the incumbent was re-elected, the patron's favourite and how it fared, irregular exits."""
    return _table("elections")


def polls() -> pd.DataFrame:
    """Surveys: population, date, item, per cent, instrument."""
    return _table("polls")


def subsidies() -> pd.DataFrame:
    """The patron's payments by territory and year: per cent of the budget, USD million, USD per head, billion roubles."""
    return _table("subsidies")
