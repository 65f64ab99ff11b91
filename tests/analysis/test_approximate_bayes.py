"""Approximate Bayesian computation: what is put in comes out, as often as it says, and what says nothing constrains nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from frozen_conflict_sim.analysis.approximate_bayes import KEPT_A_VALUE, LEAST_KEPT, gaps, plausible

BOUNDS = np.array([[0.0, 2.0], [-1.0, 1.0], [0.0, 1.0]])
ANYTHING = (-np.inf, np.inf)


def sets(count, seed=3):
    shares = np.random.default_rng(seed).random((count, len(BOUNDS)))
    return BOUNDS[:, 0] + shares * (BOUNDS[:, 1] - BOUNDS[:, 0])


def observed(values, noise, seed=4):
    """Two statistics of three values: the third leaves no trace."""
    first, second, _ = values.T
    clean = np.column_stack([first**2 + 0.5 * second, second - 0.3 * first])
    return clean + noise * np.random.default_rng(seed).standard_normal(clean.shape)


def test_known_values_come_back_inside_the_interval_as_often_as_it_says():
    values, truths = sets(4000), sets(200, seed=5)
    statistics, seen = observed(values, 0.05), observed(truths, 0.05, seed=6)
    inside = []
    for truth, facts in zip(truths, seen):
        low, high = plausible(values, statistics, np.column_stack([facts, facts]), BOUNDS).interval().T
        inside.append((low <= truth) & (truth <= high))
    # 200 truths: a rate of 0.9 is known to 0.02; the regression is local, so a little may be lost.
    assert np.mean(inside, axis=0) == pytest.approx(0.9, abs=0.06)


def test_what_leaves_no_trace_stays_as_uncertain_as_it_was():
    values = sets(4000)
    found = plausible(values, observed(values, 0.05), np.array([[1.0, 1.0], [0.0, 0.0]]), BOUNDS)
    widths = np.diff(found.interval(), axis=1)[:, 0] / (BOUNDS[:, 1] - BOUNDS[:, 0])
    assert widths[2] > 0.8
    assert (widths[:2] < 0.25).all()


def test_regression_makes_up_for_keeping_many():
    values, facts = sets(3000), np.array([[1.0, 1.0], [0.0, 0.0]])
    statistics = observed(values, 0.01)
    found = plausible(values, statistics, facts, BOUNDS, kept=0.3)
    plain = np.quantile(values[found.kept], [0.05, 0.95], axis=0)
    adjusted = found.interval().T
    assert (np.diff(adjusted, axis=0)[0, :2] < 0.5 * np.diff(plain, axis=0)[0, :2]).all()


def test_within_a_target_nothing_is_missed():
    statistics = np.array([[0.2, 5.0], [0.5, 5.0], [0.9, 5.0]])
    missed = gaps(statistics, np.array([[0.4, np.inf], ANYTHING]))
    assert (missed[:, 0] < 0).tolist() == [True, False, False]
    assert not missed[1:].any()


def test_what_could_not_be_taken_misses_by_most():
    statistics = np.array([[0.2], [0.5], [np.nan], [0.9]])
    missed = np.abs(gaps(statistics, np.array([[0.5, 0.5]]))[:, 0])
    assert missed[2] == missed.max() > 0


@given(some.integers(0, 10**6), some.integers(1, 300))
def test_whatever_is_kept_lies_within_the_bounds_and_weighs_one(seed, count):
    values = sets(count, seed)
    found = plausible(values, observed(values, 0.3, seed), np.array([[9.0, 9.0], [0.0, 0.1]]), BOUNDS)
    assert len(found.values) == min(count, max(LEAST_KEPT, KEPT_A_VALUE * 3, round(0.05 * count)))
    assert found.weights.sum() == pytest.approx(1.0)
    for sample in (found.values, found.draw(17)):
        assert ((BOUNDS[:, 0] <= sample) & (sample <= BOUNDS[:, 1])).all()


def test_a_draw_repeats_sets_as_their_weights_say():
    values = sets(2000)
    found = plausible(values, observed(values, 0.1), np.array([[1.0, 1.0], [0.0, 0.0]]), BOUNDS)
    drawn = found.draw(1000)
    for at in range(3):
        assert drawn[:, at].mean() == pytest.approx(found.values[:, at] @ found.weights, abs=0.01)
