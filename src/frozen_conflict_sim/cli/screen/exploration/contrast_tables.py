"""Tables of contrasts: each value of a lever minus the first, by outcome and horizon, and two-way tables where levers cross."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ....analysis.comparison.difference_results import ARM, written
from ....analysis.comparison.lever_contrasts import LeverContrast, TwoWay
from ....analysis.comparison.pairing import Difference
from ....experiment.spec import BASE
from ..tables import console, interval, number, percent, table

MOST_TABLES = 6


def print_contrasts(found: Sequence[LeverContrast], crossings: Sequence[TwoWay]) -> None:
    """Print what each value of a lever adds to the first, and where that depends on another lever."""
    out = console()
    for _, lines in groupby(found, key=lambda line: line.column):
        _print_lever(out, list(lines))
    differing = sorted((each for each in crossings if each.differs), key=lambda each: -each.span)
    for crossing in differing[:MOST_TABLES]:
        _print_crossing(out, crossing)
    if crossings:
        out.print(_count(differing, crossings))


def _count(differing: Sequence[TwoWay], crossings: Sequence[TwoWay]) -> str:
    shown = f"; the {MOST_TABLES} largest are shown" if len(differing) > MOST_TABLES else ""
    return (
        f"Of {len(crossings)} contrasts of one lever across another, {len(differing)} differ between the other's values "
        f"(intervals of each hold together at 95 %){shown}.\n"
    )


def _print_lever(out, lines: list[LeverContrast]) -> None:
    """A table for each outcome: a row for each value, and each arm; a column for each horizon."""
    first = lines[0]
    over = f", averaged over {', '.join(first.averaged_over)}" if first.averaged_over else ""
    out.print(f"Paired contrasts: {first.column}, minus {written(first.reference)}{over}\n")
    measures = list(zip(first.differences, first.horizons))
    for _, group in groupby(range(len(measures)), key=lambda at: _stem(measures[at])):
        group = list(group)
        columns = {first.column: "left"} | {measures[at][1]: "right" for at in group}
        rows = [[_called(line), *(cell(line.differences[at]) for at in group)] for line in lines]
        line = measures[group[-1]][0]
        out.print(table(f"{_label(line)}, minus {written(first.reference)}", columns, rows))


def _stem(measure: tuple[Difference, str]) -> str:
    line, _ = measure
    return line.outcome.split(", quarter")[0].removesuffix("_at_end").removesuffix("_on_average")


def _label(line: Difference) -> str:
    label = line.label.removesuffix(" on average").removesuffix(" at end")
    return label if line.unit == "yes or no" else f"{label} ({line.unit})"


def _called(line: LeverContrast) -> str:
    arm = line.within.get(ARM, BASE)
    return written(line.choice) if arm == BASE else f"  in {arm}"


def cell(line: Difference) -> str:
    """A difference above its interval; percentage points for what happens or not."""
    shown = percent if line.unit == "yes or no" else number
    if line.difference is None:
        return "undefined"
    return (
        f"{shown(line.difference)}\n{interval(line.interval, shown)}"
        if line.interval
        else f"{shown(line.difference)}\nno pair differs"
    )


def _print_crossing(out, crossing: TwoWay) -> None:
    columns = {crossing.across: "left"} | dict.fromkeys(("difference", "90 % interval", "pairs"), "right")
    shown = percent if crossing.unit == "yes or no" else number
    rows = [
        [written(value), shown(line.difference), interval(line.interval, shown), f"{line.pairs:,}"]
        for value, line in crossing.cells.items()
    ]
    about = f"{crossing.column} = {written(crossing.choice)} minus {written(crossing.reference)}"
    out.print(table(f"{crossing.label}: {about}, across {crossing.across}", columns, rows))
