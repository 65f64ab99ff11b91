"""Results under each rule of choice: findings, answers to what practitioners ask, patterns of the record."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import groupby

import shares
import what_if
from in_memory import played
from pages import code, table

import frozen_conflict_sim as fcs
from frozen_conflict_sim.analysis.robustness import DEPENDENT, ROBUST, UNDECIDED, reason
from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES, THEORIES
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.findings.judge import NOT_SHOWN, Judged, judge
from frozen_conflict_sim.record import validate
from frozen_conflict_sim.record.estimates import Estimate
from frozen_conflict_sim.record.matching import scenarios_to_score
from frozen_conflict_sim.record.scoreboard import PASSES
from frozen_conflict_sim.record.targets import HOLDS

RUNS, RUNS_OF_PATTERNS, SEED = 500, 1000, 2015
DEFAULT = next(iter(CHOICE_RULES))
NAMES = {rule: rule.replace("_", " ") for rule in CHOICE_RULES}
THEORY_NAMES = {rule: rule.replace("_", " ") for rule in THEORIES}


# Findings


@cache
def judged() -> tuple[Judged, ...]:
    """All findings, judged."""
    return judge(runs=RUNS, seed=SEED)


def findings() -> str:
    """Every finding in a sentence, and its numbers under every rule, subject by subject."""
    parts = []
    for about, lines in groupby(judged(), key=lambda line: line.finding.about):
        lines = list(lines)
        rows = [row for line in lines for row in _rows(line)]
        parts.append(f"### {about}\n\n" + "\n".join(_bullet(line) for line in lines))
        parts.append(table(["finding", "target", *THEORY_NAMES.values()], rows))
    return "\n\n".join(parts)


def _bullet(line: Judged) -> str:
    why = f": {line.reason}" if line.reason else ": holds under all rules"
    numbers = "; ".join(_number_and_off(line, part) for part in line.finding.targets)
    return f"* {line.finding.sentence} **{line.robustness.capitalize()}**{why}. Under {NAMES[DEFAULT]}: {numbers}."


def _number_and_off(line: Judged, part: str) -> str:
    off = line.uncoupled[DEFAULT][part]
    return f"{f'{part} ' if part else ''}{written(line.found[DEFAULT][part])}, with the coupling off {written(off)}"


def _rows(line: Judged):
    """For each part of a finding its estimates under all rules, and below the same with the coupling off."""
    for part, target in line.finding.targets.items():
        name = f"{code(line.finding.name)}{f': {part}' if part else ''}"
        yield [name, target, *(_cell(line.found[rule][part], target) for rule in THEORIES)]
        yield ["– with the coupling off", "", *(written(line.uncoupled[rule][part]) for rule in THEORIES)]
    for part in [part for part in line.found[DEFAULT] if part not in line.finding.targets]:
        yield [f"– {part}", "not judged", *(written(line.found[rule][part]) for rule in THEORIES)]


def _cell(found: Estimate, target) -> str:
    verdict = target.judge(found)
    return written(found) if verdict == HOLDS else f"{written(found)}, *{verdict}*"


def written(found: Estimate) -> str:
    """An estimate with its interval."""
    if not found.runs:
        return "–"
    value, low, high = (round(float(number), 3) + 0.0 for number in (found.value, found.low, found.high))
    return f"{value:.3f} ({low:.3f}{' to ' if low < 0 else '–'}{high:.3f})"


# What practitioners ask


@cache
def answered() -> dict[str, dict[tuple[str, str], dict[str, str]]]:
    """For every question page the answers by choice, what is asked, and rule."""
    return {name: _answers(name, **asked) for name, asked in what_if.ASKED.items()}


def _answers(name: str, *, compared_with: dict, choices: dict, asks: dict) -> dict[tuple[str, str], dict[str, str]]:
    said: dict[tuple[str, str], dict[str, str]] = {}
    for rule in CHOICE_RULES:
        found = what_if.answers(played(fcs.load_experiment(name, {"play.choice_rule": rule})), compared_with, choices, asks)
        for called, outcomes in found.items():
            for ask, expected in asks.items():
                said.setdefault((called, ask), {})[rule] = what_if.verdict(outcomes, expected)
    return said


def word(verdict: str) -> str:
    """Yes, no or in part, without the count.

    >>> word("in part (1 of 2)")
    'in part'
    """
    return verdict.split(" (")[0]


def stands(verdicts: dict[str, str]) -> str:
    """Whether all rules give the same answer."""
    return ROBUST if len(set(map(word, verdicts.values()))) == 1 else DEPENDENT


def practitioners() -> str:
    """The answers to what practitioners ask, under every rule."""
    parts = []
    for name, said in answered().items():
        experiment = fcs.load_experiment(name)
        rows = [[called, ask, *verdicts.values(), f"**{stands(verdicts)}**"] for (called, ask), verdicts in said.items()]
        runs = Study(experiment).runs
        parts.append(f"### {experiment.scenario.title}\n\n[The page](what_if/{name}.md); {runs:,} runs under each rule.")
        parts.append(table(["", "", *NAMES.values(), "is"], rows))
    return "\n\n".join(parts)


# The patterns of the record


@cache
def scoreboards() -> dict:
    """The scoreboard under each rule."""
    return {rule: validate(scenarios_to_score((), {"play.choice_rule": rule}), RUNS_OF_PATTERNS, SEED) for rule in CHOICE_RULES}


def patterns() -> str:
    """The result of every pattern of the record under each rule, test patterns first."""
    boards = scoreboards()
    rows = []
    for at, line in enumerate(boards[DEFAULT].lines):
        results = {rule: board.lines[at].result for rule, board in boards.items()}
        rows.append([code(line.pattern.name), line.pattern.kind, *results.values(), DEPENDENT if reason(results) else ROBUST])
    rows.sort(key=lambda row: row[1] != "test")
    return table(["pattern", "kind", *NAMES.values(), "is"], rows)


def passed(rule: str) -> str:
    """How many of the test patterns pass under a rule."""
    lines = scoreboards()[rule].of("test")
    passing = sum(line.result == PASSES for line in lines)
    return f"all {len(lines)}" if passing == len(lines) else f"{passing} of {len(lines)}"


def in_short() -> str:
    """The page in four lines: robust findings, robust answers, patterns that pass, the share due to judgement."""
    found = Counter(line.robustness for line in judged())
    answers = Counter(stands(by_rule) for said in answered().values() for by_rule in said.values())
    passing = ", ".join(f"{passed(rule)} under {name}" for rule, name in NAMES.items())
    lines = (
        f"Findings: {found[ROBUST]} of {found.total()} are robust, {found[DEPENDENT]} are theory-dependent, "
        f"{found[UNDECIDED]} are undecided, {found[NOT_SHOWN]} are not shown under any rule.",
        f"Questions of practitioners: {answers[ROBUST]} of {answers.total()} answers are the same under all rules.",
        f"Test patterns of the record: {passing} pass.",
        f"Assumed values alone account for {shares.of_judgement()} of the variance of the key outcomes.",
    )
    return "\n".join(f"* {line}" for line in lines)
