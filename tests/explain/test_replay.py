"""A run that is played again is the stored one to the last bit, whatever study it is from and however that was played."""

import json

import numpy as np
import pandas as pd
import pytest

from frozen_conflict_sim import FrozenConflictModel, load_experiment, load_scenario, open_results, replay, run_experiment
from frozen_conflict_sim.experiment.errors import NoSuchRun
from frozen_conflict_sim.experiment.execute.simulate import joined, simulate
from frozen_conflict_sim.experiment.store.sources import Memory
from frozen_conflict_sim.experiment.study.extension import Extension
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.results import Results
from frozen_conflict_sim.scenario.shipped import shipped_names

LONGER = {"placebo_crimea": {"quarters": 10}}  # which moves an event to another year
SMALL = {"public.residents": 60, "quarters": 4}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small):
    """A study that was played by two processes, then got more points, replicates and an arm."""
    path = tmp_path_factory.mktemp("replay") / "study"
    few = {
        "question": "What do the policies do?",
        "scenario": small,
        "levers": {"patron.policy": ["swallow", "status_quo"]},
        "uncertainties": {"parent.grievance": {"from": 0.0, "to": 2.0}},
        "design": {"kind": "sobol", "points": 4},
        "keep": ["alienation"],
        "seed": 7,
    }
    run_experiment(few, path, workers=2)
    more = few | {
        "design": {"kind": "sobol", "points": 8},
        "replicates": 2,
        "compare_with": {"off": {"parent.channels": "off"}},
    }
    run_experiment(more, path)
    return path


@pytest.mark.parametrize("name", shipped_names("experiments"))
def test_a_run_of_every_shipped_experiment_is_the_stored_one(name):
    study = Study(load_experiment(name, SMALL | LONGER.get(name, {})), large=True)
    last = study.runs - 1
    neighbours = last - len(study.arms) * study.points * np.arange(min(3, study.experiment.replicates))
    tasks = Extension([study]).tasks_of(neighbours)
    results = Results(Memory(study, joined([simulate(task.scenario, study.seed, task.rows, study.keep) for task in tasks])))
    again = replay(results, last)
    assert len(results.runs) == len(neighbours)
    assert again.compared > 50
    assert again.equal, again.differing


def test_runs_of_a_study_that_was_extended_keep_their_numbers(folder):
    results = open_results(folder)
    assert len(results.runs) == 64
    for number in (5, 20, 63):
        again = replay(folder, number)
        row = results.runs.set_index("run").loc[number]
        assert again.equal, again.differing
        assert (again.values["point"], again.values.get("arm", "base")) == (row["point"], row["arm"])
        assert again.values["parent.grievance"] == row["parent.grievance"]


def test_everything_is_kept_of_a_replay(folder):
    again = replay(folder, 5)
    stored = open_results(folder).trajectories.sel(run=5)
    assert set(stored) < set(again.trajectories) | set(again.decisions)
    for name in stored:
        assert np.array_equal(stored[name].values, again.trajectories[name].to_numpy())
    assert len(again.trajectories) == len(again.decisions) == 8
    asked = {(receipt.turn, receipt.decision.role.name, receipt.decision.name) for receipt in again.receipts}
    assert len(asked) == len(again.receipts)
    assert {turn for turn, _, _ in asked} == set(range(8))


def test_a_difference_is_found(folder):
    """A run that is compared with another one differs, and the columns are named."""
    results = open_results(folder)
    results.stored = lambda run, stored=results.stored: stored(run + 1)
    again = replay(results, 5)
    assert again.equal is False
    assert "run" in again.differing


def test_the_scenario_of_a_replay_gives_the_same_run(folder, tmp_path, command):
    out = tmp_path / "again"
    command("replay", folder, 6, "--out", out, cwd=tmp_path)
    about = json.loads((out / "run.json").read_text("utf-8"))
    assert about["equal_to_stored"] is True
    model = FrozenConflictModel(
        load_scenario(out / "scenario.yaml"), 1, about["seed"], stream_numbers=[about["values"]["stream"]]
    ).run_to_end()
    table = pd.read_csv(out / "trajectories.csv", index_col="date")
    for name, values in model.trajectories().items():
        assert np.array_equal(values[0], table[name].to_numpy(np.float32))
    codes = {name: values[0] for name, values in model.decisions().items()}
    written = pd.read_csv(out / "decisions.csv", index_col="date")
    assert {name: len(set(written[name])) for name in written} == {name: len(set(codes[name])) for name in codes}


def test_a_replay_as_json_has_everything(folder, tmp_path, command):
    data = json.loads(command("replay", folder, 6, "--json", cwd=tmp_path).stdout)
    again = replay(folder, 6)
    for name, values in data["trajectories"].items():
        assert np.array_equal(np.float32(values), again.trajectories[name].to_numpy())
    assert data["decisions"] == {name: [*again.decisions[name]] for name in again.decisions}
    first = data["receipts"][0]
    assert first["chosen"] in [option["option"] for option in first["options"]]


def test_a_run_that_is_not_there_is_one_sentence(folder, tmp_path, command):
    with pytest.raises(NoSuchRun, match="no run 64: runs are numbered 0 to 63; the nearest is 63"):
        replay(folder, 64)
    done = command("replay", folder, 64, cwd=tmp_path, code=2)
    assert done.stderr.count("\n") == 1
    command("replay", folder, 5, "--out", folder, cwd=tmp_path, code=2)


def test_a_run_that_is_not_stored_yet_can_be_played(folder):
    results = open_results(folder)
    results.stored = lambda run: None
    again = replay(results, 5)
    assert again.equal is None
    assert any("is not stored" in note for note in again.notes)
