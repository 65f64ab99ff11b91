"""Tables of what the texts say: each statement beside its target, with its mechanism on and off, and why statements fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from rich.table import Table

from ...record.estimates import Estimate
from ...record.statements.board import (
    CAVEAT,
    HOLDS_ALSO_OFF,
    Part,
    StatementBoard,
    StatementLine,
    by_horizon,
)
from ...record.targets import HOLDS
from .tables import console, interval, number, table

NUMBERS = {"target": 10, "value": 8, "90 % interval": 17, "off": 8}  # columns after the name, with their widths
RESULT = 18


def print_statements(board: StatementBoard) -> None:
    """Print the statements with their results, the reasons of those that do not hold, and the hypotheses by horizon."""
    out = console()
    if board.tested:
        out.print(f"What the texts say: {board.held} of {len(board.tested)} statements come out of the model", style="bold")
        out.print("\n".join(_table(board.tested, out.width)), no_wrap=True, overflow="ignore", crop=False)
        out.print("\noff: with the mechanism that the text names switched off; – where it has none, or without cases\n")
    for line in board.tested:
        if line.result != HOLDS:
            out.print("\n".join(_reasons(line)))
    for line in board.hypotheses:
        out.print(_horizons(line))
    if board.hypotheses:
        out.print("reported, not tested; * the 90 % interval excludes 0")
    if board.unscored:
        missing = sorted({place for places in board.unscored.values() for place in places})
        out.print(f"not scored, because {', '.join(missing)} were not run: {', '.join(board.unscored)}")
    out.print(f"{board.runs:,} runs of each scenario, all with the same random numbers, seed {board.seed}")
    out.print(CAVEAT)


def _table(lines: Sequence[StatementLine], width: int) -> Iterator[str]:
    """The lines of the table. A name that is too long for its column has a line of its own."""
    longest = max(len(part.name) + 2 for line in lines for part in line.tested)
    column = min(longest, width - sum(NUMBERS.values()) - RESULT)
    heading = "".join(f"{name:>{size}}" for name, size in NUMBERS.items())
    yield f"\n{'statement':<{column}}{heading}  result".rstrip()
    for line in lines:
        yield f"{line.statement.name:<{column + sum(NUMBERS.values())}}  {line.result}"
        for part in line.tested:
            name = f"  {part.name}"
            if len(name) > column:
                yield from wrap(part.name, width, initial_indent="  ", subsequent_indent="  ")
                name = ""
            yield f"{name:<{column}}{_numbers(part)}  {part.verdict}"


def _numbers(part: Part) -> str:
    off = number(part.off.value) if part.off is not None and part.off.runs else "–"
    cells = str(part.target), _value(part.estimate), _interval(part.estimate), off
    return "".join(f"{cell:>{size}}" for cell, size in zip(cells, NUMBERS.values()))


def _value(found: Estimate) -> str:
    return number(found.value) if found.runs else "–"


def _interval(found: Estimate) -> str:
    return interval((found.low, found.high)) if found.runs > 1 else "–"


def _reasons(line: StatementLine) -> Iterator[str]:
    """Why a statement does not hold, or holds whatever its mechanism does."""
    yield f"{line.statement.name}: {line.result}. {line.statement.sentence}"
    if line.result == HOLDS_ALSO_OFF:
        yield f"    all targets are met also where {line.statement.mechanism_off.description}"
    for part in line.tested:
        if part.verdict != HOLDS:
            yield f"    {part.name}: {_written(part)}, target {part.target}: {part.verdict}"
    if line.reason:
        yield from wrap(line.reason, console().width, initial_indent="    ", subsequent_indent="    ")
        for part in line.parts[len(line.tested) :]:
            yield f"    {part.name}: {_written(part)}"


def _written(part: Part) -> str:
    found = part.estimate
    return f"{_value(found)} ({_interval(found)}) over {found.runs:,} runs"


def _horizons(line: StatementLine) -> Table:
    """What a hypothesis is of in rows, quarters in columns."""
    found = by_horizon(line)
    quarters = sorted({quarter for parts in found.values() for quarter in parts})
    columns = {f"{line.statement.name}: effect": "left"} | {f"quarter {quarter}": "right" for quarter in quarters}
    rows = ([of, *(_effect(parts.get(quarter)) for quarter in quarters)] for of, parts in found.items())
    made = table(f"Hypothesis: {line.statement.sentence.partition(':')[0]}", columns, rows)
    made.columns[0].no_wrap = False
    return made


def _effect(part: Part | None) -> str:
    if part is None or not part.estimate.runs:
        return ""
    found = part.estimate
    return f"{found.value + 0.0:+.3f}{'*' if found.low > 0.0 or found.high < 0.0 else ' '}"
