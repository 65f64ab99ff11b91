"""Tables of the value of information."""

from __future__ import annotations

from ....analysis.doubt.poll import Poll
from ....analysis.summary import CAVEAT
from ..tables import console, interval, number, percent, table

MOST = 12


def print_poll(found: Poll) -> None:
    """Print, for each actor's choice, the parameters with the value of knowing them, their grade, and what that would take."""
    out = console()
    out.print(f"{found.question}\n")
    for choice in found.choices:
        rows = []
        for line in choice.lines[:MOST]:
            information = line.information
            ends = interval((information.low, information.high)) if line.is_known else "no more than chance"
            shown = [number(information.value), ends, percent(information.changes)] if line.is_known else ["–", ends, "–"]
            rows.append([line.parameter, *shown, line.grade, line.takes])
        columns = {"parameter": "left", "worth": "right", "90 % interval": "right", "changes": "right"}
        title = (
            f"{choice.chooser.actor} chooses {choice.chooser.lever}: what knowing a parameter is worth ({choice.points} points)"
        )
        out.print(table(title, columns | {"grade": "left", "what it takes": "left"}, rows))
        if len(choice.lines) > MOST:
            out.print(f"and {len(choice.lines) - MOST} more parameters; all are in the output of --json\n")
        out.print(" ".join(choice.sentences) + "\n")
    out.print(CAVEAT)
