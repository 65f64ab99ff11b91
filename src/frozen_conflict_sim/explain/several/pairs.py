"""Two runs side by side: which inputs differ, where they first diverge, and the ledger of the difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ...analysis.comparison.inputs import Change, scenario_changes
from ...analysis.comparison.pairing import pair, shared_by_partners
from ...engine.arrays.receipts import Receipt
from ...experiment.errors import NoSuchRun
from ...files.problems import InputError, Position, Problem
from ...model.columns import columns
from ...results import Results
from ..decisions import DecisionAccount, account
from ..replay import Replay, replay
from ..run import RunExplanation


@dataclass(frozen=True)
class Parting:
    """The first decision that two runs take differently, as it was taken in each."""

    left: DecisionAccount
    right: DecisionAccount


@dataclass(frozen=True)
class DifferenceRow:
    """What a cause added to a quantity in each run; the start of the quantity is a row of its own."""

    cause: str
    left: float
    right: float

    @property
    def difference(self) -> float:
        """Right minus left."""
        return self.right - self.left


@dataclass(frozen=True)
class LedgerOfDifference:
    """The ledgers of one quantity in two runs: the differences of the rows sum to that at the end."""

    key: str
    label: str
    unit: str
    left: float
    right: float
    rows: tuple[DifferenceRow, ...]


class RunPair:
    """Two runs that were played again; ``names`` say which is which.

    ``same_streams`` says whether they use the same random numbers, so that they differ only by their inputs.
    """

    def __init__(self, left: Replay, right: Replay, names: tuple[str, str]):
        self.replays, self.names = (left, right), names
        self.explained = tuple(RunExplanation(one.model, number=one.run) for one in self.replays)
        identities = [(one.seed, one.values["stream"]) for one in self.replays]
        self.same_streams = identities[0] == identities[1]
        spans = [(one.model.setting.start, one.model.setting.time_step) for one in self.replays]
        if spans[0] != spans[1]:
            why = "the two runs begin at different dates or have turns of different length, so they cannot be told side by side"
            raise InputError([Problem(Position("explain"), "", why)])

    @property
    def inputs(self) -> tuple[Change, ...]:
        """What differs between what the two runs play, with the values of each run."""
        return scenario_changes(*(one.scenario for one in self.replays))

    def parting(self) -> Parting | None:
        """The first decision that both take, and take differently; None if there is none."""
        left, right = (one.model for one in self.replays)
        others = {(other.turn, other.decision.name, other.decision.role.name): other for other in right.decision_maker.receipts}
        for mine in left.decision_maker.receipts:
            theirs = others.get((mine.turn, mine.decision.name, mine.decision.role.name))
            for member in _in_both(mine, theirs):
                if _chosen(mine, member) != _chosen(theirs, member):
                    return Parting(account(left, mine, member, 0), account(right, theirs, member, 0))
        return None

    def first_difference(self) -> tuple[str, str] | None:
        """The date and the label of the first trajectory that differs; None if all are the same."""
        left, right = (one.trajectories for one in self.replays)
        length, found = min(len(left), len(right)), []
        for at, name in enumerate(name for name in left if name in right):
            differs = left[name].to_numpy()[:length] != right[name].to_numpy()[:length]
            found += [(int(np.argmax(differs)), at, name)] if differs.any() else []
        if not found:
            return None
        turn, _, name = min(found)
        return left.index[turn], self.replays[0].columns[name].label

    def ends(self) -> list[tuple[str, str, float, float]]:
        """Key, label and the values at the end of every key trajectory of both, the largest difference of its range first."""
        rows = []
        for column in columns(self.replays[0].model.setting):
            ends = [one.trajectories[column.name].iloc[-1] for one in self.replays if column.name in one.trajectories]
            if column.kind == "trajectory" and column.key_outcome and len(ends) == 2:
                size = abs(ends[1] - ends[0]) / ((column.high or 1.0) - (column.low or 0.0))
                rows.append((float(size), column.name, column.label, *map(float, ends)))
        return [row[1:] for row in sorted(rows, key=lambda row: -row[0])]

    def ledger(self, key: str = "") -> LedgerOfDifference:
        """The ledger of the difference in a quantity, by default the one that differs most; raises ``InputError``."""
        key = key or self.ends()[0][0]
        left, right = (one.ledger(key) for one in self.explained)
        amounts: dict[str, list[float]] = {"at the start": [left.start, right.start]}
        for side, found in enumerate((left, right)):
            for row in found.rows:
                amounts.setdefault(f"{row.cause} ({row.of})" if row.of else row.cause, [0.0, 0.0])[side] += row.amount
        rows = [DifferenceRow(cause, *both) for cause, both in amounts.items() if any(both)]
        rows.sort(key=lambda row: -abs(row.difference))
        return LedgerOfDifference(left.key, left.label, left.unit, left.end, right.end, tuple(rows))


def run_pair(results: Results, run: int, other: int) -> RunPair:
    """Two runs of some results. Raises ``NoSuchRun``."""
    return RunPair(replay(results, run), replay(results, other), (f"run {run}", f"run {other}"))


def partners(left: Results, right: Results, run: int) -> RunPair:
    """A run of one result and its partner in another: the run with the same random numbers. Raises ``NoSuchRun``."""
    (task,) = left.tasks([run])
    pairs = pair(left.runs, right.runs, shared_by_partners(left, right, left.runs, right.runs))
    found = np.flatnonzero(pairs.left["run"].to_numpy() == run)
    if not len(found):
        theirs = np.flatnonzero(right.runs["stream"].to_numpy() == task.rows.stream[0])
        if len(theirs) != 1 or left.manifest["seed"] != right.manifest["seed"]:
            raise NoSuchRun(f"run {run} of {left.path or 'A'} has no finished partner with the same random numbers in "
                            f"{right.path or 'B'}")  # fmt: skip
        other = int(right.runs["run"].iloc[theirs[0]])
    else:
        other = int(pairs.right["run"].iloc[found[0]])
    names = f"run {run} of {left.path or 'A'}", f"run {other} of {right.path or 'B'}"
    return RunPair(replay(left, run), replay(right, other), names)


def _in_both(mine: Receipt, theirs: Receipt | None) -> Iterator[str]:
    if theirs is not None and mine.moment.active[0] and theirs.moment.active[0]:
        yield from (member for member in mine.members if member in theirs.members)


def _chosen(receipt: Receipt, member: str) -> str:
    return receipt.decision.options[int(receipt.chosen[receipt.members.index(member), 0])].name
