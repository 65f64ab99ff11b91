"""Tables of experts compared."""

from __future__ import annotations

from ....analysis.doubt.experts import Compared
from ....analysis.summary import CAVEAT
from ..tables import console, interval, number, percent, table


def print_experts(found: Compared) -> None:
    """Print what each expert believes, how much of what is unknown lies between them, and which disagreement matters."""
    out = console()
    out.print(f"{found.elicitation.question}\n")
    for one in found.disagreements:
        rows = [[belief.expert, *map(number, belief.quantiles)] for belief in one.beliefs]
        rows.append(["all together", *map(number, one.pool)])
        headings = {"expert": "left"} | dict.fromkeys(("5 %", "median", "95 %"), "right")
        out.print(table(f"{one.key}: {percent(one.between)} of the variance lies between experts", headings, rows))
    rows = [
        [
            one.key,
            one.outcome,
            number(one.difference),
            interval(one.interval),
            one.high,
            one.low,
            "yes" if one.matters else "no",
        ]
        for one in found.swings
    ]
    columns = {"disagreement about": "left", "outcome": "left", "difference": "right", "interval": "right"}
    title = f"What it matters who is right ({found.runs:,} runs of the pool; intervals hold together in nine of ten studies)"
    out.print(table(title, columns | {"more with": "left", "less with": "left", "matters": "left"}, rows))
    out.print(" ".join(found.sentences))
    out.print(f"\n{CAVEAT}")
