"""Running a study from the command line: interruption, damage, full disks, failing runs."""

import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from frozen_conflict_sim.cli.run_study import worker_count
from frozen_conflict_sim.ensemble import ensemble_of
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.results import open_results

PROGRAM = [sys.executable, "-m", "frozen_conflict_sim"]

MANY = 12_800


def listed(folder):
    """The records of the parts of a folder, with their checksums."""
    return [path.read_bytes() for path in sorted((folder / "parts").glob("[0-9]*.json"))]


@pytest.fixture(scope="module")
def undisturbed(command, place):
    """The records of many runs that nobody disturbed."""
    command("run", "small.yaml", "--runs", MANY, "--no-plots", "--out", "undisturbed", cwd=place)
    return listed(place / "undisturbed")


def living(group):
    """The processes of a group that still run; a zombie does not."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize(("how", "code", "status"), [("SIGINT", 130, "interrupted"), ("SIGKILL", -9, "running")])
def test_a_stopped_run_leaves_no_workers_keeps_finished_runs_and_continues(command, place, undisturbed, how, code, status):
    folder = place / how
    words = ("run", "small.yaml", "--runs", str(MANY), "--no-plots", "--out", how, "--workers", "2")
    stopped = subprocess.Popen([*PROGRAM, *words], cwd=place, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not listed(folder):
        assert stopped.poll() is None, stopped.stderr.read()
        time.sleep(0.005)
    assert len(living(stopped.pid)) > 2
    if how == "SIGINT":  # as a terminal sends it: to all of them
        os.killpg(stopped.pid, signal.SIGINT)
    else:
        stopped.kill()
    _, said = stopped.communicate(timeout=60)
    assert stopped.returncode == code
    assert "Traceback" not in said
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["status"] == status
    kept = listed(folder)
    assert all(part in undisturbed for part in kept)
    assert 0 < len(kept) < len(undisturbed)
    assert how == "SIGKILL" or f"{manifest['counts']['finished']:,} of {MANY:,} runs are kept in {how}" in said
    end = time.monotonic() + 60
    while living(stopped.pid):
        assert time.monotonic() < end, "workers outlive their parent"
        time.sleep(0.02)
    command(*words, cwd=place)
    assert listed(folder) == undisturbed
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["status"] == "complete"


@pytest.mark.parametrize(("more", "asked", "workers"), [({}, None, 1), ({"public.residents": 100_000}, None, 2), ({}, 2, 2)])
def test_processes_are_started_if_the_work_outweighs_their_start(small, monkeypatch, more, asked, workers):
    monkeypatch.setattr("frozen_conflict_sim.experiment.execute.workers.processors", lambda: 2)
    assert worker_count(Study(ensemble_of(small.with_values(more), 600, 1)), asked) == workers


def test_a_damaged_part_stops_plot_and_is_repaired_by_run(command, place, ran, tmp_path):
    shutil.copytree(place / "results" / "small", tmp_path / "damaged")
    (part,) = (tmp_path / "damaged" / "runs").iterdir()
    whole = part.read_bytes()
    part.write_bytes(whole[:-50])
    said = command("plot", "damaged", cwd=tmp_path, code=1).stderr
    assert f"{part.relative_to(tmp_path)} is damaged" in said
    again = command("run", place / "small.yaml", "--runs", 12, "--no-plots", "--out", "damaged", cwd=tmp_path)
    assert again.stdout == ran.stdout
    assert part.read_bytes() == whole


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        ("{", "manifest.json cannot be read"),
        ("[1]", "manifest.json cannot be read"),
        ('{"format": 2}', "was written in format 2, and this version reads only format 5"),
        ('{"format": 5}', "its manifest.json lacks title, question"),
    ],
)
def test_a_folder_with_a_damaged_manifest_is_not_changed(command, place, ran, tmp_path, spoilt, says, contents):
    shutil.copytree(place / "results" / "small", tmp_path / "spoilt")
    for name in ("manifest.json", "parts/manifest.json"):
        (tmp_path / "spoilt" / name).write_text(spoilt)
    before = contents(tmp_path)
    for words in [("plot", "spoilt"), ("run", place / "small.yaml", "--out", "spoilt", "--runs", 12)]:
        assert says in command(*words, cwd=tmp_path, code=2).stderr
    assert contents(tmp_path) == before


def test_a_damaged_manifest_is_restored_from_its_copy(command, place, ran, tmp_path):
    shutil.copytree(place / "results" / "small", tmp_path / "spoilt")
    manifest = tmp_path / "spoilt" / "manifest.json"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[: len(whole) // 2])
    again = command("run", place / "small.yaml", "--out", "spoilt", "--runs", 12, "--no-plots", cwd=tmp_path)
    assert again.stdout == ran.stdout
    assert "its copy in parts/manifest.json is used instead" in again.stderr
    told, before = (json.loads(text) | {"ended": "", "blake2b": ""} for text in (manifest.read_bytes(), whole))
    assert told == before


def test_two_processes_do_not_write_into_one_folder(command, place, tmp_path, contents):
    (tmp_path / "held").mkdir()
    held = os.open(tmp_path / "held", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        said = command("run", place / "small.yaml", "--runs", 2, "--out", "held", cwd=tmp_path, code=2).stderr
    finally:
        os.close(held)
    assert "another process is writing into held" in said
    assert contents(tmp_path) == {}


def test_an_unwritable_folder_is_one_sentence(command, place):
    said = command("run", "small.yaml", "--runs", 2, "--out", "/proc/results", "--quiet", cwd=place, code=1).stderr
    assert said == "/proc/results: no folder can be made there (no such file or directory); choose another with --out\n"


@pytest.mark.parametrize("line", ["plot classes", "export", "report", "replay 1"], ids=lambda line: line.split()[0])
def test_whatever_is_written_elsewhere_says_where_no_folder_can_be_made(command, place, ran, line):
    name, *more = line.split()
    out = "/proc/results/x.html" if name == "report" else "/proc/results"
    said = command(name, "results/small", *more, "--out", out, "--quiet", cwd=place, code=1).stderr
    assert said == "/proc/results: no folder can be made there (no such file or directory); choose another with --out\n"


def test_a_full_disk_is_one_sentence_and_the_next_attempt_continues(command, place, ran, tmp_path):
    def fill_the_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    words = ["run", place / "small.yaml", "--runs", "12", "--no-plots", "--out", "full", "--quiet"]
    done = subprocess.run(
        [*PROGRAM, *words], cwd=tmp_path, preexec_fn=fill_the_disk, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    told = "not finished: 0 of 12 runs are kept in full; the same command continues from there\n"
    assert done.stderr == f"full/runs/00000000-00000011.parquet: File too large\n{told}"
    assert json.loads((tmp_path / "full" / "manifest.json").read_text("utf-8"))["status"] == "interrupted"
    assert command(*words, cwd=tmp_path).stdout == ran.stdout


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("new mine", "mine.yaml"),
        ("schema --write", "scenario.schema.json"),
        ("explore small.yaml --export live.html --quiet", "live.html"),
    ],
)
def test_a_file_for_which_the_disk_has_no_room_is_not_half_written(place, tmp_path, line, file, contents):
    (tmp_path / "small.yaml").write_bytes((place / "small.yaml").read_bytes())
    before = contents(tmp_path)

    def fill_the_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    done = subprocess.run(
        [*PROGRAM, *line.split()], cwd=tmp_path, preexec_fn=fill_the_disk, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{file}: File too large\n")
    assert contents(tmp_path) == before


WITH_AN_OUTCOME_THAT_CAN_FAIL = """
import numpy
from frozen_conflict_sim.cli import main
from frozen_conflict_sim.politics.outcomes.declare import count, outcome
from frozen_conflict_sim.politics.roles import patron

@outcome(patron, "ratio")
def turns_per_treaty(treaties_signed):
    '''How many turns it took for each treaty.'''
    with numpy.errstate(divide="ignore"):
        return len(treaties_signed) / count(treaties_signed)

main()
"""


def test_failed_runs_are_reported_and_the_others_kept(place, ran):
    words = ["run", "small.yaml", "--runs", "12", "--no-plots", "--out", "failing", "--workers", "1"]
    treaties = open_results(place / "results" / "small").runs["moscow.treaties"]
    failed = treaties.index[treaties == 0].tolist()
    assert 0 < len(failed) < 12
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", WITH_AN_OUTCOME_THAT_CAN_FAIL, *words],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        assert f"{len(failed)} of 12 runs failed; see failing/failures.jsonl" in done.stderr
        assert "moscow.turns_per_treaty is inf in the run of stream" in done.stderr
        assert f"{12 - len(failed)} runs, seed 1" in done.stdout
    failures = [json.loads(line) for line in (place / "failing" / "failures.jsonl").read_text("utf-8").splitlines()]
    assert [failure["run"] for failure in failures] == failed
    for failure in failures:
        assert failure.keys() >= {"run", "stream", "seed", "stage", "parameters", "traceback"}
        assert {"parent.grievance", "parents.georgia.grievance"} & failure["parameters"].keys()


def test_compiling_is_told_once_and_not_again(command, place, tmp_path):
    words = ("run", "small.yaml", "--runs", 4000, "--no-plots", "--overwrite", "--out", "compiled", "--workers", 1)
    told = [command(*words, cwd=place, XDG_CACHE_HOME=str(tmp_path)).stderr.count("compiling the rules") for _ in range(2)]
    assert told == [1, 0]
