"""Ctrl-C and SIGTERM at the worst moments, once and again: one sentence, exit code 130, nothing half written."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from frozen_conflict_sim.experiment.store.files import is_temporary

# Sends real signals to its own process whenever Python is about to do a thing for which there is an audit event, but not in its
# cache, whose files are nobody's results.
SIGNALLED = """
import os, signal, sys
import frozen_conflict_sim.__main__ as command
how, events, skipped = getattr(signal, sys.argv.pop(1)), sys.argv.pop(1).split(","), int(sys.argv.pop(1))
def signalled(event, about):
    global skipped
    folder, _, name = str(about[0]).rpartition("/")
    if f"{event}.{name}".startswith(tuple(events)) and not folder.endswith("/kernels"):
        skipped -= 1
        if skipped < 0:
            os.kill(os.getpid(), how)
            os.kill(os.getpid(), how)
sys.addaudithook(signalled)
command.start()
"""
APPEARS = "os.rename,os.remove"  # a file takes its name; and a temporary file is removed again: the first is being dealt with


@pytest.fixture
def signalled(place):
    """Call a command that gets two signals at each of the ``events``, but for the first few."""

    def call(how, events, *words, skipped=0):
        done = subprocess.run(
            [sys.executable, "-c", SIGNALLED, how, events, str(skipped), *map(str, words)],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        assert done.returncode == 130, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr.strip()

    return call


def contents_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


LINES = {
    "csv": "export results/small --to csv --trajectories",
    "stata": "export results/small --to stata",
    "xlsx": "export results/small --to xlsx",
    "netcdf": "export results/small --to netcdf",
    "plot": "plot results/small classes",
    "report": "report results/small",
}


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("name", LINES)
def test_what_is_being_written_appears_whole_or_not_at_all(place, ran, tmp_path, signalled, how, name):
    out = tmp_path / ("report.html" if name == "report" else "out")
    assert signalled(how, APPEARS, *LINES[name].split(), "--quiet", "--out", out) == "interrupted"
    assert contents_of(tmp_path) == {}


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(("module", "name"), [("pandas", "stata"), ("numpy.random", "plot"), ("matplotlib.figure", "plot")])
def test_an_interruption_while_a_library_is_imported_is_heard(ran, tmp_path, signalled, how, module, name):
    said = signalled(how, f"import.{module}", *LINES[name].split(), "--out", tmp_path / "out", "--quiet")
    assert said == "interrupted"
    assert not (tmp_path / "out").exists()


STUDY = """\
question: What do the policies do?
scenario: small.yaml
levers: {patron.policy: [swallow, status_quo]}
design: {kind: sobol, points: 8}
replicates: 8
outcomes: [western_alignment_at_end]
seed: 7
"""


@pytest.fixture(scope="module")
def undisturbed(place, command):
    """A batch that nobody disturbed."""
    (place / "study.yaml").write_text(STUDY, "utf-8")
    command("batch", "study.yaml", "--quiet", "--task-size", "16", "--out", "whole_study", cwd=place)
    return {name: data for name, data in contents_of(place / "whole_study").items() if name.name != "manifest.json"}


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(("workers", "skipped"), [(1, 0), (1, 3), (1, 8), (2, 0), (2, 3)])  # two workers write parts themselves
def test_a_batch_that_is_told_to_stop_again_and_again_loses_nothing(
    place, command, undisturbed, tmp_path, signalled, workers, skipped, how
):
    out = tmp_path / "out"
    words = ["batch", "study.yaml", "--quiet", "--task-size", "16", "--workers", workers, "--out", out]
    said = signalled(how, APPEARS, *words, skipped=skipped)
    assert said.startswith("interrupted at once"), said
    assert len(said.splitlines()) == 1
    assert not [path for path in tmp_path.rglob("*") if is_temporary(path)]
    command(*words, cwd=place)
    assert json.loads((out / "manifest.json").read_text("utf-8"))["status"] == "complete"
    found = contents_of(out)
    assert {name: data for name, data in found.items() if name.name != "manifest.json"} == undisturbed


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_whole_group_lets_the_workers_finish(place, undisturbed, tmp_path, how):
    out, words = tmp_path / "out", ["--task-size", "1", "--workers", "2", "--replicates", "64"]
    line = [sys.executable, "-m", "frozen_conflict_sim", "batch", "study.yaml", "--quiet", *words, "--out", str(out)]
    batch = subprocess.Popen(line, cwd=place, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while batch.poll() is None and not list(tmp_path.rglob("*.parquet")):
        time.sleep(0.02)
    os.killpg(batch.pid, how)
    said = batch.communicate()[1].strip()
    assert batch.returncode == 130, said
    assert said.startswith("interrupted: "), said
    assert len(said.splitlines()) == 1
