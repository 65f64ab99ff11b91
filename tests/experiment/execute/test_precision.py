"""Replicates until something is known: where it is not, there are more; interrupted, it comes to the same."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from frozen_conflict_sim import plots
from frozen_conflict_sim.analysis.convergence import convergence
from frozen_conflict_sim.analysis.effects import effects
from frozen_conflict_sim.analysis.intervals import share_interval
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.experiment.execute.precision import coverage_after_stopping, half_widths
from frozen_conflict_sim.experiment.execute.simulate import TaskResult
from frozen_conflict_sim.experiment.load import load_experiment
from frozen_conflict_sim.experiment.perform import perform, perform_into
from frozen_conflict_sim.experiment.store.sources import Memory
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.results import Results, open_results
from frozen_conflict_sim.scenario import InputError

ALIGNMENT = "georgia.western_alignment_at_end"
WIDE, NARROW = 0.2, 0.02
LEVEL = {"swallow": 0.3, "salami": 0.5, "status_quo": 0.5}


def toy(scenario, seed, rows, keep):
    """An outcome that hardly differs from run to run; under *swallow* it spreads widely where grievance is large."""
    policy = rows.columns["patron.policy"][0]
    noise = RandomStreams(seed, rows.stream).normal(f"toy/{policy}", 0, 1)[0]
    spread = np.where((policy == "swallow") & (rows.columns["parent.grievance"] > 1.0), WIDE, NARROW)
    identity = {name: getattr(rows, name) for name in ("run", "point", "replicate", "stream")}
    table = {**identity, "status": ["done"] * len(rows), **rows.columns, ALIGNMENT: LEVEL[policy] + spread * noise}
    return TaskResult(pa.table(table), pa.table({"run": pa.array([], pa.int64()), "turn": pa.array([], pa.int16())}))


def wished(asked, until, at_most=200, policies=("swallow", "status_quo"), **more):
    return asked(
        levers={"patron.policy": list(policies)},
        uncertainties={"parent.grievance": {"from": 0.0, "to": 2.0}},
        design={"kind": "sobol", "points": 8},
        replicates={"until": {"outcome": "western_alignment_at_end", **until}, "at_most": at_most, **more},
        outcomes=["western_alignment_at_end"],
    )


def counted(results):
    """Replicates by policy, and whether the outcome spreads widely there."""
    runs = results.runs
    return runs.groupby(["patron.policy", runs["parent.grievance"] > 1.0, "point"]).size()


@pytest.fixture(scope="module")
def narrow(asked):
    study = Study(wished(asked, {"half_width": 0.02}, at_most=500))
    return Results(Memory(study, perform(study, play=toy)))


def test_replicates_are_added_where_the_interval_is_wide_and_nowhere_else(narrow):
    counts = counted(narrow)
    assert set(counts["status_quo"]) == {8}
    assert set(counts["swallow"][False]) == {8}
    assert counts["swallow"][True].min() > 100
    found = convergence(narrow)
    assert {line.group: line.enough > 0.9 for line in found.groups} == {
        "patron.policy = swallow": True,
        "patron.policy = status_quo": True,
    }


def test_the_picture_of_it_has_a_line_for_each_value_that_ends_where_replicates_do(narrow):
    axes = plots.convergence(narrow, ALIGNMENT)
    ends = {line.get_label(): line.get_xdata()[-1] for line in axes.lines}
    assert ends == {"patron.policy = swallow": 8, "patron.policy = status_quo": 8}


def test_at_most_means_at_most(asked):
    study = Study(wished(asked, {"half_width": 0.001}, at_most=30))
    results = Results(Memory(study, perform(study, play=toy)))
    assert set(counted(results)) == {30}
    assert results.manifest["counts"]["finished"] == study.runs


def test_a_ranking_that_is_clear_needs_no_more_runs_and_one_that_is_open_gets_them(asked):
    clear = Study(wished(asked, {"ranking": True}))
    runs = Results(Memory(clear, perform(clear, play=toy))).runs
    assert len(runs) < 8 * 2 * 40
    tied = Study(wished(asked, {"ranking": True}, at_most=50, policies=("salami", "status_quo")))
    runs = Results(Memory(tied, perform(tied, play=toy))).runs
    assert runs.groupby("point").size().max() == 50


def test_every_point_counts_the_same_in_what_is_reported(narrow):
    by_hand = narrow.runs.groupby(["patron.policy", "point"])[ALIGNMENT].mean().groupby("patron.policy").mean()
    shown = {effect.value: effect.estimate for effect in effects(narrow).effects}
    assert shown == {policy: pytest.approx(by_hand[policy]) for policy in shown}


@pytest.mark.parametrize("stops", [1, 3])
def test_a_study_that_was_interrupted_ends_like_one_that_was_not(asked, tmp_path, stops):
    study = Study(wished(asked, {"half_width": 0.04}))
    perform_into(tmp_path / "whole", study, task_size=64, play=toy)

    played = []

    def tired(*what):
        if len(played) == stops:
            raise KeyboardInterrupt
        played.append(1)
        return toy(*what)

    with pytest.raises(KeyboardInterrupt):
        perform_into(tmp_path / "torn", study, task_size=64, play=tired)
    perform_into(tmp_path / "torn", study, task_size=64, play=toy)
    whole, torn = (open_results(tmp_path / name) for name in ("whole", "torn"))
    assert torn.runs.equals(whole.runs)
    assert torn.manifest["counts"] == whole.manifest["counts"]
    assert torn.manifest["status"] == "complete"
    assert perform_into(tmp_path / "torn", study, task_size=64, play=toy).played == 0


def test_stopping_on_the_interval_narrows_it_a_little():
    fixed, stopped = (coverage_after_stopping(width, 8, 100) for width in (1e-9, 0.3))
    # 4,000 studies: a rate of 0.9 is known to 0.008.
    assert fixed == pytest.approx(0.9, abs=0.015)
    assert 0.8 < stopped < fixed - 0.01


def test_half_widths_are_those_of_student():
    from scipy import stats

    values = np.random.default_rng(1).normal(size=(3, 12))
    low, high = stats.t.interval(0.9, 11, values.mean(axis=1), stats.sem(values, axis=1))
    assert half_widths(values) == pytest.approx((high - low) / 2)


def test_the_file_says_it_back(asked, tmp_path):
    made = wished(asked, {"half_width": 0.01, "ranking": True}, start=4)
    (tmp_path / "again.yaml").write_text(made.to_yaml())
    assert replace(load_experiment(tmp_path / "again.yaml"), path="") == replace(made, path="")


@pytest.mark.parametrize(
    ("replicates", "message"),
    [
        ({"until": {"outcome": "western_alignment_at_end", "half_width": 0.01}}, "missing"),
        ({"until": {"outcome": "western_alignment_at_end"}, "at_most": 50}, "name half_width or ranking"),
        ({"until": {"outcome": "nothing", "half_width": 0.01}, "at_most": 50}, "no such outcome"),
        ({"until": {"outcome": "alienatoin", "half_width": 0.01}, "at_most": 50}, "did you mean 'alienation_at_end'"),
        ({"until": {"outcome": "western_alignment_at_end", "half_width": -1}, "at_most": 50}, "above 0"),
        ({"until": {"outcome": "integration_at_end", "half_width": 0.1}, "at_most": 50}, "name one of"),
        ({"until": {"outcome": "western_alignment_at_end", "half_width": 0.1}, "at_most": 5, "start": 9}, "more than at_most"),
        ("many", "a whole number"),
    ],
)
def test_wishes_that_make_no_sense_are_reported(asked, replicates, message):
    with pytest.raises(InputError, match=message):
        asked(replicates=replicates)


def test_a_wish_that_is_out_of_bounds_is_one_problem(asked):
    with pytest.raises(InputError) as refused:
        asked(replicates={"until": {"outcome": "western_alignment_at_end", "half_width": 0}, "at_most": 50})
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(("happened", "of"), [(0, 8), (1, 8), (8, 8), (3, 40)])
def test_half_widths_of_shares_are_those_of_wilson(happened, of):
    low, high = share_interval(happened, of)
    table = (np.arange(of) < happened).astype(float)[None]
    assert half_widths(table, share=True)[0] == pytest.approx((high - low) / 2)


def test_equal_numbers_are_not_certain():
    counts = np.array([[0.0] * 8, [0.0, 1, 2, 0, 1, 3, 0, 2]])
    low, high = share_interval(0, 8)
    assert half_widths(counts)[0] == pytest.approx(3 * (high - low) / 2)
    assert half_widths(np.zeros((2, 8))).tolist() == [np.inf, np.inf]


def never(scenario, seed, rows, keep):
    """War in no run."""
    identity = {name: getattr(rows, name) for name in ("run", "point", "replicate", "stream")}
    table = {**identity, "status": ["done"] * len(rows), **rows.columns, "georgia.war": np.zeros(len(rows))}
    return TaskResult(pa.table(table), pa.table({"run": pa.array([], pa.int64()), "turn": pa.array([], pa.int16())}))


@pytest.mark.parametrize("until", [{"half_width": 0.01}, {"ranking": True}])
def test_an_event_that_was_never_seen_is_not_known(asked, until):
    study = Study(
        asked(
            levers={"patron.policy": ["swallow", "status_quo"]},
            replicates={"until": {"outcome": "war", **until}, "at_most": 40},
        )
    )
    results = Results(Memory(study, perform(study, play=never)))
    assert set(results.runs.groupby("point").size()) == {40}
    (group, _) = convergence(results).groups
    assert group.half_width[1] > 0.03
    assert group.enough in (None, 0.0)


def test_coverage_of_shares_is_that_of_wilson():
    # Without stopping, Wilson's 90 % interval of a share of one half over 100 runs covers it in about 91 of 100 studies.
    assert coverage_after_stopping(1e-9, 8, 100, share=0.5) == pytest.approx(0.911, abs=0.015)
