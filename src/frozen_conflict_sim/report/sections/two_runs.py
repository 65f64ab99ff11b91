"""Two runs with the same random numbers that diverged: where, over what decision, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...analysis.comparison.first_divergence import FirstDivergence, first_divergence
from ...analysis.comparison.pairing import Pairs, pair, shared_by_partners
from ...analysis.numbers import number, percent
from ...experiment.spec import BASE
from ...explain.decisions import DecisionAccount
from ...explain.display.story_text import happenings_in_words, moved_in_words
from ...explain.display.text import receipt_lines
from ...explain.run import RunExplanation
from ...explain.source import explain_run, explain_runs
from ...results import Results
from ..answer import best_and_least, contrast_of_ends, value_of_groups
from ..document import Block, Listing, Paragraph, Section, Text
from ..subject import Subject

LEFT, RIGHT = "the first", "the second"


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its results, its runs, and what it is called."""

    results: Results
    runs: pd.DataFrame
    called: str


def two_runs(subject: Subject) -> Section | None:
    """The story of two runs of the subject that use the same random numbers and end differently."""
    sides = _sides(subject)
    return diverged(*sides, subject.outcomes[0]) if sides else None


def diverged(left: Side, right: Side, outcome: str) -> Section | None:
    """Where pairs of two sides first diverge, and one typical pair that does so there."""
    pairs = pair(left.runs, right.runs, shared_by_partners(left.results, right.results, left.runs, right.runs))
    names = [name for name in left.results.names("decision") if name in set(right.results.names("decision"))]
    if not len(pairs) or not names:
        return None
    codes = [_codes(side, table, names) for side, table in ((left, pairs.left), (right, pairs.right))]
    found = first_divergence(*codes, left.results.variables, left.results.scenario)
    if not found.diverged:
        return None
    at = _typical(pairs, codes, found, outcome)
    numbers = int(pairs.left["run"].iloc[at]), int(pairs.right["run"].iloc[at])
    if left.results is right.results:
        told = explain_runs(left.results, numbers)
    else:
        told = [explain_run(side.results, run) for side, run in zip((left, right), numbers)]
    blocks = [Paragraph(_where(found, left, right)), *_stories(told, (left, right), numbers), *_why(told, found)]
    return Section("two-runs", "Two runs that diverged, and why", tuple(blocks))


def _sides(subject: Subject) -> tuple[Side, Side] | None:
    """The groups with the lowest and highest value of the main outcome, or the base and the same with the coupling off."""
    results, name = subject.results, subject.outcomes[0]
    runs = results.table([*results.names("about"), *results.names("lever"), *results.names("uncertainty"), name])
    runs = runs[runs["status"] == "done"]
    if subject.off is not None:
        columns = [*subject.off.names("about"), name]
        return Side(subject.off, subject.off.table(columns), "coupling off"), Side(results, runs, "as it is")
    if subject.lever in (None, "arm"):
        arms = [BASE, *results.experiment.arms]
        return tuple(Side(results, runs[runs["arm"] == arm], arm) for arm in arms[1::-1]) if len(arms) > 1 else None
    if contrast_of_ends(subject, name) is None:
        return None
    base = runs[runs["arm"] == BASE] if "arm" in runs else runs
    known, values = best_and_least(subject, name)[0], value_of_groups(subject)
    return tuple(Side(results, base[base[subject.lever] == values[group]], group) for group in (known[-1][0], known[0][0]))


def _codes(side: Side, table: pd.DataFrame, names: list[str]) -> dict[str, np.ndarray]:
    """The decisions of the runs of a table, in its order."""
    stored = side.results.arrays(*names)
    rows = np.searchsorted(stored.runs, table["run"].to_numpy())
    return {name: stored[name][rows] for name in names}


def _typical(pairs: Pairs, codes: list, found: FirstDivergence, outcome: str) -> int:
    """The pair that diverges at the most frequent place, if possible into other classes, and whose difference is the median."""
    first, turn = found.first[0].decision, found.first[0].turn - 1
    before = np.ones(len(pairs), bool)
    for name, values in codes[0].items():
        before &= (values[:, :turn] == codes[1][name][:, :turn]).all(axis=1)
    here = before & (codes[0][first][:, turn] != codes[1][first][:, turn])
    other = here & (pairs.left["class"].to_numpy() != pairs.right["class"].to_numpy())
    chosen = np.flatnonzero(other if other.any() else here)
    apart = pairs.right[outcome].to_numpy(float)[chosen] - pairs.left[outcome].to_numpy(float)[chosen]
    known = np.isfinite(apart)
    middle = np.median(apart[known]) if known.any() else 0.0
    return int(chosen[np.argmin(np.where(known, np.abs(apart - middle), np.inf))]) if known.any() else int(chosen[0])


def _where(found: FirstDivergence, left: Side, right: Side) -> str:
    """How many pairs diverge, and over what most of them first do so."""
    most = found.first[0]
    chosen = (option.replace("_", " ") for option in (most.left, most.right))
    return (
        f"{percent(found.share)} of {found.pairs:,} pairs of runs with the same random numbers diverge, {left.called} against "
        f"{right.called}; {percent(most.share)} of them first over {most.label} in {most.date}: {' against '.join(chosen)}. "
        f"One pair, chosen because its difference is the median of those, is told here."
    )


def _stories(told: list[RunExplanation], sides: tuple[Side, Side], numbers: tuple[int, int]) -> list[Block]:
    blocks: list[Block] = []
    for each, side, run in zip(told, sides, numbers):
        story = each.told
        share = f" ({percent(story.share)} of {story.runs:,} runs do)" if story.share is not None else ""
        blocks.append(Paragraph(f"Run {run}, {side.called}, {story.ending}{share}: {story.meaning}"))
        blocks.append(Listing(tuple(_points(story))))
    return blocks


def _points(story) -> list[str]:
    lines = []
    for point in story.turning_points:
        moved = moved_in_words(point)
        lines.append(f"{point.date}: {happenings_in_words(point)}.{f' {moved}.' if moved else ''}")
    ends = "; ".join(f"{label} {number(first)} → {number(last)}" for label, first, last in story.ends[:3])
    return [*lines, f"{story.end}: {ends}."]


def _why(told: list[RunExplanation], found: FirstDivergence) -> list[Block]:
    """The receipts of the decision at which the pair diverged, in both runs."""
    most = found.first[0]
    actor = most.label.partition(":")[0]
    blocks: list[Block] = [Paragraph(f"Why they diverged in {most.date}: what {actor} weighed in each of the two.")]
    for each, which in zip(told, (LEFT, RIGHT)):
        lines = [
            line
            for account, _ in each.accounts(most.turn, actor)
            if _is_about(account, most.label)
            for line in [*receipt_lines(account), ""]
        ]
        blocks.append(Text(f"What {actor} weighed in {which} run", "\n".join(lines).strip(), open=True))
    return [block for block in blocks if not (isinstance(block, Text) and not block.text)]


def _is_about(account: DecisionAccount, label: str) -> bool:
    """Whether an account is of the decision with this label, which names actor, decision and whom it is about."""
    about = "" if account.about == account.actor else f", {account.about}"
    return label == f"{account.actor}: {account.meaning}{about}"
