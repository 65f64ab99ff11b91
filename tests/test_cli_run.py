"""``run`` and ``plot`` from end to end: what stands on which stream, what is written, with which exit code."""

import json
import os
import subprocess
import sys

import pytest

SMALL = ("--set", "public.residents=60", "--set", "turns=4")


@pytest.fixture(scope="module")
def place(tmp_path_factory, command):
    """A folder in which one small study has been run."""
    place = tmp_path_factory.mktemp("place")
    command("run", "georgia_2014", "--runs", 6, "--seed", 3, "--out", "results", "--no-plots", *SMALL, cwd=place)
    return place


def again(command, place, *words, **how):
    return command(
        "run", "georgia_2014", "--runs", 6, "--seed", 3, "--out", "results", "--no-plots", *SMALL, *words, cwd=place, **how
    )


def test_the_summary_is_the_output_and_all_else_is_said_on_the_side(command, place):
    done = again(command, place)
    assert "western alignment" in done.stdout
    assert "A laboratory, not a forecast" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr.splitlines()[-2:] == [
        "results already holds these runs (6 of them): nothing was run",
        "results:  results",
    ]


def test_quiet_says_nothing_but_the_result(command, place):
    assert again(command, place, "--quiet").stderr == ""


def test_json_is_for_machines(command, place):
    told = json.loads(again(command, place, "--json").stdout)
    assert told["runs"] == 6
    assert told["seed"] == 3
    assert told["failed"] == 0
    assert sum(line["runs"] for line in told["classes"]) == 6
    (alienation,) = [line for line in told["outcomes"] if line["outcome"] == "georgia.alienation"]
    low, high = alienation["interval"]
    assert low < alienation["estimate"] < high
    assert "not a forecast" in told["caveat"]


def test_another_study_is_refused_and_nothing_touched(command, place):
    before = (place / "results" / "manifest.json").read_bytes()
    said = again(command, place, "--set", "patron.incentives.prestige=0.1", code=2).stderr
    assert "holds another study" in said
    assert "--out" in said
    assert (place / "results" / "manifest.json").read_bytes() == before


@pytest.mark.parametrize(
    "words", [("--runs", "0"), ("--runs", "-5"), ("--runs", "abc"), ("--workers", "0"), ("--seed", "x"), ("--format", "gif")]
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(command, tmp_path, words):
    assert words[0] in command("run", "georgia_2014", *words, cwd=tmp_path, code=2).stderr
    assert list(tmp_path.iterdir()) == []


def test_pictures_are_the_same_bytes_in_another_process(command, place):
    for out in ("one", "two"):
        command("plot", "results", "fan", "classes", "ecdf", "decisions", "--out", out, cwd=place, PYTHONHASHSEED=str(len(out)))
    drawn = sorted(path.name for path in (place / "one").iterdir())
    assert drawn == sorted(path.name for path in (place / "two").iterdir())
    assert "fan-georgia.alienation.svg" in drawn
    for name in drawn:
        text = (place / "one" / name).read_text("utf-8")
        assert text == (place / "two" / name).read_text("utf-8")
        assert "seed 3" in text


def test_a_misspelt_picture_or_column_is_answered_with_the_nearest(command, place):
    assert "did you mean 'fan'" in command("plot", "results", "fam", cwd=place, code=2).stderr
    said = command("plot", "results", "--outcome", "georgia.alienation", "--outcome", "alienatoin", cwd=place, code=2).stderr
    assert "did you mean 'georgia.alienation'" in said


def test_a_damaged_part_ends_with_a_sentence(command, tmp_path):
    command("run", "georgia_2014", "--runs", 2, "--out", "torn", "--no-plots", *SMALL, cwd=tmp_path)
    (part,) = (tmp_path / "torn" / "runs").iterdir()
    part.write_bytes(part.read_bytes()[:-50])
    assert part.name in command("plot", "torn", "classes", cwd=tmp_path, code=1).stderr


FAILING = """
from frozen_conflict_sim.cli import main
from frozen_conflict_sim.politics.model import FrozenConflictModel as Model
step = Model.step
def failing(model):
    if 1 in model.world.luck.indices:
        raise ZeroDivisionError("made to fail")
    return step(model)
Model.step = failing
SMALL = ["--set", "public.residents=60", "--set", "turns=2"]
main(["run", "georgia_2014", "--runs", "3", "--out", "broken", "--no-plots", *SMALL])
"""


def test_failed_runs_are_told_with_exit_code_1(tmp_path):
    done = subprocess.run([sys.executable, "-c", FAILING], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "1 of 3 runs failed; see broken/failures.jsonl" in done.stderr
    assert "run 1, failed at turn 0: ZeroDivisionError: made to fail" in done.stderr
    assert "2 runs" in done.stdout


def test_a_reader_who_has_had_enough_is_no_error(place):
    command = [sys.executable, "-m", "frozen_conflict_sim", "parameters", "--format", "csv"]
    with subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
