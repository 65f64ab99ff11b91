"""Flips: the smallest change of one weight, or of one fact, that would have changed a choice under the draw as it was."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np

from ...engine.arrays.decisions import DecisionMaker
from ...engine.arrays.lanes import Deliberation, set_number
from ...engine.arrays.receipts import Receipt
from ...engine.declare.names import Owner
from ...engine.declare.parameter import Quantity
from ...engine.time_step import USUAL, by_the_quarter
from .smallest_change import MOST_LANES, Range, smallest_changes

NO_DEGREES = ("0 or 1", "faction")  # units of which there is no a little more
FACT_POINTS = 17


@dataclass(frozen=True)
class Number:
    """A number on which a decision hangs: a weight of who decides, or a fact; ``place`` is its cell, items first."""

    kind: str
    key: str
    declared: Quantity
    owner: Owner
    place: tuple[int, ...]
    value: float


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


class FlipSearch:
    """Finds flips of one member's choice in one run, from the receipt of the decision."""

    def __init__(self, decision_maker: DecisionMaker, receipt: Receipt, member: str, run: int = 0):
        self.decision_maker, self.receipt, self.run = decision_maker, receipt, run
        self.world, self.declared = decision_maker.world, decision_maker.world.declared
        self.member = receipt.members.index(member)
        self.chosen = int(receipt.chosen[self.member, run])

    def flips(self) -> list[Flip]:
        """Of every weight and every fact the nearest flip within its bounds, the smallest change first."""
        numbers = [*self.weights, *self.facts]
        ranges = [
            Range(one.value, one.declared.low, one.declared.high, 1 if one.kind == "weight" else FACT_POINTS) for one in numbers
        ]

        def ask(which: np.ndarray, at: np.ndarray):
            return self.answers([numbers[index] for index in np.unique(which)], *_ranked(which), at)

        found = smallest_changes(ranges, self.chosen, ask)
        names = [option.name for option in self.receipt.decision.options]
        flips = [
            Flip(
                one.kind, one.key, one.declared.meaning, one.declared.unit,
                one.value, change.short, change.to, names[change.becomes], one.declared.low, one.declared.high,
            )
            for one, change in zip(numbers, found) if change
        ]  # fmt: skip
        return sorted(flips, key=lambda flip: flip.share_of_range)

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
        at = self._place(role)
        found = []
        for name in names:
            declared = self.declared.weights[role.name, name]
            key = role.dotted(self.world.members(role.level)[at], f"incentives.{name}")
            found.append(Number("weight", key, declared, role, (at,), self._cell(self.world.weights[role.name, name], (at,))))
        return found

    @cached_property
    def facts(self) -> list[Number]:
        """The states and facts on which the decision hangs, of those whom it is about or who are above or below them."""
        found = []
        for name in sorted(self._sources()):
            declared, owner = self.declared.quantities[name], self.declared.owners[name]
            values = self.receipt.moment.values[name]
            items = self.declared.items[declared.by] if declared.by else ("",)
            for at in self._places(owner):
                for row, item in enumerate(items):
                    place = (row, at) if item else (at,)
                    key = owner.dotted(self.world.members(owner.level)[at], name, item)
                    found.append(Number("fact", key, declared, owner, place, self._cell(values, place)))
        return found

    def _sources(self) -> set[str]:
        """The numbers that the decision's rules read, directly or through what is computed from them."""
        decision = self.receipt.decision
        rules = [rule for option in decision.options for rule in (*option.conditions, *(i.rule for i in option.incentives))]
        made_of, fresh, seen = self.declared.computed_from(), {name for rule in rules for name in rule.reads}, set()
        while fresh:
            seen |= fresh
            fresh = {source for name in fresh for source in made_of.get(name, ())} - seen
        return {name for name in seen if name in self.receipt.moment.values and self._is_fact(name)}

    def _is_fact(self, name: str) -> bool:
        declared = self.declared.quantities[name]
        scaled = by_the_quarter(declared.unit) and self.world.setting.time_step != USUAL
        given = (declared.state or declared.fact) and not declared.recomputed
        return given and declared.unit not in NO_DEGREES and not scaled

    def _place(self, role: Owner) -> int:
        """The index of the one member of a role that decides, or is above the one that the decision is about."""
        level = self.receipt.decision.level
        if role.level == level:
            return self.member
        belongs = self.world.setting.belongs.get((level, role.level))
        return belongs[self.member] if belongs else 0

    def _places(self, owner: Owner) -> list[int]:
        level, count = self.receipt.decision.level, len(self.world.members(owner.level))
        below = self.world.setting.belongs.get((owner.level, level))
        if below and owner.level != level:
            return [at for at in range(count) if below[at] == self.member]
        return (
            [self._place(owner)]
            if owner.level == level or (level, owner.level) in self.world.setting.belongs
            else [*range(count)]
        )

    def _cell(self, values: np.ndarray, place: tuple[int, ...]) -> float:
        return float(values[place][self.run if values.shape[-1] > 1 else 0])


def _ranked(which: np.ndarray) -> tuple[np.ndarray]:
    """Numbers by their rank among those that occur."""
    return (np.unique(which, return_inverse=True)[1],)
