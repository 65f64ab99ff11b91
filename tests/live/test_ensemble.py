"""The ensemble that is kept in memory: equal to a new one to the last bit, whatever is changed between two plays."""

import numpy as np
import pytest

from frozen_conflict_sim import InputError, LiveEnsemble, load_scenario, run
from frozen_conflict_sim.ensemble import ensemble_of, run_experiment
from frozen_conflict_sim.live import reusable
from frozen_conflict_sim.model.model import FrozenConflictModel

RUNS, SEED = 12, 3
CHANGES = {
    "a weight": {"patron.incentives.prestige": 1.2},
    "a range": {"patron.incentives.prestige": {"from": 0.1, "to": 2}},
    "a state": {"parents.georgia.alienation": 0.9},
    "how residents are born": {"territories.abkhazia.public.likeness_within_strata": 20},
    "how motives differ": {"patron.patron_types": 0.9},
    "positions at the start": {"elite.leaders_offset": 0.3},
    "what only outcomes read": {"play.thaw_alienation": 0.9},
    "a common number": {"play.put_aside_window": 3},
    "several": {"parent.grievance": 1.7, "parent.accommodation": 0.1, "parent.perceived_backlash": 2.5},
    "a rule of choice": {"play.choice_rule": "best_response"},
}


@pytest.fixture(scope="module")
def ensemble(small):
    return LiveEnsemble(small, runs=RUNS, seed=SEED)


def differences(played, model):
    """The columns that differ from those of a model that was played to its end."""
    tables = [
        (played.trajectories, model.trajectories()), (played.decisions, model.decisions()),
        (played.outcomes, model.outcomes()), (played.drawn, model.drawn()),
    ]  # fmt: skip
    assert all(list(own) == list(other) for own, other in tables)
    pairs = [(name, own[name], other[name]) for own, other in tables for name in own]
    pairs += [("class", played.classes, model.classes()), ("ended", played.ended_quarter, model.ended_quarter)]
    return [name for name, one, other in pairs if not np.array_equal(one, other, equal_nan=one.dtype.kind == "f")]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_play_equals_a_new_model_to_the_last_bit(ensemble, change):
    before = ensemble.play().trajectories["georgia.alienation"]
    played = ensemble.play(change)
    model = FrozenConflictModel(ensemble.scenario.with_values(change), RUNS, SEED, compiled=True).run_to_end()
    assert differences(played, model) == []
    assert np.array_equal(before, ensemble.play().trajectories["georgia.alienation"]), "the next play starts from the scenario"


def test_no_number_depends_on_how_many_threads_play(small):
    runs, words = 40, ({}, CHANGES["several"], CHANGES["how residents are born"], CHANGES["a rule of choice"])
    alone, side_by_side = (LiveEnsemble(small, runs, SEED, threads=threads) for threads in (1, 3))
    for values in words:
        one, other = alone.play(values), side_by_side.play(values)
        for kind in ("trajectories", "decisions", "outcomes"):
            columns, others = getattr(one, kind), getattr(other, kind)
            assert [name for name in columns if not np.array_equal(columns[name], others[name], equal_nan=True)] == []
        assert np.array_equal(one.classes, other.classes)


def test_dropped_and_changed_events_need_no_code_of_their_own(ensemble, small, tmp_path):
    first, *others = [event.name for event in small.events]
    assert others, "the scenario has several events"
    (tmp_path / "less.yaml").write_text(
        f"extends: georgia_2014\npublic: {{residents: 60}}\nquarters: 8\nevents:\n  - {{name: {first!r}, remove: true}}\n",
        "utf-8",
    )
    less = load_scenario(tmp_path / "less.yaml")
    assert len(less.events) == len(small.events) - 1
    ensemble.play()
    assert ensemble.is_ready(less)
    assert differences(ensemble.play(less), FrozenConflictModel(less, RUNS, SEED, compiled=True).run_to_end()) == []


def test_it_equals_run_and_run_equals_the_batch(small):
    values = {"patron.incentives.prestige": 0.9}
    played, results = LiveEnsemble(small, 7, seed=4).play(values), run(small.with_values(values), runs=7, seed=4)
    alone, batch = results.trajectories, run_experiment(ensemble_of(small.with_values(values), 7, 4))
    assert all(np.array_equal(alone[name].values, played.trajectories[name]) for name in played.trajectories)
    assert results.runs.equals(batch.runs)
    run(small, runs=7, seed=4)
    assert all(np.array_equal(results.trajectories[name].values, batch.trajectories[name].values) for name in played.decisions)


def test_results_do_not_change_when_the_model_is_played_again(small):
    first = run(small, runs=7, seed=4)
    run(small.with_values({"patron.incentives.prestige": 3}), runs=7, seed=4)
    assert first.runs.equals(run(small, runs=7, seed=4).runs)
    assert first.trajectories.equals(run(small, runs=7, seed=4).trajectories)


def test_one_run_is_the_first_of_many(ensemble):
    alone, many = ensemble.play(runs=1), ensemble.play()
    assert alone.runs == 1
    assert alone.classes[0] == many.classes[0]
    assert all(np.array_equal(values[0], many.trajectories[name][0]) for name, values in alone.trajectories.items())


def test_given_numbers_differ_between_runs(ensemble):
    given = {"parent.grievance": np.linspace(0, 2, RUNS)}
    played = ensemble.play(given=given)
    single = ensemble.play({"parent.grievance": 2.0})
    assert np.array_equal(played.trajectories["georgia.alienation"][-1], single.trajectories["georgia.alienation"][-1])
    assert not np.array_equal(played.trajectories["georgia.alienation"][0], single.trajectories["georgia.alienation"][0])


def test_given_numbers_are_checked(ensemble):
    refused = {
        "expected 0 to 3": {"parent.grievance": 99},
        "found nan": {"parent.grievance": np.nan},
        "an array of the shape": {"parent.grievance": np.ones(RUNS - 1)},
        "did you mean 'parent.grievance'": {"parent.grievanc": 1.0},
    }
    for message, given in refused.items():
        with pytest.raises(InputError, match=message):
            ensemble.play(given=given)
    with pytest.raises(ValueError, match="runs: expected a whole number"):
        LiveEnsemble("georgia_2014", runs=2.5)
    with pytest.raises(ValueError, match="seed: expected a whole number"):
        LiveEnsemble("georgia_2014", seed="x")
    with pytest.raises(ValueError, match="threads: expected a whole number"):
        LiveEnsemble("georgia_2014", threads=0)
    with pytest.raises(ValueError, match="runs: expected a whole number"):
        ensemble.play(runs=2.5)


def test_the_numbers_of_events_may_be_given(ensemble):
    given, scenario = ensemble.play(given={"events.Crimea.size": 0.25}), ensemble.play({"events.crimea.size": 0.25})
    assert all(np.array_equal(values, scenario.trajectories[name]) for name, values in given.trajectories.items())
    plain = ensemble.play().trajectories
    assert not all(np.array_equal(values, plain[name]) for name, values in given.trajectories.items())


def test_what_moves_nothing_under_the_present_words(ensemble):
    assert "play.loss_aversion" in ensemble.still()
    assert ensemble.moves("play.loss_aversion", {"play.choice_rule": "prospect_theory"})
    one = ensemble.play()
    for key in ensemble.still():
        other = ensemble.play({key: ensemble.targets[key].declared.low})
        assert all(np.array_equal(values, other.outcomes[name], equal_nan=True) for name, values in one.outcomes.items()), key


def test_what_a_policy_sets_cannot_be_moved(ensemble):
    name, policy = next((name, policy) for name, policy in ensemble.scenario.policies.items() if policy.values)
    key = next(key for key, target in ensemble.targets.items() if target.addresses == (next(iter(policy.values)),))
    assert ensemble.moves(key)
    assert not ensemble.moves(key, {"patron.policy": name})


def test_an_unknown_key_is_refused_with_the_nearest(ensemble):
    with pytest.raises(InputError, match=r"patron\.incentives\.prestige"):
        ensemble.moves("patron.incentives.prestig")
    with pytest.raises(InputError):
        ensemble.play({"patron.incentives.prestige": 99})


@pytest.mark.parametrize(("limit", "left"), [(1 << 40, 3), (1, 1)])
def test_models_are_kept_as_far_as_memory_goes(small, monkeypatch, limit, left):
    monkeypatch.setattr(reusable, "MOST_BYTES", limit)
    models = reusable.ReusableModels(3)
    for seed in range(4):
        last = models.get(small, seed, np.arange(4))
    assert last.bytes > 2 * 4 * 60 * 32
    assert [models.find(small, seed, np.arange(4)) is not None for seed in range(4)] == [False] * (4 - left) + [True] * left
