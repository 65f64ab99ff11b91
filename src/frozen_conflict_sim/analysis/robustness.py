"""Robustness to the rule of choice: whether a difference is there under every theory of how actors choose.

In a study the rule must be a lever. Every other lever is compared with its first value, in the base and in every arm, and the
base is compared with every arm. A difference depends on theory if it differs between rules, not if verdicts on it do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..engine.choice_rules import CHOICE_RULES, THEORIES
from ..experiment.spec import BASE
from ..results import Results
from .comparison.interactions import Interaction, interactions
from .comparison.pairing import Difference, Pairs, differences, pair, shared_by_partners
from .intervals import clusters, point_weights

if TYPE_CHECKING:
    import pandas as pd

    from ..model.columns import Column

ROBUST, IN_DIRECTION, DEPENDENT = "robust", "robust in direction", "theory-dependent"
NOTHING, UNDECIDED, OPEN = "no difference", "undecided", "not run under all"
WAYS = {1: "higher", -1: "lower", 0: "no difference"}
SHARE_OF_RANGE = 0.1
NEGLIGIBLE = {"count": 0.05}  # smaller differences always count as none; 0.01 on a scale from 0 to 1
ELSE = 0.01
BAR = "a tenth of the range over which the levers move the outcome's mean, and at least 0.01 (0.05 for a count)"
MEANINGS = {
    ROBUST: "the same direction under every rule, and no rule differs from another in size",
    IN_DIRECTION: "the same direction under every rule, but the size depends on the rule",
    DEPENDENT: "the difference has another direction, or is none, under a rule that differs from another",
    NOTHING: "none, or less than the bar, under every rule",
    UNDECIDED: "not every rule shows it, but the rules do not differ from each other: more runs would tell",
    OPEN: "not run, or not defined, under every rule",
}


def negligible(unit: str) -> float:
    """The size below which a difference counts as none, whatever the policies move."""
    return NEGLIGIBLE.get(unit, ELSE)


def bar(unit: str, of_range: float) -> float:
    """The size below which a difference counts as none: a tenth of the range that policies move an outcome over.

    >>> bar("index", 0.4), bar("index", 0.01)
    (0.04000000000000001, 0.01)
    """
    return max(SHARE_OF_RANGE * of_range, negligible(unit))


def direction(difference: Difference, least: float | None = None) -> int:
    """1 for more, -1 for less, 0 if the interval includes zero or the difference is smaller than ``least``."""
    low, high = difference.interval or (0.0, 0.0)
    size = abs(difference.difference or 0.0)
    least = negligible(difference.unit) if least is None else least
    return int(low > 0.0) - int(high < 0.0) if size >= least else 0


def robustness(directions: Mapping[str, int], found: Sequence[Interaction], least: float = 0.0) -> str:
    """The robustness of a difference with these directions by rule of choice, given the interactions of the rules."""
    apart = [each for each in found if each.differs(least)]
    if any(directions[each.one] != directions[each.other] for each in apart):
        return DEPENDENT
    if set(CHOICE_RULES) - set(directions):
        return OPEN
    ways = set(directions.values())
    if len(ways) > 1:
        return UNDECIDED
    return NOTHING if ways == {0} else IN_DIRECTION if apart else ROBUST


def reason(said: Mapping[str, str]) -> str:
    """What is said under which rules, and which were not run; empty if all say the same."""
    words = dict.fromkeys(said.values())
    missing = [rule for rule in CHOICE_RULES if rule not in said]
    parts = [f"{word} under {_named(rule for rule in said if said[rule] == word)}" for word in words] if len(words) > 1 else []
    return "; ".join([*parts, *([f"not run under {_named(missing)}"] if missing else [])])


def _named(rules) -> str:
    return ", ".join(rule.replace("_", " ") for rule in rules)


RULE = "play.choice_rule"


@dataclass(frozen=True)
class ChoiceRuleComparison:
    """What ``choice`` adds to ``reference`` in one outcome, by rule of choice, and whether the rules differ in it.

    ``arm`` is the arm in which both are compared, empty for the base. Differences smaller than ``bar`` count as none.
    """

    choice: str
    reference: str
    arm: str
    outcome: str
    label: str
    unit: str
    bar: float
    differences: dict[str, Difference]
    directions: dict[str, int]
    interactions: tuple[Interaction, ...]
    robustness: str
    reason: str


def by_choice_rule(results: Results, outcomes: Sequence[str] = ()) -> tuple[ChoiceRuleComparison, ...]:
    """All comparisons of a study by rule of choice; empty if the rule is no lever or nothing is compared."""
    if RULE not in results.names("lever") or "changed" in results.columns:
        return ()
    wanted = outcomes or results.experiment.outcomes or results.names("outcome", key_outcomes=True)
    columns = [results.columns[name] for name in wanted]
    runs = _runs(results, wanted)
    bars = {column.name: bar(column.unit, of_range) for column, of_range in zip(columns, ranges(results, runs, wanted))}
    found = []
    for choice, reference, arm, left, right in _comparisons(results, runs):
        if not (len(left) and len(right)):
            continue
        on = _partners(results, [left, right])
        by_rule = {rule: [side[side[RULE] == rule] for side in (left, right)] for rule in THEORIES}
        pairs = {rule: pair(*sides, on=on) for rule, sides in by_rule.items() if all(map(len, sides))}
        found += [compared((choice, reference, arm), column, pairs, bars[column.name], on) for column in columns]
    order = {name: at for at, name in enumerate(wanted)}
    return tuple(sorted(found, key=lambda line: order[line.outcome]))


def compared(
    about: tuple[str, str, str], column: Column, pairs: Mapping[str, Pairs], least: float, on: Sequence[str] = ("stream",)
) -> ChoiceRuleComparison:
    """The comparison of one outcome; ``about`` has choice, reference and arm, ``pairs`` the pairs of runs by rule.

    Partners, also those under different rules, have the same values in the columns ``on``.
    """
    lines = {rule: differences(each, [column])[0] for rule, each in pairs.items()}
    ways = {rule: direction(line, least) for rule, line in lines.items() if line.pairs}
    found = interactions(pairs, column.name, on)
    result = robustness(ways, found, least)
    why = _sizes(lines) if result == IN_DIRECTION else reason({rule: WAYS[way] for rule, way in ways.items()})
    return ChoiceRuleComparison(*about, column.name, column.label, column.unit, least, lines, ways, found, result, why)


def _sizes(lines: Mapping[str, Difference]) -> str:
    """The smallest and the largest difference."""
    small, *_, large = sorted(lines, key=lambda rule: abs(lines[rule].difference or 0.0))
    ends = (f"{lines[rule].difference:.3g} under {_named([rule])}" for rule in (small, large))
    return " to ".join(ends)


def ranges(results: Results, runs: pd.DataFrame, outcomes: Sequence[str]) -> list[float]:
    """The range of each outcome's mean over the values of the levers, in the base and under the first rule that was run."""
    levers = [name for name in results.names("lever") if name != RULE]
    base = runs[runs["arm"] == BASE] if results.experiment.arms else runs
    if not levers:
        return [0.0] * len(outcomes)
    if RULE in base:
        base = base[base[RULE] == next((rule for rule in CHOICE_RULES if (base[RULE] == rule).any()), None)]
    found = []
    for name in outcomes:
        known = base[base[name].notna()]
        weighted = known.assign(weight=point_weights(known["point"].to_numpy()), value=known[name].astype(float))
        weighted["value"] *= weighted["weight"]
        sums = weighted.groupby(levers, dropna=False)[["value", "weight"]].sum()
        means = sums["value"] / sums["weight"]
        found.append(float(means.max() - means.min()) if len(means) else 0.0)
    return found


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
    """The columns that identify partners under one rule of choice."""
    first = [side[side[RULE] == side[RULE].iloc[0]] for side in sides]
    one_each = not any(side["stream"].duplicated().any() for side in first)
    return ["stream"] if one_each else shared_by_partners(results, results, *first)


def _written(value) -> str:
    return value.replace("_", " ") if isinstance(value, str) else f"{value:g}"
