"""Lanes: one run at one moment, many times side by side, to ask what a decision or a change would have been otherwise."""

from __future__ import annotations

from copy import copy

import numpy as np

from ..random_streams import RandomStreams
from .decisions import Assessment, Bar, Decision, DecisionMaker
from .receipts import Receipt
from .state import Moment, WorldState


def in_lanes(world: WorldState, moment: Moment, run: int, lanes: int) -> WorldState:
    """A world with ``lanes`` copies of a run as it was at a moment; its arrays are shared, so replace them, never write."""

    def of_run(values: np.ndarray) -> np.ndarray:
        """One run's values; those that are the same in all runs of a model have a single column."""
        return values if values.shape[-1] == 1 else values[..., run : run + 1]

    def all_of_run(found: dict) -> dict:
        return dict(found) if world.runs == 1 else {key: of_run(values) for key, values in found.items()}

    many = copy(world)
    many.runs, many.turn, many.ledger = lanes, moment.turn, None
    many.streams = RandomStreams(world.streams.seed, np.repeat(world.streams.stream_numbers[[run]], lanes))
    many.active = np.repeat(moment.active[[run]], lanes)
    many.values, many.fixed, many.weights = map(all_of_run, (moment.values, moment.fixed, world.weights))
    many.frozen = {name: _frozen(values, of_run) for name, values in world.frozen.items()}
    many.past = {name: list(map(of_run, kept[: moment.turn])) for name, kept in world.past.items()}
    many._dependents = world._dependents
    many.refresh()
    if world.decision_maker:
        many.decision_maker = maker = copy(world.decision_maker)
        maker.world, maker.receipts, maker._raw = many, None, {}
    return many


def _frozen(values, of_run):
    numbers = isinstance(values, np.ndarray) and values.ndim > 1 and values.dtype.kind == "f"
    return of_run(values) if numbers else values


def set_number(world: WorldState, name: str, place: tuple[int, ...], numbers: np.ndarray) -> None:
    """Put a number for each lane into the cell of a quantity, and drop what was computed from its value before."""
    values = world.values[name]
    world.values[name] = new = np.array(np.broadcast_to(values, (*values.shape[:-1], world.runs)))
    new[place] = numbers
    for follower in world.dependents(name) & world.constant:
        world.frozen.pop(follower, None)
    world.refresh()


class Deliberation:
    """One decision of one run, taken again in lanes in which one number each is another."""

    def __init__(self, decision_maker: DecisionMaker, receipt: Receipt, run: int, lanes: int):
        self.decision: Decision = receipt.decision
        self.world = in_lanes(decision_maker.world, receipt.moment, run, lanes)
        self.maker: DecisionMaker = self.world.decision_maker
        self.maker.barred = tuple(Bar(bar.option, bar.turns, bar.closed[:, [run]]) for bar in decision_maker.barred)
        self.noise = np.repeat(receipt.choice_noise[..., [run]], lanes, axis=-1)

    def taken(self) -> tuple[Assessment, np.ndarray]:
        """The assessment and the choice, shape ``(member, lane)``."""
        assessment = self.maker.assess(self.decision, self.noise)
        return assessment, self.maker.choose(assessment)

    def scores(self, assessment: Assessment) -> np.ndarray:
        """What the choice rule compares, shape ``(option, member, lane)``."""
        found = self.maker.rule.scored(assessment.utilities, self.noise, self.world.values)
        return np.broadcast_to(found, assessment.utilities.shape)
