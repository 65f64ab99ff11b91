"""The shipped defaults against the record: tests that pass, null models that fail, checks that hold."""

import pytest

from frozen_conflict_sim.record.matching import scenarios_to_score
from frozen_conflict_sim.record.scoreboard import PASSES
from frozen_conflict_sim.record.scoring import validate

RUNS, SEED = 1500, 7  # a seed that no value was chosen with


@pytest.fixture(scope="module")
def board():
    """The scoreboard of the shipped scenarios."""
    return validate(scenarios_to_score(()), RUNS, SEED, workers=2)


def test_twelve_of_fourteen_test_patterns_pass(board):
    results = {line.pattern.name: line.result for line in board.of("test")}
    assert len(results) == 14
    assert sum(result == PASSES for result in results.values()) >= 12, results


def test_all_checks_hold(board):
    assert not [line.pattern.name for line in board.unmet]


def test_every_null_model_passes_fewer_patterns(board):
    for arm in ("persistence", "base_rates", "no_treaty", "random_option", "labels_swapped"):
        met = [line.pattern.name for line in board.of("test") if arm in line.arms and line.verdict(arm) == "holds"]
        assert len(met) <= 7, (arm, met)
