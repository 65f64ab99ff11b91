"""Whatever happens while a study is stored: what was finished is kept, the rest is run again, nothing is lost or mixed up."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from frozen_conflict_sim import open_results
from frozen_conflict_sim.ensemble import ensemble_of
from frozen_conflict_sim.experiment import provenance
from frozen_conflict_sim.experiment.errors import CorruptPart, FolderTaken, NotResults
from frozen_conflict_sim.experiment.execute import runner
from frozen_conflict_sim.experiment.perform import perform_into
from frozen_conflict_sim.experiment.store import files
from frozen_conflict_sim.experiment.store.dictionary import dictionary
from frozen_conflict_sim.experiment.store.manifest import KEYS
from frozen_conflict_sim.experiment.store.records import sealed, unsealed
from frozen_conflict_sim.experiment.store.verify import verify
from frozen_conflict_sim.experiment.study.study import Study

RUNS, SIZE = 12, 4
SRC, ROOT = Path(provenance.__file__).parents[1], Path(__file__).parents[3]


@pytest.fixture(scope="module")
def played(small):
    """Plays tasks of the small study, each really only once."""
    real = runner.simulate

    @cache
    def of(first, last):
        return real(small, 5, Study(ensemble_of(small, 100, 5)).task(0, np.arange(first, last + 1)).rows)

    return lambda scenario, seed, rows, keep: of(int(rows.run[0]), int(rows.run[-1]))


@pytest.fixture
def study(small, played, monkeypatch):
    """A small study of three tasks."""
    monkeypatch.setattr(runner, "simulate", played)
    return Study(ensemble_of(small, RUNS, 5))


@pytest.fixture
def undisturbed(study, tmp_path):
    perform_into(tmp_path / "undisturbed", study, task_size=SIZE)
    return contents(tmp_path / "undisturbed")


def contents(folder):
    """Every file of a folder; of the manifest what does not depend on the time of day."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(found.pop("manifest.json"))
    found["parts/manifest.json"] = b""
    return found, {key: value for key, value in manifest.items() if key not in ("started", "ended", "blake2b")}


def test_a_folder_holds_what_the_contract_names(undisturbed):
    named, manifest = undisturbed
    assert {name.split("/")[0] for name in named} == {"runs", "trajectories", "parts", "experiment.yaml", "dictionary.csv"}
    assert len(named) == 3 * RUNS // SIZE + 3
    assert manifest["status"] == "complete"
    assert {*manifest, "started", "ended"} == {*KEYS}
    assert {*manifest["files"]} == {"experiment.yaml", "dictionary.csv"}


def test_every_write_may_fail_and_the_finished_folder_is_the_same(study, small, tmp_path, monkeypatch):
    few = Study(ensemble_of(small, 2 * SIZE, 5))
    perform_into(tmp_path / "undisturbed", few, task_size=SIZE)
    undisturbed = contents(tmp_path / "undisturbed")
    replace, failing = os.replace, 0
    while True:
        folder, left = tmp_path / f"failing-{failing}", iter([True] * failing)

        def replace_until(source, target, left=left):
            if not next(left, False):
                raise OSError(errno.ENOSPC, "No space left on device", str(target))
            replace(source, target)

        monkeypatch.setattr(files.os, "replace", replace_until)
        try:
            perform_into(folder, few, task_size=SIZE)
            break
        except OSError:
            assert not [path for path in folder.rglob(".*") if path.is_file()]
        monkeypatch.setattr(files.os, "replace", replace)
        perform_into(folder, few, task_size=SIZE)
        assert contents(folder) == undisturbed
        failing += 1
    assert failing > 10


def test_an_interruption_keeps_what_was_finished(study, tmp_path, undisturbed):
    def interrupt(done, seen=[]):  # noqa: B006
        seen.append(done)
        if sum(seen) == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        perform_into(tmp_path / "stopped", study, task_size=SIZE, progress=interrupt)
    stopped = open_results(tmp_path / "stopped")
    assert stopped.manifest["status"] == "interrupted"
    assert list(stopped.runs["run"]) == list(range(8))
    assert perform_into(tmp_path / "stopped", study, task_size=SIZE).played == 4
    assert contents(tmp_path / "stopped") == undisturbed


def test_a_complete_study_is_not_run_again(study, tmp_path):
    assert perform_into(tmp_path / "there", study, task_size=SIZE).played == RUNS
    before = contents(tmp_path / "there")
    assert perform_into(tmp_path / "there", study, task_size=SIZE).played == 0
    assert contents(tmp_path / "there") == before


def test_a_study_may_grow(study, small, tmp_path, undisturbed):
    assert perform_into(tmp_path / "sizes", Study(ensemble_of(small, 8, 5)), task_size=SIZE).played == 8
    assert perform_into(tmp_path / "sizes", study, task_size=SIZE).played == 4
    assert contents(tmp_path / "sizes") == undisturbed
    assert perform_into(tmp_path / "sizes", Study(ensemble_of(small, 4, 5)), task_size=SIZE).played == 0
    assert contents(tmp_path / "sizes") == undisturbed


def test_a_damaged_part_is_run_again_and_strays_are_swept(study, tmp_path, undisturbed):
    folder = tmp_path / "damaged"
    perform_into(folder, study, task_size=SIZE)
    part = folder / "trajectories" / "00000004-00000007.parquet"
    part.write_bytes(part.read_bytes()[:-100])
    (folder / "runs" / "00000000-00000063.parquet").write_bytes(b"not listed")
    assert perform_into(folder, study, task_size=SIZE).played == SIZE
    assert contents(folder) == undisturbed


def test_another_study_is_refused(study, small, tmp_path):
    perform_into(tmp_path / "taken", study, task_size=SIZE)
    before = contents(tmp_path / "taken")
    for other, message in [
        (Study(ensemble_of(small, RUNS, 6)), "its seed is 5"),
        (Study(ensemble_of(small.with_values({"patron.incentives.prestige": 0.1}), RUNS, 5)), "other values"),
        (Study(ensemble_of(small.with_values({"title": "Another"}), RUNS, 5)), "Georgia"),
    ]:
        with pytest.raises(FolderTaken, match=message):
            perform_into(tmp_path / "taken", other, task_size=SIZE)
    assert contents(tmp_path / "taken") == before


def test_another_model_is_another_study(study, small, tmp_path, monkeypatch):
    perform_into(tmp_path / "taken", study, task_size=SIZE)
    before = contents(tmp_path / "taken")
    now = {**provenance.sources(), "politics/mechanisms/office/street.py": "0"}
    monkeypatch.setattr(provenance, "fingerprint", lambda: "changed")
    monkeypatch.setattr(provenance, "sources", lambda: now)
    with pytest.raises(
        FolderTaken, match=r"another version of the model \(politics/mechanisms/office/street.py changed since\)"
    ):
        perform_into(tmp_path / "taken", study, task_size=SIZE)
    assert contents(tmp_path / "taken") == before


@pytest.mark.parametrize(
    ("name", "decides"),
    [
        ("politics/mechanisms/office/street.py", True),
        ("engine/random_streams.py", True),
        ("experiment/study/resolved_factors.py", True),
        ("experiment/execute/simulate.py", True),
        ("experiment/designs/sampled.py", True),
        ("plots/drawing/style.py", False),
        ("experiment/store/folder.py", False),
        ("cli/commands/batch.py", False),
    ],
)
def test_the_fingerprint_covers_what_decides_a_run_and_nothing_else(name, decides):
    assert (SRC / name).is_file()
    assert (name in provenance.sources()) == decides


def test_other_peoples_files_are_left_alone(study, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("dear")
    for place in ("letters", "letters/mine.txt"):
        with pytest.raises(FolderTaken, match="choose another folder with --out"):
            perform_into(tmp_path / place, study, task_size=SIZE)
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["mine.txt"]


def test_two_do_not_write_at_once(study, tmp_path):
    def second(done):
        with pytest.raises(FolderTaken, match="another process"):
            perform_into(tmp_path / "shared", study, task_size=SIZE)

    assert perform_into(tmp_path / "shared", study, task_size=SIZE, progress=second).played == RUNS


@pytest.mark.parametrize("name", ["dictionary.csv", "experiment.yaml"])
@pytest.mark.parametrize("share", [0.0, 0.5, None], ids=["emptied", "torn", "lost"])
def test_what_explains_the_results_is_written_again(study, tmp_path, undisturbed, name, share):
    perform_into(tmp_path / "spoilt", study, task_size=SIZE)
    path = tmp_path / "spoilt" / name
    whole = path.read_bytes()
    path.unlink()
    if share is not None:
        path.write_bytes(whole[: int(share * len(whole))])
    opened = open_results(path.parent)
    assert opened.experiment.to_yaml() == study.experiment.to_yaml()
    assert {**opened.columns, **opened.variables} == {column.name: column for column in dictionary(study)}
    assert opened.notes == (f"{path} is damaged or missing: its copy in parts/manifest.json is used instead",)
    assert perform_into(tmp_path / "spoilt", study, task_size=SIZE).played == 0
    assert contents(tmp_path / "spoilt") == undisturbed


def test_a_folder_from_the_future_does_no_harm(study, tmp_path, undisturbed):
    perform_into(tmp_path / "set-back", Study(ensemble_of(study.scenario, SIZE, 5)), task_size=SIZE)
    manifest = tmp_path / "set-back" / "manifest.json"
    later = {"started": "2999-01-01T00:00:00+00:00", "ended": "2999-01-01T00:00:00+00:00"}
    manifest.write_bytes(sealed(unsealed(manifest.read_bytes()) | later))
    for path in (tmp_path / "set-back").rglob("*"):
        os.utime(path, (3e10, 3e10))
    assert perform_into(tmp_path / "set-back", study, task_size=SIZE).played == RUNS - SIZE
    assert contents(tmp_path / "set-back") == undisturbed


def test_a_batch_that_is_killed_again_and_again_ends_as_if_nobody_had_disturbed_it():
    done = subprocess.run(
        [sys.executable, "-m", "soak", "killed", "--quick"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 kills" in done.stdout


@pytest.fixture
def folder(study, tmp_path):
    perform_into(tmp_path / "made", study, task_size=SIZE)
    return tmp_path / "made"


def told(folder):
    """All that a reader of the folder is told, or the error."""
    try:
        opened = open_results(folder)
        return opened.experiment.to_yaml(), opened.columns, opened.variables, opened.runs.to_csv(), opened.manifest["seed"]
    except (CorruptPart, NotResults) as error:
        return str(error)


@pytest.mark.parametrize("name", ["manifest.json", "parts/manifest.json", "experiment.yaml", "dictionary.csv"])
def test_a_flipped_bit_is_never_read_as_if_nothing_were_wrong(folder, study, name, undisturbed):
    right, data, random = told(folder), (folder / name).read_bytes(), np.random.default_rng(4)
    for at, bit in zip(random.integers(len(data), size=25), random.integers(8, size=25)):
        spoilt = bytearray(data)
        spoilt[at] ^= 1 << bit
        (folder / name).write_bytes(spoilt)
        assert told(folder) == right  # mended from the records
        assert [problem for problem in verify(folder).problems if name in problem]
    assert perform_into(folder, study, task_size=SIZE).played == 0
    assert contents(folder) == undisturbed
    assert verify(folder).problems == []


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "null", '{"format": 5}', "[" * 5000, '"\\ud800"'])
@pytest.mark.parametrize("name", ["manifest.json", "parts/00000000-00000003.json"])
def test_malformed_json_is_a_sentence_or_mended(folder, name, text):
    right = told(folder)
    (folder / name).write_text(text, "utf-8")
    assert told(folder) == right if name == "manifest.json" else "parts/00000000-00000003.json" in told(folder)
    (folder / "parts" / "manifest.json").write_text(text, "utf-8")
    assert isinstance(told(folder), str)


def test_a_part_of_another_study_is_refused_and_its_runs_are_played_again(
    folder, small, tmp_path, study, undisturbed, monkeypatch
):
    monkeypatch.undo()
    perform_into(tmp_path / "other", Study(ensemble_of(small, RUNS, 6)), task_size=SIZE)
    for path in (tmp_path / "other").glob("*/00000004-*"):
        shutil.copy(path, folder / path.relative_to(tmp_path / "other"))
    assert "parts/00000004-00000007.json is damaged or belongs to another study" in told(folder)
    assert "parts/00000004-00000007.json belongs to a part of another study" in verify(folder).problems
    done = perform_into(folder, study, task_size=SIZE)
    assert done.played == SIZE
    assert "parts/00000004-00000007.json" in done.notes[0]
    assert contents(folder) == undisturbed


def test_stray_and_conflicted_copies_of_records_do_no_harm(folder, study, undisturbed):
    right, record = told(folder), folder / "parts" / "00000004-00000007.json"
    for name in ("00000004-00000007 (conflicted copy).json", "00000014-00000017.json", "00000004-00000007.json~"):
        shutil.copy(record, record.with_name(name))
    assert told(folder) == right
    assert perform_into(folder, study, task_size=SIZE).played == 0
    assert contents(folder) == undisturbed


def test_a_deleted_record_is_noticed(folder, study, undisturbed):
    (folder / "parts" / "00000004-00000007.json").unlink()
    assert open_results(folder).notes == (f"4 of 12 runs of {folder} are missing: repeat the command that made it",)
    assert perform_into(folder, study, task_size=SIZE).played == SIZE
    assert contents(folder) == undisturbed


def test_what_cannot_be_read_is_named_and_played_again(folder, study, undisturbed):
    path = folder / "runs" / "00000004-00000007.parquet"
    path.unlink()
    path.mkdir()
    done = perform_into(folder, study, task_size=SIZE)
    assert done.played == SIZE
    assert str(path) in done.notes[0]
    assert contents(folder) == undisturbed


def test_temporary_files_are_removed_and_a_link_is_not_followed(folder, study, tmp_path, undisturbed):
    for place in ("", "runs/", "parts/"):
        (folder / f"{place}.manifest.json.0123456789abcdef").write_text("torn")
    (tmp_path / "mine").write_text("mine")
    (folder / "experiment.yaml").unlink()
    (folder / "experiment.yaml").symlink_to(tmp_path / "mine")
    assert perform_into(folder, study, task_size=SIZE).played == 0
    assert (tmp_path / "mine").read_text() == "mine"
    assert contents(folder) == undisturbed


def test_runs_that_are_lost_with_their_process_are_missing_and_played_by_the_next_command(study, tmp_path, undisturbed):
    done = perform_into(tmp_path / "killed", study, task_size=SIZE, workers=2, play=Killed())
    assert (done.played, done.missing, done.lost) == (0, RUNS, RUNS)
    assert open_results(tmp_path / "killed").manifest["status"] == "interrupted"
    assert perform_into(tmp_path / "killed", study, task_size=SIZE).played == RUNS
    assert contents(tmp_path / "killed") == undisturbed


class Killed:
    """A process that is killed, whatever it plays."""

    def __call__(self, *task):
        os.kill(os.getpid(), signal.SIGKILL)
