"""A summary on the screen."""

from __future__ import annotations

from ..analysis.summary import CAVEAT, ClassLine, OutcomeLine, Summary
from ..results import Results
from .tables import console, interval, number, percent, table

OUTCOMES = {
    "outcome": "left",
    "mean or share": "right",
    "90 % interval": "right",
    "median, 5 to 95 % of runs": "right",
    "unit": "left",
    "defined in": "right",
}
CLASSES = {"class": "left", "share": "right", "90 % interval": "right", "runs": "right"}


def show(summary: Summary, results: Results) -> None:
    """Print the headlines and the classes; everything else is in the results folder."""
    out = console()
    headlines = set(results.names("outcome", headlines=True))
    title = f"{summary.title}: {summary.runs:,} runs, seed {summary.seed}"
    out.print(table(title, OUTCOMES, (_outcome(line) for line in summary.outcomes if line.outcome in headlines)))
    out.print(table("How the runs went", CLASSES, (_class(line) for line in summary.classes)))
    out.print(CAVEAT)


def _outcome(line: OutcomeLine) -> list[str]:
    if line.statistic == "share":
        return [line.label, percent(line.estimate), interval(line.interval, percent), "", "of runs", f"{line.defined:,}"]
    spread = f"{number(line.median)}, {interval((line.p5, line.p95))}" if line.defined else "–"
    return [line.label, number(line.estimate), interval(line.interval), spread, line.unit, f"{line.defined:,}"]


def _class(line: ClassLine) -> list[str]:
    return [line.name, percent(line.share), interval(line.interval, percent), f"{line.runs:,}"]
