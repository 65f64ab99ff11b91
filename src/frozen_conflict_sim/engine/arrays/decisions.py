"""Decisions as arrays: utilities from incentives, consideration, choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from ..choice_rules import ChoiceRule
from ..declare.decision import Decision, Incentive, Option
from ..numerics import of_shape, total
from .finite import check_finite
from .mandates import FORBIDDEN, MANDATES, MANDATORY, Mandates
from .receipts import Receipt
from .state import WorldState


@dataclass(frozen=True)
class Bar:
    """An option, by address, that is closed in some turns, where ``closed`` says so; shape ``(member, run)``.

    A bar is not politics but a question: what would have happened without this act?
    """

    option: str
    turns: range
    closed: np.ndarray


@dataclass(frozen=True)
class Assessment:
    """A decision before the choice: arrays ``(option, member, run)``; contributions ``(member, run)``, by option and incentive.

    An option is ``open`` if its conditions hold and no policy forbids it, and ``considered`` if the choice rule may choose it.
    """

    decision: Decision
    contributions: dict[str, dict[str, np.ndarray]]
    utilities: np.ndarray
    open: np.ndarray
    considered: np.ndarray
    choice_noise: np.ndarray

    def of(self, places: list[int]) -> Assessment:
        """The assessment of some of the members."""
        table = {
            option: {name: amount[places] for name, amount in amounts.items()} for option, amounts in self.contributions.items()
        }
        arrays = (self.utilities, self.open, self.considered, self.choice_noise)
        return Assessment(self.decision, table, *(array[:, places] for array in arrays))


class DecisionMaker:
    """Takes the decisions of all actors in all runs, under one choice rule and the policies in force.

    ``adjustable`` are options of which compiled code looks up in memory whether they are forbidden or mandatory, so that one
    program serves all policies. ``forced`` are choices that a player makes for an actor: the name of an option by turn,
    decision and member; what is not open is not done. Compiled code looks them up in memory if it is ``steerable``.
    """

    def __init__(
        self, world: WorldState, rule: ChoiceRule, policies, adjustable: Collection[str] = (), steerable: bool = False
    ):
        self.world, self.rule, self.adjustable, self.steerable = world, rule, frozenset(adjustable), steerable
        world.decision_maker = self
        self.mandates = Mandates(policies, world.setting.time_step)
        self.barred: tuple[Bar, ...] = ()
        self.forced: Mapping[tuple[int, str, str], str] = {}
        self._raw: dict[tuple[str, str], np.ndarray] = {}  # amounts and conditions of the last assessment, for its receipt
        self.realised: dict[tuple[str, str], np.ndarray] = {}
        self.receipts: list[Receipt] | None = None

    def contributions(self, option: Option) -> dict[str, np.ndarray]:
        """What each incentive adds to the utility of an option, as the choice rule values it; by name, ``(member, run)``."""
        world, level = self.world, option.decision.level
        view, shape = world.view(level), (len(world.members(level)), world.runs)
        amounts = {}
        for incentive in option.incentives:
            amount = self._raw[option.address, incentive.name] = incentive.rule(view)
            if incentive.weight:
                amount = self.weight(option, incentive) * amount
            amounts[incentive.name] = of_shape(self.rule.valued(amount, world.values), shape)
        return amounts

    def weight(self, option: Option, incentive: Incentive):
        """The weight of an incentive, for each member that the decision is about; 1 for the unit of utility."""
        if not incentive.weight:
            return np.ones((1, 1))
        role = option.decision.role
        return self.world.broadcast(self.world.weights[role.name, incentive.weight], role.level, option.decision.level)

    def utility_of(self, option: Option, without: tuple[str, ...] = ()) -> np.ndarray:
        """The utility of an option without noise, infinite if the option is mandatory; shape ``(member, run)``."""
        amounts = [amount for name, amount in self.contributions(option).items() if name not in without]
        return total(amounts) + np.where(self.mandates.where(MANDATORY, option, self.world), np.inf, 0.0)

    def open(self, option: Option) -> np.ndarray:
        """Where an option is open; shape ``(member, run)``."""
        world = self.world
        shape = (len(world.members(option.decision.level)), world.runs)
        forbidden = self.mandates.where(FORBIDDEN, option, world)
        if forbidden is True:
            return np.zeros(shape, bool)
        view = world.view(option.decision.level)
        is_open = np.broadcast_to(world.active, shape)
        if forbidden is not False:
            is_open = is_open & ~forbidden
        for condition in option.conditions:
            holds = self._raw[option.address, condition.name] = condition(view)
            is_open = is_open & holds
        for bar in self.barred:
            if bar.option == option.address and world.turn in bar.turns:
                is_open = is_open & ~bar.closed
        return is_open

    def decide(self, decision: Decision) -> np.ndarray:
        """Take a decision for all members in all runs; the index of each chosen option, shape ``(member, run)``."""
        assessment = self.assess(decision)
        chosen = self.choose(assessment)
        self.carry_out(assessment, chosen)
        return chosen

    def assess(self, decision: Decision, choice_noise: np.ndarray | None = None) -> Assessment:
        """What every option is worth to every member in every run, and which options may be chosen.

        ``choice_noise`` is drawn if it is not given.
        """
        world = self.world
        members = world.members(decision.level)
        table = [self.contributions(option) for option in decision.options]
        shape = (len(members), world.runs)
        utilities = np.stack([total(list(amounts.values())) if amounts else np.zeros(shape) for amounts in table])
        is_open = np.stack([self.open(option) for option in decision.options])
        if not np.isfinite(utilities).all():
            for option, amounts, opens in zip(decision.options, table, is_open):
                for incentive in option.incentives:
                    check_finite(world, incentive.rule, decision.level, amounts[incentive.name], opens)
        if choice_noise is None:
            choice_noise = self._noise(decision, members)
        names = [option.name for option in decision.options]
        considered = self._considered(decision, utilities, is_open)
        return Assessment(decision, dict(zip(names, table)), utilities, is_open, considered, choice_noise)

    def _noise(self, decision: Decision, members: tuple[str, ...]) -> np.ndarray:
        """The choice noise of a decision in this turn, shape ``(option, member, run)``."""
        draw, turn, options = self.world.streams.gumbel, self.world.turn, len(decision.options)
        streams = [f"{decision.key}/{member}" for member in members]
        drawn = [draw(stream, turn, options) for stream in streams]
        return np.stack(drawn, axis=1) if drawn else np.empty((options, 0, self.world.runs))

    def _considered(self, decision: Decision, utilities: np.ndarray, is_open: np.ndarray) -> np.ndarray:
        considered = is_open & (utilities > 0.0) if self.rule.only_gains else is_open.copy()
        considered[0] = True
        for index, option in enumerate(decision.options):
            mandatory = self.mandates.where(MANDATORY, option, self.world)
            if mandatory is not False:
                others = np.arange(len(decision.options)) != index
                considered[np.ix_(others)] &= ~(mandatory & is_open[index])
                considered[index] = np.where(mandatory, is_open[index], considered[index])
        for at, member in enumerate(self.world.members(decision.level) if self.forced else ()):
            name = self.forced.get((self.world.turn, decision.key, member))
            if name is not None:
                only = np.array([[option.name == name] for option in decision.options])
                considered[:, at] = is_open[:, at] & only
        considered[0] |= ~considered.any(axis=0)
        return considered

    def choose(self, assessment: Assessment) -> np.ndarray:
        """Choose by the choice rule; the index of each chosen option, shape ``(member, run)``."""
        considered = assessment.considered
        chosen = self.rule.pick(assessment.utilities, considered, assessment.choice_noise, self.world.values)
        for index, option in enumerate(assessment.decision.options):
            if option.one_per_turn:
                waits = self._waits(index, chosen, assessment)
                rest = considered.copy()
                rest[index] &= ~waits
                rest[0] |= waits & ~rest.any(axis=0)
                other = self.rule.pick(assessment.utilities, rest, assessment.choice_noise, self.world.values)
                chosen = np.where(waits, other, chosen)
        return chosen

    def _waits(self, index: int, chosen: np.ndarray, assessment: Assessment) -> np.ndarray:
        """For which members an option of which there is one per turn must wait: for all but the one with the highest score."""
        wanted = chosen == index
        scores = self.rule.scored(assessment.utilities, assessment.choice_noise, self.world.values)[index]
        best = np.argmax(np.where(wanted, scores, -np.inf), axis=0)
        return wanted & (np.arange(len(wanted))[:, None] != best)

    def permitted(self, assessment: Assessment, chosen: np.ndarray) -> np.ndarray:
        """The choice as far as it may be made: an option that is not open, or must wait, becomes doing nothing."""
        is_open = np.take_along_axis(assessment.open, chosen[None], 0)[0]
        chosen = np.where(is_open, chosen, 0)
        for index, option in enumerate(assessment.decision.options):
            if option.one_per_turn:
                chosen = np.where(self._waits(index, chosen, assessment), 0, chosen)
        return chosen

    def carry_out(self, assessment: Assessment, chosen: np.ndarray) -> None:
        """Let the world see what was chosen, and book what the actors got out of it."""
        world = self.world
        self._remember(assessment, chosen)
        for index, option in enumerate(assessment.decision.options):
            if option.act:
                world.fix(option.act, ((chosen == index) & world.active).astype(float))

    def _remember(self, assessment: Assessment, chosen: np.ndarray) -> None:
        world, decision = self.world, assessment.decision
        role = decision.role
        nothing = np.zeros((len(world.members(role.level)), world.runs))
        for index, option in enumerate(decision.options):
            amounts, taken = assessment.contributions[option.name], (chosen == index) & world.active
            any_taken = taken.any()
            for incentive in option.incentives:
                key = (role.name, incentive.weight or incentive.name)
                before = self.realised.setdefault(key, nothing)
                if any_taken:
                    gain = np.where(taken, amounts[incentive.name], 0.0)
                    gain = gain if role.level == decision.level else world.aggregate(gain, decision.level, role.level)
                    self.realised[key] = before + gain
        if self.receipts is not None:
            self.receipts.append(self.receipt(assessment, chosen))

    def receipt(self, assessment: Assessment, chosen: np.ndarray) -> Receipt:
        """The receipt of a decision that is about to be carried out."""
        world, decision = self.world, assessment.decision
        names = {option.name: option for option in decision.options}
        raw = {
            (option.address, rule.name): self._raw.get((option.address, rule.name))
            for option in decision.options
            for rule in (*option.conditions, *option.incentives)
        }
        return Receipt(
            world.turn,
            decision,
            world.members(decision.level),
            assessment.contributions,
            assessment.utilities,
            assessment.choice_noise,
            assessment.open,
            assessment.considered,
            chosen,
            *({name: list(self.mandates.reasons(kind, one, world)) for name, one in names.items()} for kind in MANDATES),
            world.moment(),
            self.rule,
            raw,
            self.weight,
        )
