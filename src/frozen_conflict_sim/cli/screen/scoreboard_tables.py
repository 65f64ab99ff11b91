"""Tables of the scoreboard: each pattern beside its target and the null models, and why patterns fail."""

from __future__ import annotations

from collections.abc import Iterator

from ...record.estimates import Estimate
from ...record.nulls import NULLS
from ...record.scoreboard import CAVEAT, MECHANISM_OFF, MODEL, PASSES, Line, Part, Scoreboard
from ...record.targets import HOLDS
from .tables import console, table

SHORT = {
    "persistence": "persist",
    "base_rates": "base",
    "no_treaty": "no ask",
    "coupling_off": "no link",
    "random_option": "random",
    "labels_swapped": "swapped",
    "placebo_crimea": "placebo",
}
LONGEST_NAME = 36  # break long names over lines rather than numbers
TITLES = {
    "test": "Test patterns (the model must pass, a model without the mechanism must fail): {passed} of {all} pass",
    "check": "Checks, which many models pass: {held} of {all} hold",
    "input": "Checks of the input data: {held} of {all} hold",
}


def print_scoreboard(board: Scoreboard) -> None:
    """Print the scoreboard by kind of pattern, the reasons of failures, and what it does not test."""
    out = console()
    columns = {"pattern": "left", "target": "right", "model": "right", "90 % interval": "right"}
    columns |= dict.fromkeys([*(SHORT[name] for name in NULLS), "without"], "right") | {"result": "left"}
    for kind, title in TITLES.items():
        lines = board.of(kind)
        if lines:
            held = sum(line.result == HOLDS for line in lines)
            heading = title.format(passed=board.passed, held=held, all=len(lines))
            made = table(heading, columns, (row for line in lines for row in _rows(line)))
            for column in made.columns:
                column.no_wrap = True
            made.columns[0].no_wrap, made.columns[0].max_width = False, LONGEST_NAME
            out.print(made)
    out.print("* lacks the mechanism and must fail; “without” is the model without the pattern's own mechanism:")
    for name, null in NULLS.items():
        out.print(f"  {SHORT[name]:<10} {null.description}")
    out.print()
    for line in board.lines:
        if line.result not in (PASSES, HOLDS):
            out.print("\n".join(_reasons(line)))
    if board.unscored:
        missing = sorted({place for places in board.unscored.values() for place in places})
        out.print(f"not scored, because {', '.join(missing)} were not run: {', '.join(board.unscored)}")
    moved = ", ".join(line.pattern.name for line in board.moved_by_coupling)
    out.print(f"with the coupling off, the verdict changes for: {moved or 'no pattern'}")
    out.print(f"{board.runs:,} runs of each scenario, {board.runs_of_nulls:,} of each null model, seed {board.seed}")
    for sentence in CAVEAT:
        out.print(sentence)


def _rows(line: Line) -> Iterator[list[str]]:
    alone = len(line.parts) == 1
    if not alone:
        yield [f"{line.pattern.name} ({line.pattern.strength})", *[""] * (3 + len(NULLS) + 1), line.result]
    for part in line.parts:
        name = f"{line.pattern.name} ({line.pattern.strength})" if alone else f"  {part.name}"
        model = part.estimates[MODEL]
        nulls = [_null(line, part, arm) for arm in (*NULLS, MECHANISM_OFF)]
        yield [name, str(part.target), _number(model), _interval(model), *nulls, line.result if alone else part.verdict(MODEL)]


def _null(line: Line, part: Part, arm: str) -> str:
    if arm not in part.estimates:
        return ""
    return _number(part.estimates[arm]) + ("*" if arm in line.must_fail else " ")


def _number(found: Estimate) -> str:
    return f"{found.value + 0.0:.2f}" if found.runs else "–"


def _interval(found: Estimate) -> str:
    if not found.runs:
        return "–"
    return f"{found.low:.2f}{' to ' if found.low < 0 else '–'}{found.high:.2f}"


def _reasons(line: Line) -> Iterator[str]:
    """Why a pattern does not pass."""
    yield f"{line.pattern.name}: {line.result}. {line.pattern.sentence}"
    for part in line.parts:
        if part.verdict(MODEL) != HOLDS:
            found = part.estimates[MODEL]
            estimate = f"{_number(found)} ({_interval(found)}) over {found.runs:,} runs"
            yield f"    {part.name or 'the model'}: {estimate}, target {part.target}: {part.verdict(MODEL)}"
    close = [SHORT.get(arm, arm) for arm in line.must_fail if not line.rejects(arm)]
    if close:
        yield f"    not distinguished from: {', '.join(close)}"
