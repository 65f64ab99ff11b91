"""Criteria of choice against games whose answers are known."""

import numpy as np
import pytest

from frozen_conflict_sim.analysis.choice.criteria import criteria, domain, not_dominated, regret

RNG = np.random.default_rng(5)
# Acts in rows, states in columns.
PAYOFFS = np.array([[6.0, 0.0, 1.0], [4.0, 3.0, 2.0], [0.0, 5.0, 3.0]])[:, :, None]


def test_worst_case_and_regret_by_hand():
    found = criteria(PAYOFFS)
    assert found.worst.ravel().tolist() == [0.0, 2.0, 0.0]
    assert regret(PAYOFFS)[:, :, 0].tolist() == [[0, 5, 2], [2, 2, 1], [6, 0, 0]]
    assert found.regret.ravel().tolist() == [5.0, 2.0, 6.0]
    assert found.largest_regret == pytest.approx([5 / 6, 2 / 6, 1.0])
    assert np.isnan(found.satisficing).all()


def test_satisficing_needs_all_thresholds_at_once():
    payoffs = np.stack([PAYOFFS[:, :, 0], -PAYOFFS[:, :, 0]], axis=2)
    assert criteria(PAYOFFS, np.array([2.0])).satisficing == pytest.approx([1 / 3, 1.0, 2 / 3])
    assert criteria(payoffs, np.array([2.0, -4.0])).satisficing == pytest.approx([0.0, 1.0, 1 / 3])
    assert criteria(payoffs, np.array([2.0, np.nan])).satisficing == pytest.approx([1 / 3, 1.0, 2 / 3])


def test_the_domain_of_two_states_is_a_length():
    """Act one is best if 3 p > 1 − p, that is for p above a quarter."""
    payoffs = np.array([[3.0, 0.0], [0.0, 1.0]])[:, :, None]
    assert domain(payoffs, draws=40_000) == pytest.approx([0.75, 0.25], abs=0.01)


def test_the_domain_of_three_states_is_an_area():
    """Equal unit payoffs: each act is best in a third of the triangle; a dominated act nowhere."""
    payoffs = np.vstack([np.eye(3), np.full((1, 3), -1.0)])[:, :, None]
    assert domain(payoffs, draws=40_000) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0.0], abs=0.01)


def test_domain_sums_to_one_and_shares_ties():
    assert domain(RNG.normal(size=(5, 7, 2))).sum() == pytest.approx(1.0)
    same = np.repeat(RNG.normal(size=(1, 7, 2)), 4, axis=0)
    assert domain(same) == pytest.approx([0.25] * 4)


def test_the_frontier_is_what_brute_force_finds():
    values = RNG.integers(0, 5, size=(60, 3)).astype(float)
    slow = [not any((b >= a).all() and (b > a).any() for b in values) for a in values]
    assert not_dominated(values).tolist() == slow
