"""Approximate Bayesian computation recovers known values at its nominal coverage; others constrain nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from frozen_conflict_sim.analysis.approximate_bayes import ACCEPTED_PER_VALUE, FEWEST_ACCEPTED, approximate_posterior, residuals

BOUNDS = np.array([[0.0, 2.0], [-1.0, 1.0], [0.0, 1.0]])
ANYTHING = (-np.inf, np.inf)


def sets(count, seed=3):
    shares = np.random.default_rng(seed).random((count, len(BOUNDS)))
    return BOUNDS[:, 0] + shares * (BOUNDS[:, 1] - BOUNDS[:, 0])


def observed(values, noise, seed=4):
    """Two statistics of three values: the third influences neither."""
    first, second, _ = values.T
    clean = np.column_stack([first**2 + 0.5 * second, second - 0.3 * first])
    return clean + noise * np.random.default_rng(seed).standard_normal(clean.shape)


def test_intervals_have_their_nominal_coverage():
    values, truths = sets(4000), sets(200, seed=5)
    statistics, seen = observed(values, 0.05), observed(truths, 0.05, seed=6)
    inside = []
    for truth, facts in zip(truths, seen):
        low, high = approximate_posterior(values, statistics, np.column_stack([facts, facts]), BOUNDS).interval().T
        inside.append((low <= truth) & (truth <= high))
    # The rate over 200 truths has a standard error of 0.02; a local regression loses a little coverage.
    assert np.mean(inside, axis=0) == pytest.approx(0.9, abs=0.06)


def test_a_value_without_informative_statistics_stays_uncertain():
    values = sets(4000)
    found = approximate_posterior(values, observed(values, 0.05), np.array([[1.0, 1.0], [0.0, 0.0]]), BOUNDS)
    widths = np.diff(found.interval(), axis=1)[:, 0] / (BOUNDS[:, 1] - BOUNDS[:, 0])
    assert widths[2] > 0.8
    assert (widths[:2] < 0.25).all()


def test_regression_adjustment_compensates_for_a_high_acceptance_rate():
    values, facts = sets(3000), np.array([[1.0, 1.0], [0.0, 0.0]])
    statistics = observed(values, 0.01)
    found = approximate_posterior(values, statistics, facts, BOUNDS, acceptance=0.3)
    plain = np.quantile(values[found.accepted], [0.05, 0.95], axis=0)
    adjusted = found.interval().T
    assert (np.diff(adjusted, axis=0)[0, :2] < 0.5 * np.diff(plain, axis=0)[0, :2]).all()


def test_statistics_inside_their_target_have_no_residual():
    statistics = np.array([[0.2, 5.0], [0.5, 5.0], [0.9, 5.0]])
    misses = residuals(statistics, np.array([[0.4, np.inf], ANYTHING]))
    assert (misses[:, 0] < 0).tolist() == [True, False, False]
    assert not misses[1:].any()


def test_a_missing_statistic_has_the_largest_residual():
    statistics = np.array([[0.2], [0.5], [np.nan], [0.9]])
    misses = np.abs(residuals(statistics, np.array([[0.5, 0.5]]))[:, 0])
    assert misses[2] == misses.max() > 0


@given(some.integers(0, 10**6), some.integers(1, 300))
def test_accepted_sets_are_inside_the_bounds_and_their_weights_sum_to_one(seed, count):
    values = sets(count, seed)
    found = approximate_posterior(values, observed(values, 0.3, seed), np.array([[9.0, 9.0], [0.0, 0.1]]), BOUNDS)
    assert len(found.values) == min(count, max(FEWEST_ACCEPTED, ACCEPTED_PER_VALUE * 3, round(0.05 * count)))
    assert found.weights.sum() == pytest.approx(1.0)
    for sample in (found.values, found.draw(17)):
        assert ((BOUNDS[:, 0] <= sample) & (sample <= BOUNDS[:, 1])).all()


def test_a_resample_repeats_sets_in_proportion_to_their_weights():
    values = sets(2000)
    found = approximate_posterior(values, observed(values, 0.1), np.array([[1.0, 1.0], [0.0, 0.0]]), BOUNDS)
    drawn = found.draw(1000)
    for at in range(3):
        assert drawn[:, at].mean() == pytest.approx(found.values[:, at] @ found.weights, abs=0.01)
