"""The record: what happened, with source and grade, and the patterns that a model of it should show.

>>> from frozen_conflict_sim import history
>>> history.asks()["territory"].tolist()
['Abkhazia', 'South Ossetia', 'Abkhazia']
"""

from .record import KINDS, UNVERIFIED, asks, elections, events, polls, rows, subsidies

__all__ = ["KINDS", "UNVERIFIED", "asks", "elections", "events", "polls", "rows", "subsidies"]
