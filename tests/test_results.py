"""Results have labels and units, are the same however they were made, and report every damage."""

import csv
import random

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from frozen_conflict_sim import open_results, run
from frozen_conflict_sim.ensemble import ensemble_of
from frozen_conflict_sim.experiment.errors import CorruptPart, NoSuchColumn, NotResults
from frozen_conflict_sim.experiment.execute.simulate import ENOUGH, simulate
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.results import Results


@pytest.fixture(scope="module")
def stored(small, tmp_path_factory):
    return run(small, runs=40, seed=5, out=tmp_path_factory.mktemp("results") / "stored")


def test_a_run_is_a_row(results):
    runs = results.runs
    assert list(runs["run"]) == list(range(40))
    assert list(runs["stream"]) == list(range(40))
    assert set(runs["status"]) == {"done"}
    assert runs["ended_quarter"].max() == 8
    assert {"patron.incentives.prestige", "georgia.western_alignment_at_end", "class"} <= set(runs)


def test_columns_carry_units_and_long_names(results):
    assert results.runs.attrs["units"]["georgia.western_alignment_at_end"] == "index"
    assert results.runs.attrs["long_names"]["georgia.western_alignment_at_end"] == "Tbilisi: western alignment at end"
    assert set(results.runs) == set(results.columns) == set(results.runs.attrs["units"])


def test_stored_parts_count_turns_from_1_and_carry_units_and_labels(stored):
    turns, runs = (pq.read_table(next((stored.path / kind).iterdir())) for kind in ("trajectories", "runs"))
    assert turns["turn"].to_pylist()[:8] == [*range(1, 9)]
    for table, described in ((turns, stored.variables), (runs, stored.columns)):
        for field in table.schema:
            if field.name != "turn":
                column = described.get(field.name) or stored.columns[field.name]
                told = {name.decode(): text.decode() for name, text in field.metadata.items()}
                assert told == {"unit": column.unit, "label": column.label}


def test_trajectories_are_labelled(results):
    trajectory = results.trajectories["georgia.western_alignment"]
    assert trajectory.dims == ("run", "turn")
    assert trajectory.shape == (40, 8)
    assert trajectory.dtype == np.float32
    assert trajectory.attrs["units"] == "index"
    assert trajectory.attrs["long_name"] == "Tbilisi: western alignment"
    assert str(trajectory["date"].values[1])[:10] == "2014-04-01"


def test_decisions_explain_their_codes(results):
    decision = results.trajectories["moscow.treatment.abkhazia"]
    meanings = decision.attrs["flag_meanings"].split()
    assert decision.dtype == np.int8
    assert meanings[0] == "hold"
    assert decision.attrs["flag_values"].tolist() == list(range(len(meanings)))
    assert decision.attrs["flag_values"].dtype == decision.dtype
    assert 0 <= int(decision.min()) <= int(decision.max()) < len(meanings)


def test_the_end_of_a_trajectory_is_its_outcome(results):
    ends = results.trajectories["georgia.alienation"].isel(turn=-1).values
    assert np.allclose(ends, results.runs["georgia.alienation_at_end"], atol=1e-6)


def test_undefined_is_null(results):
    undefined = results.runs["abkhazia.treaty_signed"] == 0
    assert undefined.any()
    assert results.runs.loc[undefined, "abkhazia.depth_gained"].isna().all()


def test_a_folder_gives_what_memory_gives(results, stored):
    pd.testing.assert_frame_equal(stored.runs, results.runs)
    assert stored.trajectories.identical(results.trajectories)
    assert stored.scenario == results.scenario
    assert stored.columns == results.columns
    assert stored.failures == []


def test_the_dictionary_explains_every_column(stored):
    with open(stored.path / "dictionary.csv", newline="", encoding="utf-8") as file:
        rows = {(row["kind"], row["column"]): row for row in csv.DictReader(file)}
    assert len(rows) == len(stored.columns) + len(stored.variables)
    assert {name for kind, name in rows if kind not in ("trajectory", "decision")} == set(stored.runs)
    assert {name for kind, name in rows if kind in ("trajectory", "decision")} == set(stored.trajectories)
    assert all(row["unit"] and row["meaning"] and row["label"] for row in rows.values())
    assert rows["decision", "georgia.orientation"]["options"].split()[0] == "hold"


def test_the_manifest_says_how_it_came_about(stored):
    manifest = stored.manifest
    assert manifest["status"] == "complete"
    assert manifest["counts"] == {"planned": 40, "finished": 40, "failed": 0}
    assert manifest["seed"] == 5
    assert manifest["code"]["libraries"]["mesa"]


def test_the_stored_study_can_be_run_again(stored):
    pd.testing.assert_frame_equal(run(stored.scenario, 3, stored.manifest["seed"]).runs, stored.runs.head(3))


def test_only_what_is_wanted_is_kept(small):
    few = run(small, runs=3, seed=5, keep=("georgia.alienation",))
    assert list(few.trajectories) == few.names("trajectory") == ["georgia.alienation"]
    assert few.names("decision") == []


def test_only_what_is_asked_for_is_read(stored):
    assert list(stored.trajectories_of("georgia.alienation")) == ["georgia.alienation"]


def test_columns_as_arrays_have_the_values_of_the_table(stored, results):
    for each in (stored, results):
        found = each.values_of(*each.columns)
        assert list(found) == list(each.runs)
        for name, values in found.items():
            assert values.shape == (40,)
            assert list(each.runs[name].isna()) == list(pd.isna(values)), name
            assert [*each.runs[name].dropna()] == [*values[~pd.isna(values)]], name
    assert found["abkhazia.treaty_quarter"].dtype.kind == "f"  # in some runs there is none


def test_a_column_that_there_is_not_is_told(stored):
    with pytest.raises(NoSuchColumn, match="no 'clas'; did you mean 'class'"):
        stored.values_of("status", "clas")


def test_an_array_that_was_read_is_kept(stored):
    assert stored.values_of("class")["class"] is stored.values_of("status", "class")["class"]


def test_a_run_alone_is_the_run_among_many(small, results):
    rows = Study(ensemble_of(small, 40, 5)).task(0, np.arange(40)).rows
    for at in (0, 17, 39):
        alone = simulate(small, 5, rows.take(slice(at, at + 1)))
        assert alone.runs.equals(results._source._chunk.runs.slice(at, 1))
        assert alone.turns.equals(next(results._source.turns([])).slice(at * 8, 8))


def test_more_runs_renumber_nothing(small, results):
    pd.testing.assert_frame_equal(run(small, runs=10, seed=5).runs, results.runs.head(10))


def test_no_damage_goes_unnoticed(small, tmp_path, results):
    path = run(small, runs=40, seed=5, out=tmp_path / "damaged", keep=("georgia.alienation",)).path
    chance = random.Random(1)
    for part in [*path.glob("runs/*"), *path.glob("trajectories/*")]:
        whole = part.read_bytes()
        for _ in range(60):
            broken = bytearray(whole)
            broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            part.write_bytes(broken)
            try:
                opened = open_results(path)
                found = opened.runs, opened.trajectories["georgia.alienation"]
            except CorruptPart as error:
                found = str(error)
            if isinstance(found, str):
                assert part.name in found
            else:
                pd.testing.assert_frame_equal(found[0], results.runs)
                assert found[1].equals(results.trajectories["georgia.alienation"])
        part.write_bytes(whole)


@pytest.mark.parametrize("name", ["dictionary.csv", "experiment.yaml"])
def test_a_lost_file_is_read_from_its_copy_and_named(small, tmp_path, name):
    whole = run(small, runs=2, seed=5, out=tmp_path / "torn")
    (whole.path / name).unlink()
    opened = open_results(whole.path)
    assert opened.trajectories.equals(whole.trajectories)
    assert opened.columns == whole.columns
    assert opened.scenario == whole.scenario
    [note] = opened.notes
    assert f"{name} is damaged or missing: its copy in" in note


def test_what_is_no_results_folder_is_told(tmp_path):
    with pytest.raises(NotResults, match="does not exist"):
        open_results(tmp_path / "nowhere")
    with pytest.raises(NotResults, match=r"no manifest\.json"):
        open_results(tmp_path)
    for text in ("", "[1]", "{}", "nonsense", "\x00"):
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(NotResults, match="cannot be read"):
            open_results(tmp_path)


RAISED = {"raises": ZeroDivisionError("made to fail"), "no memory": MemoryError()}
OUT_OF_BOUNDS = {"infinite": np.inf, "above one": 1.05}


def breaking(monkeypatch, unlucky, how):
    """Make the runs with some stream numbers fail."""
    from frozen_conflict_sim.model.recorder import Recorder
    from frozen_conflict_sim.model.simulation import Simulation as Model

    step, result, trajectories = Model.step, Recorder._result, Model.trajectories

    def breaking_step(model):
        if how in RAISED and model.world.turn == 3 and set(unlucky) & set(model.world.streams.stream_numbers.tolist()):
            raise RAISED[how]
        return step(model)

    def ill(model):
        return np.isin(model.world.streams.stream_numbers, unlucky)

    def outcomes_out_of_bounds(recorder, outcome):
        values = result(recorder, outcome)
        if how in OUT_OF_BOUNDS and outcome.rule.name == "alienation_at_end":
            values = np.where(ill(recorder.model), OUT_OF_BOUNDS[how], values)
        return values

    def undefined_trajectories(model):
        if how == "undefined":
            row = model.recorder.rows["alienation"][0]
            model.recorder.values[row, ill(model), -1] = np.nan
        return trajectories(model)

    monkeypatch.setattr(Model, "trajectories", undefined_trajectories)
    monkeypatch.setattr(Model, "step", breaking_step)
    monkeypatch.setattr(Model, "compiled_from", np.inf)
    monkeypatch.setattr(Recorder, "_result", outcomes_out_of_bounds)


def test_memory_that_the_system_refuses_is_no_failure_of_a_run(small, tmp_path, monkeypatch):
    breaking(monkeypatch, [4, 9], "no memory")
    with pytest.raises(MemoryError):
        run(small, runs=12, seed=5, out=tmp_path / "refused")
    monkeypatch.undo()
    whole = run(small, runs=12, seed=5, out=tmp_path / "refused")
    assert whole.manifest["counts"] == {"planned": 12, "finished": 12, "failed": 0}


@pytest.mark.parametrize(
    ("how", "stage", "says"),
    [
        ("raises", "turn 3", "made to fail"),
        ("infinite", "outcomes", "georgia.alienation_at_end is inf in the run of stream"),
        ("above one", "outcomes", "which is not within 0 to 1; the outcome is computed at"),
        ("undefined", "outcomes", "georgia.alienation is nan after turn 8 in the run of stream"),
    ],
)
def test_a_failing_run_is_recorded_and_the_rest_kept(small, results, tmp_path, monkeypatch, how, stage, says):
    breaking(monkeypatch, [4, 9], how)
    broken = run(small, runs=12, seed=5, out=tmp_path / "broken")
    assert broken.manifest["counts"] == {"planned": 12, "finished": 10, "failed": 2}
    assert list(broken.runs.loc[broken.runs["status"] == "failed", "run"]) == [4, 9]
    assert [failure["run"] for failure in broken.failures] == [4, 9]
    for failure in broken.failures:
        assert failure["seed"] == 5
        assert failure["stage"] == stage
        assert says in failure["traceback"]
        expected = results.runs.loc[failure["run"], list(failure["parameters"])]
        assert failure["parameters"] == pytest.approx(dict(expected))
    done = broken.runs[broken.runs["status"] == "done"]
    pd.testing.assert_frame_equal(done, results.runs.loc[done.index], check_dtype=False)
    assert list(broken.trajectories["run"]) == list(done["run"])


def test_when_every_run_fails_the_results_are_empty_not_broken(small, monkeypatch, tmp_path):
    breaking(monkeypatch, range(3), "raises")
    broken = run(small, runs=3, seed=5, out=tmp_path / "failed")
    assert isinstance(broken, Results)
    assert list(broken.runs["status"]) == ["failed"] * 3
    assert broken.runs["georgia.alienation_at_end"].isna().all()
    assert broken.trajectories.sizes["run"] == 0


def test_a_wrong_name_is_refused_with_the_nearest(results):
    for ask in (results.trajectories_of, results.columns.__getitem__):
        with pytest.raises(NoSuchColumn, match=r"no 'georgia\.alienatoin'; did you mean 'georgia\.alienation"):
            ask("georgia.alienatoin")


def test_values_stay_within_their_declared_bounds(small):
    long = run(small.with_values({"quarters": 40}), runs=64, seed=3)
    tables = [(long.columns, long.runs), (long.variables, long.trajectories)]
    for columns, table in tables:
        for name, column in columns.items():
            if column.kind in ("parameter", "outcome", "trajectory"):
                values = np.asarray(table[name], float)
                assert column.low is None or not (values < column.low - 1e-6).any(), name
                assert column.high is None or not (values > column.high + 1e-6).any(), name


def test_key_outcomes_are_few(results):
    for kind in ("outcome", "trajectory", "decision"):
        key_outcomes, every = results.names(kind, key_outcomes=True), results.names(kind)
        assert 0 < len(key_outcomes) < len(every) / 3
        assert [name for name in every if name in key_outcomes] == key_outcomes
    assert "georgia.western_alignment_at_end" in results.names("outcome", key_outcomes=True)
    assert results.names("nonsense") == []


@pytest.mark.parametrize("spoilt", [b"\xff{\n", b'{"run": 1, "lu', None])
def test_failures_survive_a_damaged_file_and_are_written_again(small, tmp_path, monkeypatch, spoilt):
    breaking(monkeypatch, [1], "raises")
    told = run(small, runs=2, seed=5, out=tmp_path / "broken").failures
    path = tmp_path / "broken" / "failures.jsonl"
    whole = path.read_bytes()
    path.unlink()
    if spoilt:
        path.write_bytes(spoilt)
    assert open_results(tmp_path / "broken").failures == told
    assert run(small, runs=2, seed=5, out=tmp_path / "broken").failures == told
    assert path.read_bytes() == whole


def test_where_every_run_fails_most_are_not_tried_alone(small, monkeypatch):
    played = []

    def fails(scenario, seed, rows, keep):
        played.append(len(rows))
        return "turn 3", "why", {}

    monkeypatch.setattr("frozen_conflict_sim.experiment.execute.simulate._tried", fails)
    result = simulate(small, 5, Study(ensemble_of(small, 200, 5)).task(0, np.arange(200)).rows)
    assert len(played) < 2 * ENOUGH + 10
    assert result.runs["run"].to_pylist() == [failure["run"] for failure in result.failures] == list(range(200))
    assert sum("Not tried alone: 32 runs of its task were" in failure["traceback"] for failure in result.failures) > 150
