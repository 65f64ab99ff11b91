"""What an experiment compares, under each rule of choice, on the screen."""

from __future__ import annotations

from itertools import groupby

from ...analysis.theories import UnderEachRule
from ...engine.choice import RULES
from .tables import console, interval, number, percent, table


def show(found: tuple[UnderEachRule, ...]) -> None:
    """Print every comparison under each rule of choice, whether it is robust, and if not, why."""
    out = console()
    for _, lines in groupby(found, key=lambda line: line.outcome):
        lines = list(lines)
        rules = [rule for rule in RULES if rule in lines[0].differences]
        columns = {"": "left"} | {rule.replace("_", " "): "right" for rule in rules} | {"is": "left"}
        title = f"{lines[0].label}: the difference under each rule of choice, 90 % intervals"
        out.print(table(title, columns, (_row(line, rules) for line in lines)))
        for line in lines:
            if line.reason:
                out.print(f"{called(line)}: {line.robustness}, {line.reason}")
        out.print()


def called(line: UnderEachRule) -> str:
    """A comparison in words: ``swallow over status quo``."""
    choice, reference = line.choice.split(" = "), line.reference.split(" = ")
    if len(choice) > 1 and choice[1].replace(".", "", 1).isdigit():
        choice[-1] = " = ".join(choice)
    return f"{choice[-1]} over {reference[-1]}{f', {line.arm}' if line.arm else ''}"


def _row(line: UnderEachRule, rules: list[str]) -> list[str]:
    shown = percent if line.unit == "yes or no" else number
    cells = (_cell(line.differences[rule], shown) for rule in rules)
    return [called(line), *cells, line.robustness]


def _cell(difference, shown) -> str:
    if difference.difference is None:
        return "–"
    return f"{shown(difference.difference)} ({interval(difference.interval, shown)})" if difference.changed else "nothing"
