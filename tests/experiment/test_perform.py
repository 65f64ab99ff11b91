"""Studies that are performed: the same for any task size and workers; stored, they resume, grow and run again."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from frozen_conflict_sim import open_results, run_experiment
from frozen_conflict_sim.experiment.errors import FolderTaken
from frozen_conflict_sim.experiment.execute.simulate import simulate
from frozen_conflict_sim.experiment.perform import perform, perform_into
from frozen_conflict_sim.experiment.store.identity import family_of
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.model.simulation import Simulation
from frozen_conflict_sim.scenario import InputError

STUDY = {
    "levers": {"patron.policy": ["swallow", "status_quo"]},
    "uncertainties": {"patron.incentives.prestige": {"from": 0.2, "to": 1.0}},
    "design": {"kind": "sobol", "points": 3},
    "replicates": 2,
    "compare_with": {"parent.channels": "off"},
    "outcomes": ["western_alignment_at_end"],
    "keep": ["alienation", "moscow.treatment"],
}


@pytest.fixture(scope="module")
def study(asked):
    return Study(asked(**STUDY))


@pytest.fixture(scope="module")
def whole(study):
    """All runs, each configuration in one task, in this process."""
    return perform(study, task_size=1000)


@pytest.fixture(scope="module")
def stored(study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("experiment") / "stored"
    perform_into(folder, study, task_size=2)
    return open_results(folder)


def same(one: pa.Table, other: pa.Table) -> bool:
    return (
        one.select(sorted(one.column_names)).combine_chunks().equals(other.select(sorted(other.column_names)).combine_chunks())
    )


@pytest.mark.parametrize(("workers", "size"), [(1, 4), (2, 5), (1, 1)])
def test_neither_task_size_nor_workers_change_a_bit(study, whole, workers, size):
    result = perform(study, workers=workers, task_size=size)
    assert same(result.runs, whole.runs)
    assert same(result.turns, whole.turns)


def test_a_run_alone_is_the_run_among_many(study, whole):
    for configuration, rank in ((0, 0), (1, 3), (3, 5)):
        task = study.task(configuration, np.array([rank]))
        alone = simulate(task.scenario, study.seed, task.rows, study.keep)
        among = whole.runs.slice(int(task.rows.run[0]), 1)
        assert alone.runs.select(among.column_names).equals(among)


def test_columns_are_what_the_study_says(stored):
    runs = stored.runs
    about = ["run", "point", "replicate", "stream", "arm", "status", "class", "ended_quarter"]
    designed = ["patron.policy", "patron.incentives.prestige", "parent.grievance", "parent.accommodation"]
    assert list(runs)[: len(about) + len(designed)] == about + designed
    assert stored.names("lever") == ["patron.policy"]
    assert stored.names("uncertainty") == designed[1:]
    assert stored.columns["patron.policy"].options == ("swallow", "status_quo")
    assert stored.columns["parent.grievance"].unit == "strength"
    assert not {"parents.georgia.grievance"} & set(runs)
    assert "patron.incentives.control" in stored.names("parameter")
    assert "patron.incentives.prestige" not in stored.names("parameter")
    assert set(runs["arm"]) == {"base", "parent.channels=off"}
    assert list(stored.trajectories) == ["georgia.alienation", "moscow.treatment.abkhazia", "moscow.treatment.south_ossetia"]
    assert stored.trajectories.sizes["run"] == len(runs) == 24


def test_a_given_number_is_the_number_of_the_run(stored, small):
    """The model, set up by hand with what a row message, gives the row."""
    row = stored.runs[(stored.runs["patron.policy"] == "swallow") & (stored.runs["arm"] == "base")].iloc[3]
    values = {key: row[key] for key in ("patron.policy", *stored.names("uncertainty"))}
    model = Simulation(small.with_values(values), seed=stored.manifest["seed"], stream_numbers=[row["stream"]])
    outcomes = model.run_to_end().outcomes()
    model.release()
    for name in stored.names("outcome"):
        assert np.array_equal(outcomes[name][0], row[name], equal_nan=True), name


def test_a_folder_gives_what_memory_gives(asked, stored):
    memory = run_experiment(asked(**STUDY))
    pd.testing.assert_frame_equal(memory.runs, stored.runs)
    assert memory.trajectories.identical(stored.trajectories)
    assert memory.experiment == stored.experiment
    assert memory.columns == stored.columns


def test_a_folder_can_be_run_again_from_what_stands_in_it(stored, tmp_path):
    again = run_experiment(stored.path / "experiment.yaml", tmp_path / "again")
    pd.testing.assert_frame_equal(again.runs, stored.runs)
    assert again.manifest["study"] == stored.manifest["study"]


def test_an_interrupted_experiment_goes_on_and_ends_the_same(study, stored, tmp_path):
    def interrupt(done, seen=[]):  # noqa: B006
        seen.append(done)
        if sum(seen) >= 10:
            raise KeyboardInterrupt

    folder = tmp_path / "stopped"
    with pytest.raises(KeyboardInterrupt):
        perform_into(folder, study, task_size=2, progress=interrupt)
    half = open_results(folder)
    assert half.manifest["status"] == "interrupted"
    assert half.runs.groupby(["patron.policy", "arm"]).size().between(2, 4).all()
    assert perform_into(folder, study, task_size=2).played == study.runs - len(half.runs)
    assert files(folder) == files(stored.path)


def files(folder):
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(found.pop("manifest.json"))
    found.pop("parts/manifest.json")
    return found, {key: value for key, value in manifest.items() if key not in ("started", "ended", "blake2b")}


def test_replicates_can_be_added(asked, tmp_path):
    few = {**STUDY, "replicates": 1}
    run_experiment(asked(**few), tmp_path / "grown")
    extended = run_experiment(asked(**STUDY), tmp_path / "grown")
    assert extended.manifest["counts"] == {"planned": 24, "finished": 24, "failed": 0}
    pd.testing.assert_frame_equal(extended.runs, run_experiment(asked(**STUDY)).runs)
    for other in ({"seed": 6}, {"keep": []}, {"uncertainties": {"patron.incentives.prestige": {"from": 0.1, "to": 1.0}}}):
        with pytest.raises(FolderTaken, match="another study"):
            run_experiment(asked(**STUDY | other), tmp_path / "grown")


def test_what_it_is_called_and_asks_makes_no_other_study(asked, tmp_path):
    one, other = (asked(**STUDY | {"question": question, "outcomes": []}) for question in ("What?", "What else?"))
    assert family_of(Study(one)) == family_of(Study(other))
    assert family_of(Study(asked(**STUDY | {"uncertainties": {}}))) != family_of(Study(one))


def test_a_failing_run_is_recorded_with_what_it_was_given(asked, monkeypatch, tmp_path):
    step = Simulation.step

    def breaking_step(model):
        if (
            model.world.turn == 3
            and model.world.categories["policy", "moscow"] == "swallow"
            and (1 << 24) in model.world.streams.stream_numbers
        ):
            raise ZeroDivisionError("made to fail")
        return step(model)

    monkeypatch.setattr(Simulation, "step", breaking_step)
    monkeypatch.setattr(Simulation, "compiled_from", np.inf)
    broken = run_experiment(asked(**STUDY), tmp_path / "broken")
    assert broken.manifest["counts"] == {"planned": 24, "finished": 22, "failed": 2}
    failed = broken.runs[broken.runs["status"] == "failed"]
    assert set(failed["patron.policy"]) == {"swallow"}
    assert set(failed["arm"]) == {"base", "parent.channels=off"}
    assert failed["patron.incentives.prestige"].notna().all()
    assert [failure["parameters"]["patron.policy"] for failure in broken.failures] == ["swallow", "swallow"]
    assert broken.trajectories.sizes["run"] == 22


def test_one_at_a_time_runs(asked):
    results = run_experiment(
        asked(levers={"patron.ask_cool_down": [2]}, uncertainties={"patron.incentives.prestige": {"from": 0.0, "to": 1.0}},
              design={"kind": "one_at_a_time"}, replicates=3)
    )  # fmt: skip
    runs = results.runs
    assert list(runs["changed"].unique()) == ["nothing", "patron.ask_cool_down", "patron.incentives.prestige"]
    assert set(runs["patron.ask_cool_down"]) == {10.0, 2.0}
    as_it_is = runs[runs["changed"] == "nothing"].set_index("replicate")["patron.incentives.prestige"]
    moved = runs[runs["changed"] == "patron.ask_cool_down"].set_index("replicate")["patron.incentives.prestige"]
    assert as_it_is.nunique() == 3
    pd.testing.assert_series_equal(as_it_is, moved)
    assert results.columns["patron.incentives.prestige"].kind == "uncertainty"


def test_every_column_of_every_run_is_explained(asked, small, tmp_path):
    """Also where a policy draws what the scenario draws, where an arm sets a motive, and where shorthand changes one thing."""
    gamble = {"policies.salami.territories.abkhazia.stake": {"from": 0.1, "to": 0.2}}
    scenario = small.with_values({"territory.stake": {"from": 0.5, "to": 0.6}, **gamble})
    levers = {"patron.policy": ["salami", "swallow"]}
    arms = {"proud": {"patron.incentives.prestige": 2.0}}
    crossed = asked(scenario=scenario, levers=levers, design={"kind": "sobol", "points": 2}, compare_with=arms)
    one = asked(levers={"parent.incentives.security": [1.0]}, design={"kind": "one_at_a_time"}, replicates=2)
    for number, experiment in enumerate((crossed, one)):
        results = run_experiment(experiment, tmp_path / str(number))
        stored = {name for path in results.path.glob("runs/*") for name in pq.read_schema(path).names}
        assert stored == set(results.runs) == set(results.columns)
    runs = run_experiment(crossed).runs
    gambling = runs["patron.policy"] == "salami"
    assert runs.loc[gambling, "territories.abkhazia.stake"].between(0.1, 0.2).all()
    assert runs.loc[~gambling, "territory.stake"].between(0.5, 0.6).all()
    assert (runs.loc[runs["arm"] == "proud", "patron.incentives.prestige"] == 2.0).all()


def test_what_shapes_the_public_can_be_a_lever_and_every_run_has_its_own(asked):
    levers = {"public.residents": [50, 70], "territory.salience": [0.2, 0.6]}
    study = Study(asked(levers=levers, replicates=2, compare_with={"public.network_degree": 4}))
    assert len(study.configurations) == 4
    together, alone = perform(study, task_size=1000).runs, perform(study, task_size=1).runs
    assert sorted(together.to_pylist(), key=str) == sorted(alone.to_pylist(), key=str)
    support = [name for name in together.column_names if name.startswith("abkhazia.") and "support" in name]
    publics = {(run["public.residents"], run["arm"]): str([run[name] for name in support]) for run in together.to_pylist()}
    assert len(set(publics.values())) == 4  # each public has a course of its own


@pytest.mark.parametrize("key", ["public.residents", "public.network_degree", "public.stubbornness"])
def test_what_shapes_the_public_is_one_number_for_all_runs(asked, key):
    low = {"public.residents": 60, "public.network_degree": 4, "public.stubbornness": 0.5}[key]
    with pytest.raises(InputError, match="one number for all runs"):
        asked(uncertainties={key: {"from": low, "to": 1.5 * low}}, design={"kind": "sobol", "points": 4})
    with pytest.raises(InputError, match="one number for all runs"):
        asked(levers={key: {"from": low, "to": 1.5 * low}}, design={"kind": "sobol", "points": 4})
