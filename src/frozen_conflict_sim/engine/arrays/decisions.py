"""How a decision is taken: utilities from incentives, consideration, choice; and the receipt that says why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..choice_rules import ChoiceRule
from ..declare.decision import Decision, Option
from ..numerics import total
from .state import WorldState


@dataclass(frozen=True)
class Receipt:
    """Why a decision fell as it did; shapes ``(option, member, run)``, contributions by option and incentive."""

    turn: int
    decision: Decision
    members: tuple[str, ...]
    contributions: dict[str, dict[str, np.ndarray]]
    utilities: np.ndarray
    open: np.ndarray
    considered: np.ndarray
    probabilities: np.ndarray
    chosen: np.ndarray

    def explain(self, member: str, run: int = 0) -> str:
        """The receipt of one member's decision in one run, as text."""
        at = self.members.index(member)
        lines = [f"turn {self.turn}: {member}, {self.decision.meaning}"]
        for index, option in enumerate(self.decision.options):
            mark = "→" if self.chosen[at, run] == index else " "
            utility, says = self.utilities[index, at, run], self.standing(index, at, run)
            lines.append(f"{mark} {option.name:28} utility {utility:+.3f}   {says}")
            for incentive in option.incentives:
                amount = self.contributions[option.name][incentive.name][at, run]
                lines.append(f"      {amount:+.3f}  {incentive.rule.sentence}")
        return "\n".join(lines)

    def standing(self, option: int, member: int, run: int) -> str:
        """How likely an option was beforehand, or why it was not considered."""
        if self.considered[option, member, run]:
            return f"p = {self.probabilities[option, member, run]:.2f}"
        if not self.open[option, member, run]:
            return "not open"
        return "another is ordered" if option == 0 or self.utilities[option, member, run] > 0.0 else "not worth it"


class DecisionMaker:
    """Takes decisions in a world, under one choice rule and the mandates in force."""

    def __init__(self, world: WorldState, rule: ChoiceRule, policies):
        self.world, self.rule = world, rule
        world.utility_of = self.utility_of
        self.forbidden = {address for policy in policies for address in policy.forbidden}
        self.mandatory = {address for policy in policies for address in policy.mandatory}
        self.realised: dict[tuple[str, str], np.ndarray] = {}
        self.receipts: list[Receipt] | None = None

    def contributions(self, option: Option) -> dict[str, np.ndarray]:
        """What each incentive adds to the utility of an option, as the choice rule values it; shape ``(member, run)``."""
        decision, world = option.decision, self.world
        view = world.view(decision.level)
        shape = (len(world.members(decision.level)), world.runs)
        amounts = {}
        for incentive in option.incentives:
            amount = incentive.rule(view)
            if incentive.weight:
                weight = world.weights[decision.role.name, incentive.weight]
                amount = world.broadcast(weight, decision.role.level, decision.level) * amount
            amounts[incentive.name] = np.broadcast_to(self.rule.valued(amount, world.values), shape)
        return amounts

    def utility_of(self, option: Option, without: tuple[str, ...] = ()) -> np.ndarray:
        """The utility of an option without noise; an ordered option is always worth it. Shape ``(member, run)``."""
        amounts = [amount for name, amount in self.contributions(option).items() if name not in without]
        return total(amounts) + (np.inf if option.address in self.mandatory else 0.0)

    def open(self, option: Option) -> np.ndarray:
        """In which cases an option is open; shape ``(member, run)``."""
        world = self.world
        shape = (len(world.members(option.decision.level)), world.runs)
        if option.address in self.forbidden:
            return np.zeros(shape, bool)
        view = world.view(option.decision.level)
        is_open = np.broadcast_to(world.active, shape)
        for condition in option.conditions:
            is_open = is_open & condition(view)
        return is_open

    def decide(self, decision: Decision) -> np.ndarray:
        """Take a decision for all members in all runs: the index of each choice, shape ``(member, run)``."""
        world = self.world
        members = world.members(decision.level)
        table = [self.contributions(option) for option in decision.options]
        shape = (len(members), world.runs)
        utilities = np.stack([total(list(amounts.values())) if amounts else np.zeros(shape) for amounts in table])
        is_open = np.stack([self.open(option) for option in decision.options])
        considered = is_open & (utilities > 0.0) if self.rule.reasoned else is_open.copy()
        considered[0] = True
        stream = f"{decision.role.name}.{decision.name}"
        choice_noise = np.empty((len(decision.options), *shape))
        for at, member in enumerate(members):
            choice_noise[:, at] = world.streams.gumbel(f"{stream}/{member}", world.turn, len(decision.options))
        for index, option in enumerate(decision.options):
            if option.address in self.mandatory:
                others = np.arange(len(decision.options)) != index
                considered[np.ix_(others)] &= ~is_open[index]
                considered[index] = is_open[index]
        considered[0] |= ~considered.any(axis=0)
        chosen = self.rule.pick(utilities, considered, choice_noise, world.values)
        for index, option in enumerate(decision.options):
            if option.one_per_turn:
                chosen = self._only_the_best(index, chosen, utilities, considered, choice_noise)
        self._remember(decision, table, utilities, is_open, considered, chosen)
        for index, option in enumerate(decision.options):
            if option.act:
                world.fix(option.act, ((chosen == index) & world.active).astype(float))
        return chosen

    def _only_the_best(self, index, chosen, utilities, considered, choice_noise):
        """Of several members for whom one option was chosen keep the best case; the others get their next best."""
        wanted = chosen == index
        scores = np.where(wanted, self.rule.ranked(utilities, choice_noise, self.world.values)[index], -np.inf)
        waits = wanted & (np.arange(len(wanted))[:, None] != np.argmax(scores, axis=0))
        rest = considered.copy()
        rest[index] &= ~waits
        rest[0] |= waits & ~rest.any(axis=0)
        return np.where(waits, self.rule.pick(utilities, rest, choice_noise, self.world.values), chosen)

    def _remember(self, decision, table, utilities, is_open, considered, chosen):
        world, role = self.world, decision.role
        for index, (option, amounts) in enumerate(zip(decision.options, table)):
            for incentive in option.incentives:
                gain = np.where((chosen == index) & world.active, amounts[incentive.name], 0.0)
                gain = gain if role.level == decision.level else world.aggregate(gain, decision.level, role.level)
                key = (role.name, incentive.weight or incentive.name)
                self.realised[key] = self.realised.get(key, 0.0) + gain
        if self.receipts is not None:
            probabilities = self.rule.likelihood(utilities, considered, world.values)
            names = [option.name for option in decision.options]
            self.receipts.append(
                Receipt(
                    world.turn,
                    decision,
                    world.members(decision.level),
                    dict(zip(names, table)),
                    utilities,
                    is_open,
                    considered,
                    probabilities,
                    chosen,
                )
            )
