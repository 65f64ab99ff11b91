"""Events as arrays: what nobody in the model decides, at a date, as a trend, at random, or under a condition."""

from __future__ import annotations

import operator

import numpy as np

from ..setting import Event
from .state import WorldState

COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def event_contributions(world: WorldState, occurred: dict[str, np.ndarray]) -> list[tuple]:
    """The contributions ``(to, event, amount)`` of this turn's events.

    ``occurred`` maps each event to the runs in which it has ever happened, and is updated.
    """
    contributions = []
    for event in world.events:
        now = occurs(event, world, occurred.get(event.name))
        if not now.any():
            continue
        occurred[event.name] = occurred.get(event.name, False) | now
        for (_, member, name, item), amount in event.shock.items():
            contributions.append((name, event.name, _amount(world, member, name, item, amount * now)))
    return contributions


def occurs(event: Event, world: WorldState, before) -> np.ndarray:
    """The runs in which an event happens this turn, shape ``(run,)``; ``before`` are those in which it has happened already."""
    turn = world.turn
    now = world.active & (event.first <= turn) & (turn <= event.last)
    if not now.any():
        return now
    if event.kind == "conditional":
        (_, member, name, item), sign, number = event.when
        now &= COMPARE[sign](_cell(world, member, name, item), number)
        if event.once and before is not None:
            now &= ~before
    if event.by_chance:
        now &= world.streams.uniform(event.stream, turn, 1)[0] < event.hazard
    return now


def position_of(world: WorldState, member: str, name: str, item: str) -> tuple:
    """The index of an address in the array of its name."""
    role = world.declared.owners[name]
    at = world.members(role.level).index(member)
    by = world.declared.quantities[name].by
    return (world.declared.items[by].index(item), at) if by else (at,)


def _cell(world: WorldState, member: str, name: str, item: str) -> np.ndarray:
    return world.values[name][position_of(world, member, name, item)]


def _amount(world: WorldState, member: str, name: str, item: str, amount: np.ndarray) -> np.ndarray:
    amounts = np.zeros(world.values[name].shape)
    amounts[position_of(world, member, name, item)] = amount
    return amounts
