"""Flips: the smallest change of one weight, or of one fact, that would have changed a choice under the draw as it was."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np

from ...engine.arrays.decisions import DecisionMaker
from ...engine.arrays.lanes import Deliberation, set_number
from ...engine.arrays.receipts import Receipt
from ...engine.declare.decision import Option
from ...engine.declare.rule import Rule
from .numbers import Around, Number
from .smallest_change import MOST_LANES, Change, smallest_changes


@dataclass(frozen=True)
class Flip:
    """With the number at ``to`` instead of ``value``, all else as it was, the choice would have been ``becomes``.

    At ``short``, which is nearer to the value, the choice is still the same; the two differ by rounding only.
    ``share_of_range`` is the size of the change relative to the declared bounds.
    """

    kind: str
    key: str
    meaning: str
    unit: str
    value: float
    short: float
    to: float
    becomes: str
    low: float
    high: float

    @property
    def change(self) -> float:
        """The change of the number."""
        return self.to - self.value

    @property
    def share_of_range(self) -> float:
        """The size of the change relative to the declared bounds."""
        return abs(self.change) / (self.high - self.low)

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return asdict(self) | {"change": self.change}


def sorted_flips(numbers: list[Number], found: list[Change | None], answers: list[str]) -> list[Flip]:
    """The flips of some numbers by their changes, the smallest share of the range first; ``answers`` are named by index."""
    flips = [
        Flip(
            one.kind, one.key, one.declared.meaning, one.declared.unit,
            one.value, change.short, change.to, answers[change.becomes], one.declared.low, one.declared.high,
        )
        for one, change in zip(numbers, found) if change
    ]  # fmt: skip
    return sorted(flips, key=lambda flip: flip.share_of_range)


class FlipSearch:
    """Finds flips of one member's choice in one run, from the receipt of the decision."""

    def __init__(self, decision_maker: DecisionMaker, receipt: Receipt, member: str, run: int = 0):
        self.decision_maker, self.receipt, self.run = decision_maker, receipt, run
        self.world, self.declared = decision_maker.world, decision_maker.world.declared
        self.member = receipt.members.index(member)
        self.chosen = int(receipt.chosen[self.member, run])
        self.around = Around(self.world, receipt.moment, receipt.decision.level, self.member, run)

    def flips(self) -> list[Flip]:
        """Of every weight and every fact the nearest flip within its bounds, the smallest change first."""
        numbers = [*self.weights, *self.facts]
        ranges = [one.range for one in numbers]

        def ask(which: np.ndarray, at: np.ndarray):
            return self.answers([numbers[index] for index in np.unique(which)], ranked(which), at)

        found = smallest_changes(ranges, self.chosen, ask)
        return sorted_flips(numbers, found, [option.name for option in self.receipt.decision.options])

    def answers(self, numbers: list[Number], which: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The choice, and what it hangs on, if number ``which`` were ``at``; shapes ``(lane,)`` and ``(crossing, lane)``."""
        parts = [
            self._answered(numbers, which[begin : begin + MOST_LANES], at[begin : begin + MOST_LANES])
            for begin in range(0, len(at), MOST_LANES)
        ]
        return tuple(np.concatenate(each, axis=-1) for each in zip(*parts))

    def _answered(self, numbers: list[Number], which: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        again = Deliberation(self.decision_maker, self.receipt, self.run, len(at))
        for index, number in enumerate(numbers):
            here = np.where(which == index, at, number.value)
            if number.kind == "fact":
                set_number(again.world, number.declared.name, number.place, here)
            else:
                key = number.owner.name, number.declared.name
                again.world.weights[key] = weights = np.repeat(again.world.weights[key], len(at), axis=-1)
                weights[number.place] = here
                again.world.refresh()
        assessment, chosen = again.taken()
        return chosen[self.member], self._crossings(assessment.utilities, again.scores(assessment))

    def _crossings(self, utilities: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """Numbers whose signs decide the choice: utilities, scores, and how options and members compare by both."""
        options = self.receipt.decision.options
        alone = not any(option.one_per_turn for option in options)
        members = [self.member] if alone else range(len(self.receipt.members))
        rows: list[np.ndarray] = []
        for member in members:
            worth, score = utilities[1:, member], scores[:, member]
            rows += [*worth, *score]
            rows += [score[a] - score[b] for a in range(len(score)) for b in range(a)]
            rows += [worth[a] + sign * worth[b] for a in range(len(worth)) for b in range(a) for sign in (1, -1)]
        for index, option in enumerate(options):
            if option.one_per_turn:
                rows += [scores[index, a] - scores[index, b] for a in members for b in range(a)]
        return np.stack(rows)

    @cached_property
    def weights(self) -> list[Number]:
        """The weights of who decides that count for some option of the decision."""
        decision, role = self.receipt.decision, self.receipt.decision.role
        names = dict.fromkeys(one.weight for option in decision.options for one in option.incentives if one.weight)
        at = self.around.place_of(role)
        found = []
        for name in names:
            declared = self.declared.weights[role.name, name]
            key = role.dotted(self.world.members(role.level)[at], f"incentives.{name}")
            found.append(
                Number("weight", key, declared, role, (at,), self.around.cell(self.world.weights[role.name, name], (at,)))
            )
        return found

    @cached_property
    def facts(self) -> list[Number]:
        """The states and facts on which the decision hangs, of those whom it is about or who are above or below them."""
        rules = [rule for option in self.receipt.decision.options for rule in _rules_of(option)]
        return self.around.facts({name for rule in rules for name in rule.reads})


def _rules_of(option: Option) -> list[Rule]:
    return [*option.conditions, *(incentive.rule for incentive in option.incentives)]


def ranked(which: np.ndarray) -> np.ndarray:
    """Numbers by their rank among those that occur."""
    return np.unique(which, return_inverse=True)[1]
