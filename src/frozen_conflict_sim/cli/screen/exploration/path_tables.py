"""Tables of paths: how often events have happened by some years, and runs have taken their class."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ....analysis.paths import Incidence, Paths, sentences
from ....analysis.summary import CAVEAT
from ..tables import console, interval, percent, table

SHARES = (0.25, 0.5, 1.0)  # of the run


def print_paths(found: Paths) -> None:
    """Print a sentence for each event, and a table for each event and class."""
    out = console()
    for line in sentences(found):
        out.print(line)
    out.print()
    at = list(dict.fromkeys(max(round(share * found.quarters), 1) for share in SHARES))
    for title, lines in (("", found.events), ("class: ", found.classes)):
        for name, group in groupby(sorted(lines, key=lambda line: _order(found, line)), key=lambda line: line.name):
            _print(out, found, f"{title}{name}", list(group), at)
    out.print("Shares of all runs of a group, also of those that ended before; below each its 90 % interval.")
    out.print("half of them by: the quarter by which it has happened in half of the runs in which it ever does.")
    out.print(CAVEAT)


def _order(found: Paths, line: Incidence) -> int:
    names = list(dict.fromkeys(each.name for each in (*found.events, *found.classes)))
    return names.index(line.name)


def _print(out, found: Paths, title: str, lines: Sequence[Incidence], at: list[int]) -> None:
    headings = {found.grouping or "": "left"} | {f"by {found.dates[quarter - 1].replace('-', ' ')}": "right" for quarter in at}
    rows = [
        [line.group, *(_share(line, quarter) for quarter in at),
         found.dates[int(line.median) - 1].replace("-", " ") if line.median else "–"]
        for line in lines
    ]  # fmt: skip
    out.print(table(title, headings | {"half of them by": "right"}, rows))


def _share(line: Incidence, quarter: int) -> str:
    around = line.low[quarter - 1], line.high[quarter - 1]
    return f"{percent(line.shares[quarter - 1])}\n{interval(around, percent)}"
