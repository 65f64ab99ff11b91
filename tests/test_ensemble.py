"""``run`` and the model take a name or a file, show a bar where asked, and say in a line what they are."""

import subprocess
import sys

import pytest

import frozen_conflict_sim as fcs

SMALL = "extends: georgia_2014\ntitle: A small one\nquarters: 3\npublic: {residents: 50}\n"


@pytest.fixture
def small_file(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, "utf-8")
    return path


def test_a_scenario_by_name_or_file(small_file):
    loaded = fcs.load_scenario(small_file)
    assert fcs.run(small_file, 2).runs.equals(fcs.run(loaded, 2).runs)
    assert fcs.FrozenConflictModel(str(small_file), runs=2).setting == loaded
    assert fcs.FrozenConflictModel("georgia_2014", quarters=2).setting.turns == 2
    with pytest.raises(fcs.InputError, match="did you mean 'georgia_2014'"):
        fcs.run("georgia_2041")
    with pytest.raises(fcs.InputError, match="did you mean 'georgia_2014'"):
        fcs.FrozenConflictModel("georgia_2041")


@pytest.mark.parametrize("given", [{"a": 1}, None, 5, b"georgia_2014"])
def test_what_is_no_path_and_no_name_is_refused(given):
    expected = "^expected the path of a file or the name of a shipped scenario, found "
    hint = "; values go into with_values of a scenario" if isinstance(given, dict) else ""
    for load in (fcs.load_scenario, fcs.run, fcs.FrozenConflictModel):
        with pytest.raises(TypeError, match=f"{expected}{given!r}{hint}$"):
            load(given)
    with pytest.raises(TypeError, match=r"the name of a shipped experiment, found .*; run_experiment takes data as it is$"):
        fcs.load_experiment({"question": "?"})


@pytest.mark.parametrize("workers", [-1, 0, 1.5, "2", True])
def test_the_number_of_workers_is_a_whole_number(small_file, tmp_path, workers):
    for out in (None, tmp_path / "out"):
        with pytest.raises(ValueError, match=f"^workers: expected a whole number of at least 1, found {workers!r}$"):
            fcs.run(small_file, 2, out=out, workers=workers)
    assert not (tmp_path / "out").exists()


def test_progress_is_a_bar_or_a_function(small_file, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    finished = []
    fcs.run(small_file, 3, progress=finished.append)
    assert sum(finished) == 3
    assert capsys.readouterr().err == ""
    fcs.run(small_file, 3, progress=True)
    assert "3/3" in capsys.readouterr().err
    fcs.run(small_file, 3, out=tmp_path / "out", progress=True)
    assert "3/3" in capsys.readouterr().err


def test_what_they_are_in_a_line(small_file):
    scenario = fcs.load_scenario(small_file)
    model = fcs.FrozenConflictModel(scenario)
    model.step()
    assert repr(scenario) == "<Scenario 'A small one': 3 quarters, 70 values given>"
    assert repr(model) == "<FrozenConflictModel of 'A small one': 1 run, turn 1 of 3>"
    assert repr(model.agent("Moscow")) == "<Actor 'Moscow'>"
    assert repr(fcs.run(scenario, 2)) == "<Results of 'A small one': 2 runs>"
    assert repr(fcs.load_experiment("motives")).startswith("<Experiment \"Which of Moscow's motives")


WITHOUT_LOCKS = """
import sys
sys.modules["fcntl"] = None
import multiprocessing
multiprocessing.get_all_start_methods = lambda: ["spawn"]
import frozen_conflict_sim as fcs
from frozen_conflict_sim.cli import main
assert len(fcs.run(sys.argv[1], runs=2).runs) == 2
study = {"question": "?", "scenario": fcs.load_scenario(sys.argv[1]), "replicates": 300, "seed": 1}
assert len(fcs.run_experiment(study, "out", workers=2).runs) == 300
main(["verify", "out"])
"""


def test_a_system_without_locks_and_fork_servers_plays_in_one_process(small_file, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_LOCKS, small_file], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "out is intact: 300 runs\n"), done.stderr
