"""Flips forced in fresh runs do what they say just beyond the value, and not just short of it, under every rule of choice."""

import random

import numpy as np
import pytest

from frozen_conflict_sim import FrozenConflictModel
from frozen_conflict_sim.engine.choice_rules import THEORIES
from frozen_conflict_sim.engine.schedule import Kind
from frozen_conflict_sim.explain.flips.smallest_change import Change, Range, smallest_changes
from soak.explanations import forced, sampled

from ..conftest import played

SCENARIOS = dict.fromkeys(THEORIES, "georgia_2014") | {"best_response": "donbas_2014", "satisficing": "donbas_2014"}
PLACES = (0.3, 0.9, 0.999)  # of the way from the value to the one just short of a flip


@pytest.mark.parametrize("rule", THEORIES)
def test_a_flip_forced_in_a_fresh_run_changes_the_choice_just_beyond_and_not_just_short(rule):
    model = played(SCENARIOS[rule], seed=5, **{"play.choice_rule": rule, "quarters": 10})
    wanted, fresh, tried = sampled(model, random.Random(1), 7, 3), FrozenConflictModel(model.setting, 1, 5, compiled=False), 0
    while wanted:
        for step in fresh.schedule:
            key = (fresh.world.turn, id(step.about)) if step.kind is Kind.DECISION else None
            for member, flip, number in wanted.pop(key, ()):
                before = forced(fresh, step.about, member, number, flip.value)
                assert forced(fresh, step.about, member, number, flip.to) == flip.becomes != before
                assert forced(fresh, step.about, member, number, flip.short) == before
                for share in PLACES:
                    nearer = flip.value + share * (flip.short - flip.value)
                    assert forced(fresh, step.about, member, number, nearer) == before
                tried += 1
            fresh.play(step)
    assert tried >= 5


def steps(which, at):
    """An answer that is 1 between 0.31 and 0.32 and from 0.8 on, and what it hangs on."""
    crossings = np.stack([at - 0.31, at - 0.32, at - 0.8])
    return ((crossings[0] >= 0.0) & (crossings[1] < 0.0) | (crossings[2] >= 0.0)).astype(int), crossings


def test_an_answer_that_soon_changes_back_is_not_missed():
    (change,) = smallest_changes([Range(0.1, 0.0, 1.0, 1)], 0, steps)
    assert change == Change(pytest.approx(0.31), pytest.approx(0.31), 1)
    assert change.short < change.to


def test_of_two_changes_the_nearer_counts_and_none_is_none():
    (near, none) = smallest_changes([Range(0.6, 0.0, 1.0, 1), Range(0.1, 0.0, 0.2, 4)], 0, steps)
    assert near.to == pytest.approx(0.8)
    assert none is None
