"""The value of information against closed forms, in noise, and in results of a model whose answer is known."""

import numpy as np
import pytest
from scipy.stats import norm

from frozen_conflict_sim.analysis.doubt.information import by_chance, partial_information, perfect_information
from frozen_conflict_sim.analysis.doubt.poll import respondents

RNG = np.random.default_rng(3)
POINTS = 2000
A, B = RNG.normal(0.2, 1.0, POINTS), RNG.normal(0.0, 0.5, POINTS)


def unit_loss(mean, sd):
    """The mean of a normal number where it is positive."""
    return mean * norm.cdf(mean / sd) + sd * norm.pdf(mean / sd)


def test_two_choices_and_normal_parameters():
    """One choice brings nothing, the other a + b: knowing a is worth E max(0, a + E b) less the better mean."""
    payoffs = np.column_stack([np.zeros(POINTS), A + B + RNG.normal(0, 1, POINTS)])
    for values, sd in ((A, 1.0), (B, 0.5)):
        found = partial_information(payoffs, values)
        truth = unit_loss(0.2, sd) - 0.2
        assert found.value == pytest.approx(truth, abs=0.04)
        assert found.low < truth < found.high
    assert perfect_information(np.column_stack([np.zeros(POINTS), A])) == pytest.approx(unit_loss(0.2, 1.0) - 0.2, abs=0.03)


def test_where_the_choice_changes():
    """The second choice is better above −0.2, so knowing the parameter changes the choice below that."""
    payoffs = np.column_stack([np.zeros(POINTS), A + 0.2])
    found = partial_information(payoffs, A)
    assert [choice for _, _, choice in found.regions] == [0, 1]
    assert found.regions[1][0] == pytest.approx(-0.2, abs=0.1)
    assert found.changes == pytest.approx(norm.cdf(-0.4), abs=0.03)


def test_a_parameter_that_bends_the_payoff():
    """A peak in the middle has no linear trend: E max(0, 0.3 − x²) over −1 to 1, by hand."""
    x = RNG.uniform(-1, 1, POINTS)
    found = partial_information(np.column_stack([np.zeros(POINTS), 0.3 - x**2 + RNG.normal(0, 0.3, POINTS)]), x)
    edge = np.sqrt(0.3)
    assert found.value == pytest.approx(0.3 * edge - edge**3 / 3, abs=0.02)
    assert [choice for _, _, choice in found.regions] == [0, 1, 0]


def test_what_has_no_influence_is_worth_no_more_than_chance():
    payoffs = np.column_stack([np.zeros(200), RNG.normal(0, 1, 200)])
    wrong = 0
    for _ in range(20):
        informed = [partial_information(payoffs, RNG.normal(size=200)) for _ in range(10)]
        wrong += any(one.exceeds(by_chance(informed)) for one in informed)
    assert wrong <= 4


def test_a_constant_parameter_is_worth_nothing():
    payoffs = np.column_stack([np.zeros(64), RNG.normal(0, 1, 64)])
    assert partial_information(payoffs, np.ones(64)).value == 0.0


def test_too_few_points_are_refused():
    with pytest.raises(ValueError, match="31 points are too few"):
        partial_information(np.zeros((31, 2)), np.arange(31.0))


def test_the_size_of_a_survey():
    assert respondents(0.1) == 400
    assert respondents(0.05) == 1600
