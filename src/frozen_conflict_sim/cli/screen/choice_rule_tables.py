"""Tables of an experiment's comparisons under each rule of choice."""

from __future__ import annotations

from itertools import groupby

from ...analysis.robustness import BAR, MEANINGS, ChoiceRuleComparison
from ...engine.choice_rules import THEORIES
from .tables import console, interval, number, percent, table


def print_choice_rules(found: tuple[ChoiceRuleComparison, ...]) -> None:
    """Print the differences of every comparison under each rule of choice, and whether the rules differ in it."""
    out = console()
    for _, lines in groupby(found, key=lambda line: line.outcome):
        lines = list(lines)
        rules = [rule for rule in THEORIES if rule in lines[0].differences]
        columns = {"": "left"} | {rule.replace("_", " "): "right" for rule in rules} | {"result": "left"}
        title = f"{lines[0].label}: the difference under each rule of choice, 90 % intervals"
        out.print(table(title, columns, (_row(line, rules) for line in lines)))
        for line in lines:
            if line.reason:
                out.print(f"{comparison_name(line)}: {line.robustness}, {line.reason}")
        bar = percent(lines[0].bar) if lines[0].unit == "yes or no" else number(lines[0].bar)
        out.print(f"A difference below {bar} counts as none: {BAR}.\n")
    for result in dict.fromkeys(line.robustness for line in found):
        out.print(f"{result}: {MEANINGS[result]}")
    if found:
        out.print("Rules differ if the effects do, with the same random numbers, by 95 % intervals that hold together.\n")


def comparison_name(line: ChoiceRuleComparison) -> str:
    """A comparison in words, such as ``swallow over status quo``."""
    choice, reference = line.choice.split(" = "), line.reference.split(" = ")
    if len(choice) > 1 and choice[1].replace(".", "", 1).isdigit():
        choice[-1] = " = ".join(choice)
    return f"{choice[-1]} over {reference[-1]}{f', {line.arm}' if line.arm else ''}"


def _row(line: ChoiceRuleComparison, rules: list[str]) -> list[str]:
    shown = percent if line.unit == "yes or no" else number
    cells = (_cell(line.differences[rule], shown) for rule in rules)
    return [comparison_name(line), *cells, line.robustness]


def _cell(difference, shown) -> str:
    if difference.difference is None:
        return "–"
    return f"{shown(difference.difference)} ({interval(difference.interval, shown)})" if difference.changed else "nothing"
