"""Signposts: a planted threshold is found and its worth is covered; noise gives none; results of a small conflict."""

import numpy as np
import pytest

from frozen_conflict_sim import run_experiment
from frozen_conflict_sim.analysis.choice.signposts import signposts, threshold_for
from frozen_conflict_sim.experiment.errors import NoSuchColumn, ResultsError

RNG = np.random.default_rng(9)


def test_a_planted_threshold_is_found_and_its_worth_is_covered():
    """The second policy brings one more above 0.7 and one less below: switching there is worth 0.3."""
    covered = []
    for _ in range(100):
        watched = RNG.random(400)
        more = np.where(watched > 0.7, 1.0, -1.0) + RNG.normal(0, 1, 400)
        above, threshold, gain, interval = threshold_for(watched, more)
        assert above
        covered.append(interval[0] <= 0.3 <= interval[1])
    assert threshold == pytest.approx(0.7, abs=0.06)
    assert gain == pytest.approx(0.3, abs=0.15)
    assert np.mean(covered) > 0.8


def test_below_may_be_the_side_and_a_policy_that_always_pays_needs_no_signpost():
    watched = RNG.random(400)
    assert not threshold_for(watched, np.where(watched < 0.3, 1.0, -1.0))[0]
    assert threshold_for(watched, np.ones(400))[2] <= 0
    assert threshold_for(np.ones(400), RNG.normal(size=400)) is None


def test_noise_gives_no_certain_signpost():
    certain = [threshold_for(RNG.random(200), RNG.normal(size=200))[3][0] > 0 for _ in range(200)]
    assert np.mean(certain) <= 0.08


@pytest.fixture(scope="module")
def results(small):
    scenario = small.with_values({"quarters": 4, "parent.grievance": {"from": 0.0, "to": 2.0}})
    asked = {"question": "When to switch?", "scenario": scenario, "replicates": 44, "seed": 3}
    return run_experiment({**asked, "levers": {"patron.policy": ["swallow", "status_quo"]}})


def test_results_of_two_policies_have_signposts_in_words(results):
    found = signposts(results, "swallow", "status_quo", "georgia.alienation_at_end", "lower")
    assert found.streams == 44
    assert {one.turn for one in found.signposts} == {2}
    assert found.signposts[0].date == "2014-Q3"
    means = [
        results.runs.loc[results.runs["patron.policy"] == name, "georgia.alienation_at_end"].mean()
        for name in ("swallow", "status_quo")
    ]
    assert found.means == pytest.approx(means)
    other = signposts(results, "status_quo", "swallow", "georgia.alienation_at_end", "lower")
    assert found.sentences != other.sentences
    assert other.sentences[0].startswith("Moscow, wanting lower georgia.alienation_at_end: ")


def test_what_cannot_be_answered_is_said(results, small):
    with pytest.raises(NoSuchColumn, match=r"'swallw'.*did you mean 'swallow'"):
        signposts(results, "swallw", "status_quo")
    few = run_experiment(
        {"question": "?", "scenario": small, "replicates": 2, "levers": {"patron.policy": ["swallow", "status_quo"]}}
    )
    with pytest.raises(ResultsError, match="2 pairs of runs are too few"):
        signposts(few, "swallow", "status_quo")
