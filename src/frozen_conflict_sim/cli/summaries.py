"""A summary on the screen."""

from __future__ import annotations

from ..analysis.summary import CAVEAT, Summary
from ..results import Results
from .tables import console, interval, number, table


def show(summary: Summary, results: Results) -> None:
    """Print the headlines and the classes; everything else is in the results folder."""
    out = console()
    headlines = set(results.names("outcome", headlines=True))
    columns = {
        "outcome": "left",
        "mean or share": "right",
        "90 % interval": "right",
        "5 to 95 % of runs": "right",
        "unit": "left",
        "of runs": "right",
    }
    rows = [
        [
            line.label,
            number(line.estimate),
            interval(line.interval),
            interval((line.p5 is not None and (line.p5, line.p95)) or None),
            line.unit,
            f"{line.defined:,}",
        ]
        for line in summary.outcomes
        if line.outcome in headlines
    ]
    out.print(table(f"{summary.title}: {summary.runs:,} runs, seed {summary.seed}", columns, rows))
    classes = [[line.name, f"{line.share:.1%}", " to ".join(f"{end:.1%}" for end in line.interval)] for line in summary.classes]
    out.print(table("How the runs went", {"class": "left", "share": "right", "90 % interval": "right"}, classes))
    out.print(CAVEAT)
