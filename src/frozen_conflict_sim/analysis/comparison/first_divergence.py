"""First divergence: the decision at which paired runs first differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ...engine.schedule import Kind
from ...engine.setting import Setting
from ...model.columns import Column, decision_columns
from ...model.schedule import turn_schedule
from ...politics.phases import AS_WRITTEN

MOST_FREQUENT = 5


@dataclass(frozen=True)
class DivergingDecision:
    """A decision and turn (counted from 1) at which pairs first diverge, and the most frequent pair of choices there."""

    decision: str
    label: str
    turn: int
    date: str
    pairs: int
    share: float
    left: str
    right: str


@dataclass(frozen=True)
class FirstDivergence:
    """How many pairs diverge, and the decisions at which most of them first do so."""

    pairs: int
    diverged: int
    share: float
    first: tuple[DivergingDecision, ...]


def order_of_decisions(setting: Setting) -> list[str]:
    """The columns of all decisions in the order of the schedule."""
    word = setting.values.get(("play", "play", "phase_order", ""))
    steps = turn_schedule(word.fixed if word else AS_WRITTEN)
    decisions = [step.about for step in steps if step.kind is Kind.DECISION]
    return [name for decision in decisions for name in decision_columns(setting, decision)]


def first_divergence(
    left: Mapping[str, np.ndarray], right: Mapping[str, np.ndarray], columns: Mapping[str, Column], setting: Setting
) -> FirstDivergence:
    """The first divergence of each pair. ``left`` and ``right`` have the option codes of decisions stored on both sides.

    Arrays have the shape ``(pair, turn)``, by column name; they are asked for in the order of the schedule, so that they may
    be read one by one.
    """
    names = [name for name in order_of_decisions(setting) if name in left]
    pairs, turns = left[names[0]].shape
    first_turn, first_name, codes = np.full(pairs, turns), np.zeros(pairs, int), np.zeros((2, pairs), int)
    for place, name in enumerate(names):
        one, other = left[name], right[name]
        differs = one != other
        turn = np.where(differs.any(axis=1), differs.argmax(axis=1), turns)
        earlier = np.flatnonzero(turn < first_turn)
        first_turn[earlier], first_name[earlier] = turn[earlier], place
        codes[:, earlier] = one[earlier, turn[earlier]], other[earlier, turn[earlier]]
    diverged = np.flatnonzero(first_turn < turns)
    counted = Counter(zip(first_name[diverged].tolist(), first_turn[diverged].tolist()))
    most = sorted(counted.items(), key=lambda item: (-item[1], item[0][1], item[0][0]))[:MOST_FREQUENT]
    found = []
    for (place, turn), count in most:
        column, here = columns[names[place]], diverged[(first_name[diverged] == place) & (first_turn[diverged] == turn)]
        chosen = Counter(zip(*codes[:, here].tolist()))
        options = (column.options[code] for code in min(chosen, key=lambda both: (-chosen[both], both)))
        found.append(DivergingDecision(column.name, column.label, turn + 1, setting.date(turn), count, count / pairs, *options))
    return FirstDivergence(pairs, len(diverged), len(diverged) / pairs, tuple(found))
