"""The command ``batch``: the plan comes first; exit codes; folders that are continued; messages."""

import json
import signal
import subprocess
import sys
import time

import pytest

from frozen_conflict_sim import open_results
from frozen_conflict_sim.cli import program
from frozen_conflict_sim.cli.exit_codes import run_command

STUDY = """\
question: What do the policies do?
scenario: small.yaml
levers:
  patron.policy: [swallow, status_quo]
design: {kind: sobol, points: 4}
replicates: 2
compare_with: {parent.channels: off}
outcomes: [western_alignment_at_end]
seed: 7
"""
SMALL = "extends: georgia_2014\ntitle: Small\nquarters: 8\npublic: {residents: 60}\n"


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "study.yaml").write_text(STUDY)
    (tmp_path / "small.yaml").write_text(SMALL)
    return tmp_path


def test_a_dry_run_says_what_would_be_done_and_does_nothing(command, desk):
    output = command("batch", "study.yaml", "--dry-run", cwd=desk).stdout
    for words in (
        "What do the policies do?",
        "2  values of patron.policy",
        "4  points of a Sobol sequence in parent.grievance, parent.accommodation",
        "2  arms (base, parent.channels=off)",
        "2  replicates",
        "32  runs",
        "8 streams of random numbers, each used by 4 runs",
        "parent.grievance: 0 to 2, sampled",
        "time        about",
        "disk        about",
    ):
        assert words in output, output
    assert sorted(path.name for path in desk.iterdir()) == ["small.yaml", "study.yaml"]
    shown = json.loads(command("batch", "study.yaml", "--dry-run", "--json", "--task-size", "3", cwd=desk).stdout)
    assert shown["plan"]["runs"] == 32
    assert shown["estimate"]["tasks"] == 4 * 3
    assert shown["estimate"]["seconds"] > 0


def test_a_batch_ends_with_a_summary_and_is_not_done_twice(command, desk):
    done = command("batch", "study.yaml", "--workers", "2", cwd=desk)
    for words in (
        "What do the policies do?",
        "32 runs with 8 streams of random numbers",
        "clustered by draw",
        "Tbilisi: western alignment",
        "swallow",
        "minus parent.channels=off",
    ):
        assert words in done.stdout, done.stdout
    assert "32  runs" in done.stderr
    results = open_results(desk / "results" / "study")
    assert results.manifest["status"] == "complete"
    assert len(results.runs) == 32
    again = command("batch", "study.yaml", cwd=desk)
    assert "already holds these runs" in again.stderr
    assert again.stdout == done.stdout
    extended = json.loads(command("batch", "study.yaml", "--replicates", "3", "--json", "--quiet", cwd=desk).stdout)
    assert (extended["runs"], extended["failed"], extended["streams"]) == (48, 0, 12)
    (effect,) = [each for each in extended["effects"] if each["value"] == "swallow"]
    assert effect["interval"][0] < effect["estimate"] < effect["interval"][1]
    assert effect["versus"]["parent.channels=off"]["pairs"] == 12


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["integration_dilema"], "did you mean 'integration_dilemma'?"),
        (["gone.yaml"], "there is no file gone.yaml"),
        (["study.yaml", "--points", "0"], "--points"),
        (["study.yaml", "--set", "patron.nonsense=1"], "patron.nonsense"),
        (["study.yaml", "--set", "design.kind=grid"], "takes no 'points'"),
        (["study.yaml", "--set", "parent.grievance"], "expected key=value"),
        (["study.yaml", "--points", "700000", "--set", "replicates=100"], "280,000,000 runs"),
    ],
)
def test_what_a_user_can_get_wrong_is_exit_code_2_and_writes_nothing(desk, monkeypatch, capsys, words, message):
    monkeypatch.chdir(desk)
    assert run_command(program, ["batch", *words]) == 2
    out, err = capsys.readouterr()
    assert message in err
    assert out == ""
    assert not (desk / "results").exists()


def test_a_folder_of_another_study_is_refused(desk, monkeypatch, capsys):
    monkeypatch.chdir(desk)
    into = ["--out", "results/study", "--quiet"]
    assert run_command(program, ["batch", "study.yaml", "--json", *into]) == 0
    assert run_command(program, ["batch", "study.yaml", "--set", "seed=8", *into]) == 2
    assert "holds another study (its seed is 7)" in capsys.readouterr().err


def test_points_and_policies_grow_in_one_folder(desk, monkeypatch, capsys):
    monkeypatch.chdir(desk)
    for more, runs in [
        ([], 32),
        (["--points", "8"], 64),
        (["--set", "levers.patron.policy=[swallow, status_quo, salami]"], 80),
        (["--replicates", "1"], 80),
    ]:
        assert run_command(program, ["batch", "study.yaml", "--quiet", "--json", *more]) == 0
        assert json.loads(capsys.readouterr().out)["runs"] == runs
    assert open_results(desk / "results" / "study").manifest["status"] == "complete"


def test_a_failed_run_is_exit_code_1(desk, command):
    (desk / "sitecustomize.py").write_text(
        "import sys\n"
        "class Breaking:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'frozen_conflict_sim.experiment.execute.simulate':\n"
        "            sys.meta_path.remove(self)\n"
        "            from frozen_conflict_sim.model.simulation import Simulation as Model\n"
        "            step = Model.step\n"
        "            def breaking(model):\n"
        "                if model.world.turn == 3 and (1 << 24) in model.world.streams.stream_numbers:\n"
        "                    raise ZeroDivisionError('made to fail')\n"
        "                return step(model)\n"
        "            Model.step, Model.compiled_from = breaking, float('inf')\n"
        "sys.meta_path.insert(0, Breaking())\n"
    )
    done = command("batch", "study.yaml", "--workers", "1", cwd=desk, code=1, PYTHONPATH=str(desk))
    assert "4 of 32 runs failed" in done.stderr
    assert "ZeroDivisionError: made to fail" in done.stderr
    assert "Tbilisi: western alignment" in done.stdout


def test_ctrl_c_keeps_what_was_finished_and_the_same_command_goes_on(desk, command):
    words = ["batch", "study.yaml", "--replicates", "400", "--workers", "2", "--quiet"]
    process = subprocess.Popen(
        [sys.executable, "-m", "frozen_conflict_sim", *words], cwd=desk, stderr=subprocess.PIPE, text=True
    )
    manifest = desk / "results" / "study" / "manifest.json"
    end = time.monotonic() + 120
    while not [*manifest.parent.glob("parts/0*.json")]:
        assert time.monotonic() < end
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, output = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "the same command continues from there" in output
    stopped = open_results(manifest.parent)
    assert stopped.manifest["status"] == "interrupted"
    assert 0 < len(stopped.runs) < 6400
    command(*words, cwd=desk)
    done = open_results(manifest.parent)
    assert done.manifest["counts"] == {"planned": 6400, "finished": 6400, "failed": 0}
    assert done.runs["run"].is_unique
