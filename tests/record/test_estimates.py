"""Estimates: values, coverage of intervals, and runs as clusters of their turns."""

import numpy as np
import pytest

from frozen_conflict_sim.record.estimates import NO_ESTIMATE, Estimate, average, mean, median, share
from frozen_conflict_sim.record.targets import above, at_least, at_most, below, between, combined_verdict

CHANCE = np.random.default_rng(7)


def test_a_share_counts_the_cases_in_its_mask():
    happened = np.array([[1, 0, 1], [0, 0, 0], [1, 1, 1]], bool)
    where = np.array([[1, 1, 0], [0, 0, 0], [1, 0, 0]], bool)
    found = share(happened, where)
    assert (found.value, found.runs) == (pytest.approx(2 / 3), 2)


def test_turns_of_one_run_are_not_independent():
    runs = CHANCE.random((100, 1)) < 0.5
    once, often = share(runs), share(np.repeat(runs, 40, axis=1))
    assert (often.low, often.high) == (pytest.approx(once.low), pytest.approx(once.high))


def test_intervals_have_their_nominal_coverage():
    hits = 0
    for _ in range(400):
        exposed = CHANCE.random((80, 10)) < CHANCE.random((80, 1))
        happened = CHANCE.random((80, 10)) < 0.3
        found = share(happened, exposed)
        hits += found.low <= 0.3 <= found.high
    assert 0.86 < hits / 400 < 0.94


def test_the_interval_of_a_difference_accounts_for_common_runs():
    luck = CHANCE.normal(size=200)
    one, other = mean(luck + 0.5), mean(luck)
    assert (one - other).value == pytest.approx(0.5)
    assert (one - other).high - (one - other).low < 1e-9
    apart = one - mean(CHANCE.normal(size=200))
    assert apart.high - apart.low > 0.2


def test_a_difference_to_a_share_of_one_still_has_an_interval():
    always, half = share(np.ones(20, bool)), share(np.arange(20) % 2 == 0)
    assert (always - half).low < (always - half).value - (half.high - half.value)
    sure = always - share(np.zeros(20, bool))
    assert sure.low < 1.0 < sure.high


def test_ratios_and_averages():
    one, other = mean(np.array([2.0, 4.0, 6.0])), mean(np.array([1.0, 2.0, 3.0]))
    assert (one / other).value == pytest.approx(2.0)
    assert (one / other).high - (one / other).low < 1e-9
    assert average([one, other]).value == pytest.approx(3.0)
    assert (one / mean(np.zeros(3))).runs == 0


def test_without_cases_there_is_no_estimate():
    empty = share(np.ones(5, bool), np.zeros(5, bool))
    assert empty.runs == 0
    assert (empty - share(np.ones(5, bool))).runs == 0
    assert average([empty, share(np.ones(5, bool))]) is NO_ESTIMATE


def test_infinite_values_rank_last_in_a_median():
    found = median(np.array([1.0, 2.0, 3.0, np.inf, np.inf, np.nan]))
    assert (found.value, found.runs) == (3.0, 5)
    assert found.high == np.inf


def test_the_whole_interval_must_meet_the_target():
    def verdict(target, low, high, runs=50):
        return target.judge(Estimate((low + high) / 2, low, high, runs))

    assert verdict(at_least(0.8), 0.8, 0.9) == "holds"
    assert verdict(at_least(0.8), 0.79, 0.9) == "open"
    assert verdict(at_least(0.8), 0.6, 0.79) == "fails"
    assert verdict(above(0.0), 0.0, 0.1) == verdict(below(0.0), -0.1, 0.0) == "open"
    assert verdict(at_most(0.0), -0.1, 0.0) == verdict(between(2, 4), 2.0, 4.0) == "holds"
    assert verdict(at_least(0.8), 0.8, 0.9, runs=9) == "too few cases"
    assert combined_verdict(["holds", "holds"]) == "holds"


def test_estimates_differ_if_the_interval_of_their_difference_excludes_zero():
    luck = CHANCE.normal(size=100)
    assert mean(luck + 0.01).differs(mean(luck))
    assert not mean(luck).differs(mean(luck))
    assert mean(luck).differs(NO_ESTIMATE)
    assert not NO_ESTIMATE.differs(mean(luck))
    assert median(luck + 5).differs(median(luck))
