"""``verify`` names what is wrong with a results folder; the runs that it says would be played again are those played."""

import json
import shutil
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pyarrow.compute as pc
import pytest

from frozen_conflict_sim import load_scenario, open_results
from frozen_conflict_sim.ensemble import ensemble_of
from frozen_conflict_sim.experiment.execute.simulate import TaskResult
from frozen_conflict_sim.experiment.perform import perform_into
from frozen_conflict_sim.experiment.store.manifest import FORMAT, name_of
from frozen_conflict_sim.experiment.store.parts import packed, read_part
from frozen_conflict_sim.experiment.store.records import sealed, unsealed
from frozen_conflict_sim.experiment.store.verify import verify
from frozen_conflict_sim.experiment.study.study import Study

SCENARIO = "extends: georgia_2014\ntitle: Small\nquarters: 4\npublic: {residents: 60}\n"
AGAIN = "run", "small.yaml", "--runs", 1030, "--out", "out", "--no-plots", "-q"


@pytest.fixture(scope="module")
def made(tmp_path_factory, command):
    """An intact folder of 1030 runs in several parts, beside the scenario that made it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "small.yaml").write_text(SCENARIO, "utf-8")
    command("run", "small.yaml", "--runs", 1030, "--out", "out", "--no-plots", cwd=folder)
    return folder


@pytest.fixture
def folder(made, tmp_path):
    """A copy that a test may damage."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def part(folder, kind, place=0):
    """A file of the results."""
    return sorted((folder / "out" / kind).iterdir())[place]


def in_first_part(folder):
    """The numbers of the runs in the first part, as a sentence and how many."""
    first, last = map(int, part(folder, "runs").stem.split("-"))
    return f"{first} to {last}", last + 1 - first


def flip(path):
    """Change one bit."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def manifest(folder, change):
    """Change the manifest."""
    path = folder / "out" / "manifest.json"
    data = unsealed(path.read_bytes())
    change(data)
    path.write_bytes(sealed(data))


def contents(folder):
    """Every table and description in the results."""
    out = folder / "out"
    paths = [out / "experiment.yaml", out / "dictionary.csv", *out.glob("*/*.parquet")]
    return {path.relative_to(out): path.read_bytes() for path in paths}


def test_an_intact_folder(command, made):
    done = command("verify", "out", cwd=made)
    assert (done.stdout, done.stderr) == ("out is intact: 1,030 runs\n", "")
    found = json.loads(command("verify", "out", "--json", cwd=made).stdout)
    assert found == {"intact": True, "problems": [], "notes": [], "remedy": "", "again": []}


def test_libraries_of_a_resumed_half_are_recorded(command, made, folder):
    def with_an_older_numpy(data):
        data["code"]["libraries"]["numpy"] = "2.1.0"

    manifest(folder, with_an_older_numpy)
    part(folder, "parts").unlink()
    command(*AGAIN, cwd=folder)
    (resumed,) = json.loads((folder / "out" / "manifest.json").read_text())["resumed"]
    assert resumed["numpy"] == version("numpy")
    (note,) = json.loads(command("verify", "out", "--json", cwd=folder).stdout)["notes"]
    said = f"since {resumed['since']} runs were added with other libraries: numpy {version('numpy')} (before: 2.1.0)"
    assert note == said
    part(folder, "parts").unlink()
    command(*AGAIN, cwd=folder)
    assert json.loads((folder / "out" / "manifest.json").read_text())["resumed"] == [resumed]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: part(folder, "runs").unlink(), "runs/{}.parquet is missing"),
        (lambda folder: flip(part(folder, "runs")), "runs/{}.parquet is not what was written"),
        (lambda folder: flip(part(folder, "trajectories")), "trajectories/{}.parquet is not what was written"),
        (lambda folder: part(folder, "trajectories").write_bytes(b""), "trajectories/{}.parquet is not what was written"),
        (lambda folder: part(folder, "parts").unlink(), "manifest.json counts 1,030 finished"),
        (lambda folder: flip(part(folder, "parts")), "parts/{}.json is not what was written"),
        (lambda folder: part(folder, "parts").write_bytes(b"[]"), "parts/{}.json is not what was written"),
    ],
    ids=["missing", "bit flipped", "trajectories flipped", "torn", "no record", "record flipped", "another record"],
)
def test_what_it_says_is_played_again_is_played_and_mends_the_folder(command, made, folder, damage, message):
    (numbers, runs), name = in_first_part(folder), part(folder, "runs").stem
    damage(folder)
    found = command("verify", "out", cwd=folder, code=1).stdout
    assert message.format(name) in found
    assert f"{runs:,} of 1,030 planned runs are missing: {numbers}" in found
    assert f"plays {runs:,} runs again, and leaves all else as it is" in found
    untouched = part(folder, "runs", -1).stat().st_mtime_ns
    command("run", "small.yaml", "--runs", 1030, "--out", "out", "--no-plots", cwd=folder)
    assert command("verify", "out", cwd=folder).stdout == "out is intact: 1,030 runs\n"
    assert contents(folder) == contents(made)
    assert part(folder, "runs", -1).stat().st_mtime_ns == untouched


def twice(folder):
    """Record the first run of a part once more, in a part of its own."""
    first = open_results(folder / "out")._source.parts[0]
    runs, turns = (read_part(folder / "out" / path) for path in first.files)
    packed(TaskResult(runs.slice(first.first, 1), turns.filter(pc.equal(turns["run"], first.first))), first.study).write(
        folder / "out"
    )


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (twice, "1 run is stored more than once: 0"),
        (
            lambda folder: manifest(folder, lambda data: data["counts"].update(finished=1020, failed=10)),
            "manifest.json counts 1,020 finished and 10 failed runs, but 1,030 finished and 0 failed runs are there",
        ),
        (lambda folder: (folder / "out" / "manifest.json").write_text("{"), "manifest.json is damaged or missing: its copy"),
        (lambda folder: (folder / "out" / "failures.jsonl").write_text("{}\n"), "failures.jsonl cannot be read in line 1"),
        (lambda folder: (folder / "out" / "failures.jsonl").write_text('{"run'), "failures.jsonl cannot be read in line 1"),
        (lambda folder: (folder / "out" / "dictionary.csv").unlink(), "dictionary.csv is damaged or missing: its copy"),
        (lambda folder: flip(folder / "out" / "dictionary.csv"), "dictionary.csv is damaged or missing: its copy"),
        (lambda folder: (folder / "out" / "experiment.yaml").write_text("seed: [\n"), "experiment.yaml is damaged or"),
        (lambda folder: (folder / "out" / "experiment.yaml").unlink(), "experiment.yaml"),
        (lambda folder: flip(folder / "out" / "parts" / "manifest.json"), "parts/manifest.json is damaged or missing"),
    ],
    ids=[
        "twice", "counts", "manifest", "failures", "torn failures", "no dictionary", "dictionary", "torn experiment",
        "no experiment", "copy of the manifest",
    ],
)  # fmt: skip
def test_what_can_be_mended_without_playing_again(made, folder, damage, message):
    damage(folder)
    found = verify(folder / "out")
    assert any(message in problem for problem in found.problems), found.problems
    assert "rewrites what is wrong and plays nothing" in found.remedy
    study = Study(ensemble_of(load_scenario(folder / "small.yaml"), 1030, 1))
    assert perform_into(folder / "out", study).played == 0
    assert verify(folder / "out").problems == []
    assert contents(folder) == contents(made)


def test_a_manifest_of_another_study_is_not_believed(folder):
    manifest(folder, lambda data: data.update(family="0"))
    found = verify(folder / "out").problems
    assert f"parts/{part(folder, 'parts').name} belongs to a part of another study" in found
    assert "experiment.yaml is not the study that was run" in found


def test_another_version_of_the_model_cannot_go_on(folder):
    for copy in (folder / "out" / "manifest.json", folder / "out" / "parts" / "manifest.json"):
        data = unsealed(copy.read_bytes())
        data["code"].update(fingerprint="0", version="0.0.1", sources={})
        copy.write_bytes(sealed(data))
    for record in (folder / "out" / "parts").glob("0*.json"):
        record.write_bytes(
            sealed(unsealed(record.read_bytes()) | {"study": name_of(data["family"], data["code"], data["sizes"])})
        )
    assert verify(folder / "out").intact
    part(folder, "runs").unlink()
    found = verify(folder / "out")
    assert not found.intact
    assert found.remedy.startswith("the model has changed since (version 0.0.1 made it, this is ")
    assert found.remedy.endswith("so this folder cannot be completed: run the study into another one")
    (note,) = found.notes
    assert note.startswith("another version of the model made it (version 0.0.1 made it")


def test_what_is_not_listed_is_no_fault(folder):
    (folder / "out" / "runs" / ".00000000.parquet.77").write_bytes(b"torn")
    found = verify(folder / "out")
    assert found.intact
    assert found.notes == ["runs/.00000000.parquet.77: files of no part: not read, and removed when the study continues"]


def test_while_it_is_written_and_after_its_writer_was_killed(command, folder):
    out, words = folder / "growing", ["run", "small.yaml", "--runs", "6400", "--out", "growing", "--no-plots", "--workers", "1"]
    writer = subprocess.Popen([sys.executable, "-m", "frozen_conflict_sim", *words], cwd=folder, stderr=subprocess.DEVNULL)
    try:
        while not [*out.glob("parts/0*.json")]:
            assert writer.poll() is None
            time.sleep(0.05)
        writer.send_signal(signal.SIGSTOP)
        assert verify(out).notes == ["another process is writing into it: verify again when it has ended"]
    finally:
        writer.kill()
        writer.wait()
    killed = command("verify", "growing", cwd=folder, code=1)
    assert "of 6,400 planned runs are missing" in killed.stdout
    assert "the process that wrote it was killed: all recorded parts are complete nevertheless" in killed.stderr


@pytest.mark.parametrize(
    ("name", "message"), [("nowhere", "nowhere does not exist"), (".", ". is not a results folder: it has no manifest.json")]
)
def test_what_is_no_results_folder(command, name, message, tmp_path):
    assert message in command("verify", name, cwd=tmp_path, code=2).stderr


def test_a_folder_of_an_older_format_is_refused_with_one_sentence(command, folder):
    manifest(folder, lambda data: data.update(format=2))
    (folder / "out" / "parts" / "manifest.json").unlink()
    refused = f"out was written in format 2, and this version reads only format {FORMAT}: run the study again\n"
    assert command("verify", "out", cwd=folder, code=2).stderr == refused
    assert command("run", "small.yaml", "--out", "out", cwd=folder, code=2).stderr.endswith(refused)


def test_a_manifest_that_makes_no_sense(command, folder):
    manifest(folder, lambda data: data.update(sizes=[{"files": 3}]))
    assert "describes the folder in a way that cannot be read" in command("verify", "out", cwd=folder, code=1).stderr
    assert Path(folder / "out").exists()
