"""Receipts: everything that decided one decision, kept at the moment when it was taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np

from ..choice_rules import ChoiceRule
from ..declare.decision import Decision, Incentive, Option
from ..declare.derived import Hazard
from ..declare.rule import Rule
from ..numerics import of_shape
from .state import Moment

NOT_WORTH_IT = "it is worth no more than doing nothing"
TAKEN_OUT = "this replay takes it out"


@dataclass(frozen=True)
class Receipt:
    """The reasons for one decision, for all members that it is about and for all runs.

    Arrays have the shape ``(option, member, run)``; those of ``amounts``, ``weights`` and ``contributions`` have
    ``(member, run)``, by option and incentive. A contribution is weight times amount, as the choice rule values it; the
    incentive in the unit of utility has the weight 1. ``wanted`` and ``chosen`` have ``(member, run)``: the index of the best
    option, and of the one taken; they differ where an option is ``one_per_turn`` and another member had the higher score.
    ``forbidden`` and ``mandatory`` map each option to the mandates that held, in words, and where; ``(member, run)``.
    ``turn`` counts from 0, as arrays do; ``moment`` is the state in which the decision was taken. What follows from these is
    computed when it is first asked for, from ``raw``: what each condition and incentive of an option gave.
    """

    turn: int
    decision: Decision
    members: tuple[str, ...]
    contributions: dict[str, dict[str, np.ndarray]]
    utilities: np.ndarray
    choice_noise: np.ndarray
    open: np.ndarray
    considered: np.ndarray
    chosen: np.ndarray
    forbidden: dict[str, list[tuple[str, np.ndarray]]]
    mandatory: dict[str, list[tuple[str, np.ndarray]]]
    moment: Moment
    rule: ChoiceRule
    raw: dict[tuple[str, str], np.ndarray | None]
    weight: Callable[[Option, Incentive], np.ndarray]

    @cached_property
    def amounts(self) -> dict[str, dict[str, np.ndarray]]:
        """The amount of each incentive before its weight."""
        return self._table(lambda option, incentive: self.raw[option.address, incentive.name])

    @cached_property
    def weights(self) -> dict[str, dict[str, np.ndarray]]:
        """The weight of each incentive."""
        return self._table(self.weight)

    def _table(self, of: Callable[[Option, Incentive], np.ndarray]) -> dict[str, dict[str, np.ndarray]]:
        shape = self.chosen.shape
        return {
            option.name: {one.name: of_shape(of(option, one), shape) for one in option.incentives}
            for option in self.decision.options
        }

    @cached_property
    def scores(self) -> np.ndarray:
        """What the choice rule compares, with the ``choice_noise`` as it was drawn."""
        found = self.rule.scored(self.utilities, self.choice_noise, self.moment.values)
        return of_shape(found, self.utilities.shape)

    @cached_property
    def probabilities(self) -> np.ndarray:
        """The probability of each option before the draw."""
        return self.rule.likelihood(self.utilities, self.considered, self.moment.values)

    @cached_property
    def wanted(self) -> np.ndarray:
        """The index of the best option of each member."""
        return self.rule.pick(self.utilities, self.considered, self.choice_noise, self.moment.values)

    def failed(self, option: Option, member: int, run: int) -> list[Rule]:
        """The conditions of an option that did not hold; none if they were not asked, since a policy always forbids it."""
        asked = [(one, self.raw[option.address, one.name]) for one in option.conditions]
        shape = self.chosen.shape
        return [one for one, holds in asked if holds is not None and not of_shape(holds, shape)[member, run]]

    def explain(self, member: str, run: int = 0) -> str:
        """The receipt of one member's decision in one run, as text.

        Raises ``LookupError`` for a member that the decision is not about, and for a run that was not played.
        """
        at = self._index(member, run)
        lines = [f"turn {self.turn + 1}: {member}, {self.decision.meaning}"]
        for index, option in enumerate(self.decision.options):
            mark = "→" if self.chosen[at, run] == index else " "
            utility, status = self.utilities[index, at, run], self.status(index, at, run)
            lines.append(f"{mark} {option.name:28} utility {utility:+.3f}   {status}")
            for incentive in option.incentives:
                amount = self.contributions[option.name][incentive.name][at, run]
                lines.append(f"      {amount:+.3f}  {incentive.rule.sentence}")
        return "\n".join(lines)

    def _index(self, member: str, run: int) -> int:
        if member not in self.members:
            close = get_close_matches(member, self.members, n=1)
            known = f"did you mean {close[0]!r}?" if close else f"it is about {', '.join(self.members)}"
            raise LookupError(f"the decision {self.decision.name!r} is not about {member!r}; {known}")
        if not 0 <= run < self.chosen.shape[1]:
            raise LookupError(f"there is no run {run}: runs are numbered 0 to {self.chosen.shape[1] - 1}")
        return self.members.index(member)

    def status(self, option: int, member: int, run: int) -> str:
        """The probability of an option before the draw, or why it could not be chosen."""
        if self.considered[option, member, run]:
            waits = "; had to wait" if self.waited(option, member, run) else ""
            return f"p = {self.probabilities[option, member, run]:.2f}{waits}"
        if not self.open[option, member, run]:
            return f"not open: {'; '.join(self.why_closed(self.decision.options[option], member, run))}"
        if ordered := self.ordered(member, run):
            return f"not considered: {ordered.name} is mandatory under {self.orders(ordered, member, run)}"
        return f"not considered: {NOT_WORTH_IT}"

    def why_closed(self, option: Option, member: int, run: int) -> list[str]:
        """Why an option was not open, as clauses, each of which can follow "not open:"; empty if it was open."""
        if mandate := _first(self.forbidden[option.name], member, run):
            return [f"{mandate} forbids it"]
        reasons = [rule.otherwise for rule in self.failed(option, member, run)]
        if not self.moment.active[run] and not option.nothing:
            reasons.append("the run has ended")
        at = self.decision.options.index(option)
        return list(dict.fromkeys(reasons)) or ([] if self.open[at, member, run] else [TAKEN_OUT])

    def ordered(self, member: int, run: int) -> Option | None:
        """The option that a policy made mandatory, if it was open."""
        for index, option in enumerate(self.decision.options):
            if self.open[index, member, run] and self.orders(option, member, run):
                return option
        return None

    def orders(self, option: Option, member: int, run: int) -> str:
        """The mandate that made an option mandatory, in words; empty if none did."""
        return _first(self.mandatory[option.name], member, run)

    def waited(self, option: int, member: int, run: int) -> bool:
        """Whether the option was the member's best, but only one member could take it in this turn."""
        lost = self.wanted[member, run] == option != self.chosen[member, run]
        return bool(lost and self.decision.options[option].one_per_turn)

    def preferred(self, option: int, run: int) -> str:
        """The member that took the option in this turn, empty if none did."""
        taken = np.flatnonzero(self.chosen[:, run] == option)
        return self.members[taken[0]] if len(taken) else ""

    def runner_up(self, member: int, run: int) -> int | None:
        """The index of the considered option with the next best score, None if only one was considered."""
        scores = np.where(self.considered[:, member, run], self.scores[:, member, run], -np.inf)
        scores[self.chosen[member, run]] = -np.inf
        best = int(np.argmax(scores))
        return best if np.isfinite(scores[best]) else None


@dataclass(frozen=True)
class ChanceReceipt:
    """A chance event of one turn, for all members and runs: it happens where ``numbers``, which were drawn, are below.

    ``probabilities`` and ``numbers`` have the shape ``(member, run)``; ``moment`` is the state in which the numbers were drawn.
    """

    turn: int
    hazard: Hazard
    members: tuple[str, ...]
    probabilities: np.ndarray
    numbers: np.ndarray
    moment: Moment

    def happened(self, member: int, run: int) -> bool:
        """Whether it happened to a member in a run."""
        return bool(self.moment.active[run] and self.numbers[member, run] < self.probabilities[member, run])


def _first(mandates: list[tuple[str, np.ndarray]], member: int, run: int) -> str:
    """The first of some mandates that held for a member in a run, in words."""
    return next((said for said, where in mandates if where[member, run]), "")
