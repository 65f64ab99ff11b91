"""Theories of choice: whether differences hold under every rule by which actors may choose."""

from __future__ import annotations

from ...analysis.numbers import interval
from ...analysis.robustness import MEANINGS, ChoiceRuleComparison
from ...engine.choice_rules import THEORIES
from ..answer import theories as comparisons
from ..document import Listing, Paragraph, Section, Table
from ..subject import Subject
from ..wording import written_as


def theories(subject: Subject) -> Section:
    """The comparisons by rule of choice, or which rule was played and how to play the others."""
    lines = comparisons(subject.results, subject.outcomes)
    if not lines:
        return Section("theories", "Theories of choice", (Paragraph(_one_rule(subject)),))
    rules = [rule for rule in THEORIES if any(rule in line.differences for line in lines)]
    headings = ("outcome", "difference", *(rule.replace("_", " ") for rule in rules), "result")
    rows = tuple(
        (line.label, _called(line), *(_cell(subject, line, rule) for rule in rules), line.robustness) for line in lines
    )
    results = dict.fromkeys(line.robustness for line in lines)
    blocks = (
        Table("Differences under each rule of choice, 90 % intervals", headings, rows),
        Listing(tuple(f"{result}: {MEANINGS[result]}" for result in results)),
    )
    return Section("theories", "Theories of choice", blocks)


def _one_rule(subject: Subject) -> str:
    value = subject.results.scenario.values.get(("play", "play", "choice_rule", ""))
    rule = str(value.fixed if value else next(iter(THEORIES))).replace("_", " ")
    others = ", ".join(name.replace("_", " ") for name in THEORIES if name.replace("_", " ") != rule)
    return (
        f"All actors choose by {rule}. Whether the answer holds under other theories ({others}) is not shown by these results: "
        f"make play.choice_rule a lever of the experiment, as in the shipped experiment theories_of_choice."
    )


def _called(line: ChoiceRuleComparison) -> str:
    return f"{line.choice} over {line.reference}{f', {line.arm}' if line.arm else ''}"


def _cell(subject: Subject, line: ChoiceRuleComparison, rule: str) -> str:
    shown, found = written_as(subject.results.columns[line.outcome]), line.differences.get(rule)
    if found is None or found.difference is None:
        return "–"
    return f"{shown(found.difference)} ({interval(found.interval, shown)})" if found.changed else "nothing"
