"""Common random numbers: what differs within a pair is what the mechanisms make of it, decision by decision."""

import numpy as np
import pytest

from frozen_conflict_sim import load_scenario, run_experiment
from frozen_conflict_sim.analysis.comparison.pairing import differences, pair


@pytest.fixture(scope="module")
def policies():
    """Three policies with the same random numbers: the default one, one that asks for everything, one that asks for nothing."""
    scenario = load_scenario("georgia_2014").with_values({"public.residents": 60})
    levers = {"patron.policy": ["own_judgement", "swallow", "status_quo"]}
    study = {"question": "What?", "scenario": scenario, "levers": levers, "replicates": 300, "seed": 7}
    return run_experiment(study | {"keep": "all"})


def sides(results, *values):
    return [results.runs[results.runs["patron.policy"] == value] for value in values]


def test_pairs_are_identical_until_a_decision_parts_them(policies):
    left, right = (side["run"].to_numpy() for side in sides(policies, "swallow", "status_quo"))
    series = policies.trajectories
    decided = np.stack(
        [series[name].sel(run=left).values != series[name].sel(run=right).values for name in policies.names("decision")]
    )
    parted = decided.any(axis=0)
    assert parted.any(axis=1).mean() > 0.9
    before = np.cumsum(parted, axis=1) == 0
    assert before.any(axis=1).mean() > 0.9
    for name in policies.names("trajectory"):
        one, other = series[name].sel(run=left).values, series[name].sel(run=right).values
        assert np.array_equal(one[before], other[before], equal_nan=True), name


def difference_in_alignment(results, left, right):
    pairs = pair(*sides(results, left, right))
    (found,) = differences(pairs, [results.columns["georgia.western_alignment_at_end"]])
    return found


def test_pairing_cuts_the_variance_of_a_policy_difference_fivefold(policies):
    """At the defaults: what asking for everything does, against the patron's own judgement."""
    assert difference_in_alignment(policies, "own_judgement", "swallow").variance_reduction > 5


def test_pairing_cuts_what_chance_both_have_and_not_the_spread_of_the_effect(policies):
    """Alignment varies less while nothing is asked; what varies beyond that is the effect itself, which no pairing removes."""
    found = difference_in_alignment(policies, "status_quo", "swallow")
    quiet, busy = (side["georgia.western_alignment_at_end"].std() for side in sides(policies, "status_quo", "swallow"))
    most = (quiet**2 + busy**2) / (busy - quiet) ** 2
    assert 1 < found.variance_reduction < most
    assert quiet < busy
