"""The answer of a report: sentences computed from the runs, with intervals, and beside them the same with the coupling off."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..analysis.comparison.contrasts import Contrast, contrasts
from ..analysis.comparison.pairing import Difference, Pairs, differences, pair
from ..analysis.groups import base_runs, finished_runs, groups
from ..analysis.numbers import interval, percent
from ..analysis.robustness import DEPENDENT, IN_DIRECTION, ROBUST, ChoiceRuleComparison, by_choice_rule
from ..analysis.summary import class_shares, mean_or_share
from ..analysis.wording import THE_COUPLING_OFF, spoken_arm
from ..model.columns import Column
from ..results import Results
from .price import price
from .subject import OFF, Subject
from .wording import spoken_outcome, with_difference, with_interval, written_as

Estimates = list[tuple[str, float, tuple[float, float] | None]]


def answer(subject: Subject) -> list[str]:
    """The answer in sentences, the most important first."""
    if not subject.results.manifest["counts"]["finished"]:
        return ["No run was finished, so there is no answer."]
    if subject.lever in (None, "arm"):
        return list(_of_one(subject))
    found = [sentence for name in subject.outcomes for sentence in _of_groups(subject, name)]
    return [*found[:1], *price(subject), *found[1:], *_of_theories(subject)]


def best_and_least(subject: Subject, name: str) -> tuple[Estimates, list[str]]:
    """Group, estimate and interval, the highest first; and the groups in which the outcome is not defined."""
    column = subject.results.columns[name]
    found = {group: mean_or_share(column, runs)[:2] for group, runs in groups(subject.results, subject.lever, name).items()}
    known = [(group, value, ends) for group, (value, ends) in found.items() if value is not None]
    return sorted(known, key=lambda line: (-line[1], line[0])), [group for group in found if found[group][0] is None]


def contrast_of_ends(subject: Subject, name: str) -> Contrast | None:
    """What the group with the highest value adds to that with the lowest, within pairs of runs.

    None for fewer than two groups, and where one has several values.
    """
    known, _ = best_and_least(subject, name)
    values = value_of_groups(subject)
    ends = [known[-1][0], known[0][0]] if len(known) > 1 else []
    if len(set(ends) & values.keys()) < 2:
        return None
    reference, choice = ({subject.lever: values[each]} for each in ends)
    return contrasts(subject.results, reference, choice, (name,))[0]


def value_of_groups(subject: Subject) -> dict[str, object]:
    """The value of the lever in each group, by the name of the group; a group of several values is left out."""
    found = {}
    for group, runs in groups(subject.results, subject.lever, subject.lever).items():
        values = runs[subject.lever].unique()
        found |= {group: values[0].item() if hasattr(values[0], "item") else values[0]} if len(values) == 1 else {}
    return found


def _of_groups(subject: Subject, name: str) -> Iterator[str]:
    column = subject.results.columns[name]
    shown, (known, undefined) = written_as(column), best_and_least(subject, name)
    contrast = contrast_of_ends(subject, name) if known else None
    if contrast is None:
        said = "; ".join(f"{with_interval(value, ends, shown)} under {group}" for group, value, ends in known)
        yield f"{spoken_outcome(column)} is {said or 'not defined in any run'}."
        return
    (highest, top, of_top), (lowest, least, of_least) = known[0], known[-1]
    gap = with_difference(contrast.difference, shown)
    if not contrast.direction:
        yield (
            f"{spoken_outcome(column)} does not differ measurably by {subject.compared}: it goes from {shown(least)} under "
            f"{lowest} to {shown(top)} under {highest}, a difference of {gap}."
        )
        return
    yield (
        f"{spoken_outcome(column)} is highest under {highest}, {with_interval(top, of_top, shown)}, and lowest under {lowest}, "
        f"{with_interval(least, of_least, shown)}. With the same random numbers {highest} adds {gap} to {lowest}"
        f"{_beside(subject, contrast)}.{_undefined(undefined)}{_moderated(subject, contrast)}"
    )


def _beside(subject: Subject, contrast: Contrast) -> str:
    """The same difference in every arm."""
    shown = written_as(contrast.column)
    parts = [
        f"{with_difference(other, shown)} with {spoken_arm(subject.results, arm)}" for arm, other in contrast.beside.items()
    ]
    return f", but {' and '.join(parts)}" if parts else ""


def _moderated(subject: Subject, contrast: Contrast) -> str:
    """On which uncertain value the difference depends."""
    if contrast.moderator is None:
        return ""
    shown, moderator = written_as(contrast.column), contrast.moderator
    ends = [with_difference(line, shown) for line in (moderator.low, moderator.high)]
    return f" This hangs on {moderator.uncertainty}: it is {ends[0]} in the lowest third of it and {ends[1]} in the highest."


def _undefined(names: list[str]) -> str:
    return f" It is not defined under {', '.join(names)}." if names else ""


def _of_one(subject: Subject) -> Iterator[str]:
    """Each outcome of one scenario, beside the same runs in every arm or with the coupling off."""
    results = subject.results
    base, others = base_runs(results, *subject.outcomes), others_of(subject)
    paired = {name: pair(table, base, _partners(table, base)) for name, table in others.items()}
    for name in subject.outcomes:
        column = results.columns[name]
        shown = written_as(column)
        value, ends, _ = mean_or_share(column, base)
        if value is None:
            yield f"{spoken_outcome(column)} is not defined in any run."
            continue
        parts = [_other(column, pairs, others[arm], arm) for arm, pairs in paired.items()]
        yield f"{spoken_outcome(column)} is {with_interval(value, ends, shown)}{''.join(parts)}."
    if subject.lever is None:
        most = class_shares(results)[0]
        of_runs = with_interval(most.share, most.interval, percent)
        yield f"The most frequent way to end is {most.name}: {of_runs} of the runs."


def others_of(subject: Subject) -> dict[str, pd.DataFrame]:
    """The runs to compare with, by what is different in them."""
    results = subject.results
    if subject.off is not None:
        return {f"{THE_COUPLING_OFF} ({OFF.description})": base_runs(subject.off, *subject.outcomes)}
    done = finished_runs(results, *subject.outcomes)
    return {spoken_arm(results, arm): done[done["arm"] == arm] for arm in results.experiment.arms}


def _partners(left: pd.DataFrame, right: pd.DataFrame) -> list[str]:
    one_each = not (left["stream"].duplicated().any() or right["stream"].duplicated().any())
    return ["stream"] if one_each else ["point", "replicate"]


def _other(column: Column, pairs: Pairs, runs: pd.DataFrame, arm: str) -> str:
    """The same outcome in other runs, and what differs within pairs."""
    shown = written_as(column)
    value, ends, _ = mean_or_share(column, runs)
    if value is None:
        return f"; with {arm} it is not defined"
    (line,) = differences(pairs, [column]) if len(pairs) else (None,)
    gap = f", so the difference is {_signed(line, column)} with the same random numbers" if line else ""
    return f"; with {arm} it is {with_interval(value, ends, shown)}{gap}"


def _signed(line: Difference, column: Column) -> str:
    shown = written_as(column)
    if not line.changed:
        return "nothing"
    return f"{'+' if line.difference > 0 else ''}{shown(line.difference)} ({interval(line.interval, shown)})"


def _of_theories(subject: Subject) -> Iterator[str]:
    """How many of the differences hold under every rule of choice."""
    lines = theories(subject.results, subject.outcomes)
    if lines:
        robust = sum(line.robustness in (ROBUST, IN_DIRECTION) for line in lines)
        depend = sum(line.robustness == DEPENDENT for line in lines)
        yield (
            f"Of {len(lines)} differences between choices, {robust} have one direction under every theory of how actors "
            f"choose, and {depend} depend on the theory."
        )


def theories(results: Results, outcomes: tuple[str, ...]) -> tuple[ChoiceRuleComparison, ...]:
    """The comparisons by rule of choice, if the rule is a lever."""
    return by_choice_rule(results, outcomes)
