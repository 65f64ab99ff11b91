"""Quantal response is logit choice, with the virtues and the vice that the literature knows.

@luce1959: the odds of two options do not depend on a third. @mcfadden1974: with Gumbel noise the best sum of utility and
noise is chosen with logit probability; and the vice, the blue bus beside the red one, takes riders from the car.
@mckelvey1995: precision.

Ours adds consideration: an act that is worth less than doing nothing is not chosen under any noise.
"""

import math

import numpy as np
import pytest

from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES
from frozen_conflict_sim.engine.random_streams import RandomStreams

RUNS, PRECISION = 60_000, 12.0
NEAR = 4.0 * math.sqrt(0.25 / RUNS)
LOGIT = CHOICE_RULES["quantal_response"]


def chosen(utilities, considered=None):
    """How often each option is chosen."""
    count = len(utilities)
    table = np.broadcast_to(np.array(utilities)[:, None, None], (count, 1, RUNS))
    open_to = np.broadcast_to(np.array(considered or [True] * count)[:, None, None], table.shape)
    choice_noise = RandomStreams(11, range(RUNS)).gumbel("decision/actor", 0, count)[:, None]
    return np.bincount(LOGIT.pick(table, open_to, choice_noise, {"precision": PRECISION})[0], minlength=count) / RUNS


@pytest.mark.parametrize("advantage", [0.0, 0.05, 0.1, 0.2])
def test_of_two_options_the_better_is_chosen_with_logistic_probability(advantage):
    assert chosen([0.0, advantage])[1] == pytest.approx(1.0 / (1.0 + math.exp(-PRECISION * advantage)), abs=NEAR)


@pytest.mark.parametrize("third", [0.0, 0.1, 0.3])
def test_the_odds_of_two_do_not_depend_on_a_third(third):
    bus, car, _ = chosen([0.0, 0.1, third])
    assert car / (bus + car) == pytest.approx(chosen([0.0, 0.1])[1], abs=4.0 * NEAR)


def test_a_blue_bus_takes_riders_from_the_car():
    assert chosen([0.0, 0.0]) == pytest.approx([1 / 2] * 2, abs=NEAR)
    assert chosen([0.0, 0.0, 0.0]) == pytest.approx([1 / 3] * 3, abs=NEAR)


def test_what_ours_adds_is_that_a_loss_is_never_a_slip():
    assert chosen([0.0, -0.01, 0.1], [True, False, True])[1] == 0.0
