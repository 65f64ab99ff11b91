"""Robustness to the rule of choice: whether a difference has the same direction under every theory of how actors choose.

In a study the rule must be a lever. Every other lever is compared with its first value, in the base and in every arm, and the
base is compared with every arm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..engine.choice_rules import CHOICE_RULES
from ..experiment.spec import BASE
from ..results import Results
from .comparison.pairing import Difference, differences, pair, shared_by_partners
from .intervals import clusters

if TYPE_CHECKING:
    import pandas as pd


ROBUST, DEPENDENT, NOTHING, OPEN = "robust", "theory-dependent", "no difference", "not run under all"
WAYS = {1: "higher", -1: "lower", 0: "no difference"}
NEGLIGIBLE = {"count": 0.05}  # smaller differences count as none; 0.01 on a scale from 0 to 1
ELSE = 0.01


def direction(difference: Difference) -> int:
    """1 for more, -1 for less, 0 if the interval includes zero or the difference is negligible."""
    low, high = difference.interval or (0.0, 0.0)
    size = abs(difference.difference or 0.0)
    return int(low > 0.0) - int(high < 0.0) if size >= NEGLIGIBLE.get(difference.unit, ELSE) else 0


def robustness(directions: Mapping[str, int]) -> str:
    """The robustness of a difference with these directions by rule of choice."""
    ways = set(directions.values())
    if len(ways) > 1:
        return DEPENDENT
    if set(CHOICE_RULES) - set(directions):
        return OPEN
    return NOTHING if ways == {0} else ROBUST


def reason(said: Mapping[str, str]) -> str:
    """Which rules disagree or were not run; empty if all agree."""
    words = dict.fromkeys(said.values())
    missing = [rule for rule in CHOICE_RULES if rule not in said]
    parts = [f"{word} under {_named(rule for rule in said if said[rule] == word)}" for word in words] if len(words) > 1 else []
    return "; ".join([*parts, *([f"not run under {_named(missing)}"] if missing else [])])


def _named(rules) -> str:
    return ", ".join(rule.replace("_", " ") for rule in rules)


RULE = "play.choice_rule"


@dataclass(frozen=True)
class ChoiceRuleComparison:
    """What ``choice`` adds to ``reference`` in one outcome, by rule of choice, and whether all rules agree.

    ``arm`` is the arm in which both are compared, empty for the base.
    """

    choice: str
    reference: str
    arm: str
    outcome: str
    label: str
    unit: str
    differences: dict[str, Difference]
    directions: dict[str, int]
    robustness: str
    reason: str


def by_choice_rule(results: Results, outcomes: Sequence[str] = ()) -> tuple[ChoiceRuleComparison, ...]:
    """All comparisons of a study by rule of choice; empty if the rule is no lever or nothing is compared."""
    if RULE not in results.names("lever") or "changed" in results.columns:
        return ()
    wanted = outcomes or results.experiment.outcomes or results.names("outcome", key_outcomes=True)
    runs = _runs(results, wanted)
    found = []
    for choice, reference, arm, left, right in _comparisons(results, runs):
        by_rule = {}
        for rule in CHOICE_RULES:
            sides = [side[side[RULE] == rule] for side in (left, right)]
            if all(map(len, sides)):
                pairs = pair(*sides, on=_partners(results, sides))
                by_rule[rule] = differences(pairs, [results.columns[name] for name in wanted])
        found += [
            _line(choice, reference, arm, {rule: lines[at] for rule, lines in by_rule.items()}) for at in range(len(wanted))
        ]
    order = {name: at for at, name in enumerate(wanted)}
    return tuple(sorted(found, key=lambda line: order[line.outcome]))


def _line(choice: str, reference: str, arm: str, lines: dict[str, Difference]) -> ChoiceRuleComparison:
    ways = {rule: direction(line) for rule, line in lines.items()}
    first = next(iter(lines.values()))
    why = reason({rule: WAYS[way] for rule, way in ways.items()})
    return ChoiceRuleComparison(
        choice, reference, arm, first.outcome, first.label, first.unit, lines, ways, robustness(ways), why
    )


def _runs(results: Results, wanted: Sequence[str]) -> pd.DataFrame:
    """The finished runs with the columns that identify partners; uncertain values only if needed for that."""
    about = results.names("about")
    stream = results.table(["stream"])["stream"].to_numpy()
    uncertain = [] if clusters(stream)[1] == "draw" else results.names("uncertainty")
    runs = results.table(list(dict.fromkeys([*about, *results.names("lever"), *uncertain, *wanted])))
    return runs[runs["status"] == "done"]


def _comparisons(results: Results, runs: pd.DataFrame) -> Iterator[tuple[str, str, str, pd.DataFrame, pd.DataFrame]]:
    """Choice, reference, arm, and the runs of reference and choice."""
    arms = results.experiment.arms
    by_arm = {arm: runs[runs["arm"] == arm] for arm in (BASE, *arms)} if arms else {BASE: runs}
    for lever in results.names("lever"):
        if lever == RULE:
            continue
        first, *others = runs[lever].unique()
        for value in others:
            for arm, side in by_arm.items():
                names = (f"{lever} = {_written(each)}" for each in (value, first))
                yield *names, "" if arm == BASE else arm, side[side[lever] == first], side[side[lever] == value]
    for arm in arms:
        yield BASE, arm, "", by_arm[arm], by_arm[BASE]


def _partners(results: Results, sides: list[pd.DataFrame]) -> list[str]:
    one_each = not any(side["stream"].duplicated().any() for side in sides)
    return ["stream"] if one_each else shared_by_partners(results, results, *sides)


def _written(value) -> str:
    return value.replace("_", " ") if isinstance(value, str) else f"{value:g}"
