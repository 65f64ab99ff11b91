"""Outcomes that vary too little: each is told why it has no shares of the variance."""

import numpy as np
import pytest

from frozen_conflict_sim.analysis.sensitivity.enough import why_not
from frozen_conflict_sim.model.columns import Column

WAR = Column("georgia.war", "outcome", "yes or no", "War.")
DEPTH = Column("abkhazia.depth_gained", "outcome", "share", "How deep.")


def happening(times, pairs=64, steps=4):
    """A table in which an event happens once in so many pairs, in the first step."""
    table = np.zeros((pairs, steps))
    table[:times, 0] = 1.0
    return table


@pytest.mark.parametrize(
    ("column", "table", "reason"),
    [
        (WAR, np.zeros((64, 4)), "never happens in these runs"),
        (WAR, np.ones((64, 4)), "happens in every run"),
        (WAR, happening(3), "happens in 3 of 256 runs, at 3 of 64 pairs: too rare"),
        (WAR, 1 - happening(3), "does not happen in 3 of 256 runs"),
        (DEPTH, happening(19) * 0.5, "other than 0 in only 19 of 256 runs"),
        (DEPTH, np.full((64, 4), 0.25), "the same in all runs, 0.25 (share)"),
        (DEPTH, np.zeros((32, 4)), "32 pairs are too few; at least 40 are needed"),
    ],
)
def test_a_reason_is_a_sentence(column, table, reason):
    assert reason in why_not(column, table, 40, "pairs")


def test_what_varies_enough_has_none():
    assert why_not(WAR, happening(20), 40, "pairs") == ""
    assert "too rare" in why_not(WAR, happening(20), 40, "pairs", bearing=(1, 2))


def test_runs_without_the_outcome_are_told():
    assert why_not(DEPTH, happening(9, pairs=10), 40, "pairs", lacking=60).startswith("defined in all runs of only 10 pairs")
