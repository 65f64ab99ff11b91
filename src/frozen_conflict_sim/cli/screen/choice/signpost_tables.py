"""A table of signposts."""

from __future__ import annotations

from ....analysis.choice.signposts import Signposts
from ....analysis.summary import CAVEAT
from ..tables import console, interval, number, percent, table

MOST = 10


def print_signposts(found: Signposts) -> None:
    """Print what to watch for, when, beyond which value, and what following it is worth."""
    out = console()
    out.print(f"{found.question}\n")
    rows = []
    for one in found.signposts[:MOST]:
        where = f"{one.side} {number(one.threshold)}"
        rows.append([one.trajectory, one.date, where, percent(one.shows), number(one.gain), interval(one.interval)])
    columns = {"watch": "left", "in": "left", "switch where it is": "left", "shows in": "right", "worth": "right"}
    title = f"Signposts for leaving {found.first} for {found.second}"
    out.print(table(title, columns | {"90 % interval": "right"}, rows))
    for sentence in found.sentences:
        out.print(sentence)
    out.print(f"\n{CAVEAT}")
