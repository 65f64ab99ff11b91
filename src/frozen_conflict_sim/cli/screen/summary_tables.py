"""Tables of a summary: key outcomes by actor, and the classes of runs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby

from ...analysis.summary import CAVEAT, ClassLine, OutcomeLine, Summary
from ...results import Results
from .tables import console, interval, number, percent, table

OUTCOMES = {"": "left", "mean or share": "right", "90 % interval": "right", "5–95 % runs": "right", "unit": "left"}
CLASSES = {"class": "left", "share of runs": "right", "90 % interval": "right", "runs": "right"}


def print_summary(summary: Summary, results: Results) -> None:
    """Print the outcomes of a summary by actor, and the classes of runs; all else is in the results folder."""
    out = console()
    out.print(table(f"{summary.title}: {summary.runs:,} runs, seed {summary.seed}", OUTCOMES, _by_actor(summary, results)))
    out.print(table("How the runs went", CLASSES, (_class(line) for line in summary.classes)))
    out.print(CAVEAT)


def _by_actor(summary: Summary, results: Results) -> Iterator[list[str]]:
    members = list(chain.from_iterable(results.scenario.entities.values()))
    lines = sorted(summary.outcomes, key=lambda line: members.index(results.columns[line.outcome].owner))
    for actor, theirs in groupby(lines, key=lambda line: line.label.partition(": ")[0]):
        yield [actor] + [""] * (len(OUTCOMES) - 1)
        yield from (_outcome(line, summary.runs) for line in theirs)


def _outcome(line: OutcomeLine, runs: int) -> list[str]:
    name = "  " + line.label.partition(": ")[2]
    if line.statistic == "share":
        return [name, percent(line.estimate), interval(line.interval, percent), "", "of runs"]
    unit = line.unit + (f", in {line.defined:,} runs" if line.defined < runs else "")
    return [name, number(line.estimate), interval(line.interval), interval((line.p5, line.p95)), unit]


def _class(line: ClassLine) -> list[str]:
    return [line.name, percent(line.share), interval(line.interval, percent), f"{line.runs:,}"]
