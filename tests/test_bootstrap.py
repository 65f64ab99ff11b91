"""``run.py`` on a bare machine: it says what it can do, and is never taken in by what a last attempt left behind."""

import importlib.util
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
DEMO = ["run", "batch", "plot"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """``run.py`` as a module, at home in an empty folder, installing nothing but remembering what it would."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    venv = tmp_path / ".venv"
    for name, value in {"ROOT": tmp_path, "VENV": venv, "STAMP": venv / "ready", "PYTHON": venv / "bin" / "python"}.items():
        monkeypatch.setattr(run, name, value)
    run.called = []

    def pretend(*command, cwd=None):
        run.called.append([str(part) for part in command])
        if "venv" in command:
            run.PYTHON.parent.mkdir(parents=True)
            run.PYTHON.symlink_to(sys.executable)
        return 0

    monkeypatch.setattr(run, "call", pretend)
    return run


def _task(command):
    return command[command.index("-m") + (2 if "frozen_conflict_sim" in command else 1)]


def steps(run):
    """What was called since the last look, in a word each."""
    named = [
        "make"
        if "venv" in command
        else "install"
        if "pip" in command
        else command[3 if "frozen_conflict_sim" in command else 2]
        for command in run.called
    ]
    run.called.clear()
    return named


def test_the_first_start_sets_up_and_the_next_finds_it_ready(run, capsys):
    assert run.main(["demo"]) == 0
    assert steps(run) == ["make", "install", *DEMO]
    assert "only this once" in capsys.readouterr().err
    assert run.main(["demo"]) == 0
    assert steps(run) == DEMO
    said = capsys.readouterr().err
    assert "Setting up" not in said
    assert "Look first at\n  results/demo_dilemma/plots/frontier" in said.replace(os.path.relpath(run.ROOT) + "/", "")


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_changed_needs_are_installed_into_what_is_there(run, changed):
    run.main(["test"])
    steps(run)
    (run.ROOT / changed).write_text((run.ROOT / changed).read_text() + "# changed\n")
    run.main(["test"])
    assert steps(run) == ["install", "pytest"]


def test_the_benchmark_installs_its_peers_where_they_are_missing(run, monkeypatch):
    run.main(["test"])
    steps(run)
    pretend = run.call
    monkeypatch.setattr(run, "call", lambda *command, cwd=None: pretend(*command, cwd=cwd) or int(command[1] == "-c"))
    assert run.main(["bench", "--quick"]) == 0
    assert run.called[1][-2:] == ["-e", ".[test,bench]"]
    assert run.called[2][1:] == ["-m", "benchmarks", "--quick"]


def leave_a_file(run):
    run.VENV.mkdir()
    (run.VENV / "pyvenv.cfg").touch()


def leave_it_without_pip(run):
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.write_text("#!/bin/sh\nexit 1\n")
    run.PYTHON.chmod(0o755)


def leave_it_without_its_python(run):
    run.main(["lint"])
    run.PYTHON.unlink()
    run.PYTHON.symlink_to("/nowhere/python3.9")


def stop_while_installing(run):
    run.main(["lint"])
    run.STAMP.write_text(run.HALF_MADE)


@pytest.mark.parametrize("leave", [leave_a_file, leave_it_without_pip, leave_it_without_its_python, stop_while_installing])
def test_a_half_made_environment_is_made_again(run, leave):
    leave(run)
    steps(run)
    assert run.main(["demo"]) == 0
    assert steps(run) == ["make", "install", *DEMO]
    assert run.ready()


def test_an_environment_of_ones_own_is_kept(run):
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.symlink_to(sys.executable)
    (run.VENV / "mine").touch()
    run.main(["demo"])
    assert steps(run) == ["install", *DEMO]
    assert (run.VENV / "mine").exists()


def test_the_demo_begins_anew_and_touches_nothing_else(run):
    for name in ("demo", "demo_dilemma", "mine"):
        (run.ROOT / "results" / name).mkdir(parents=True)
    run.main(["demo"])
    assert [path.name for path in (run.ROOT / "results").iterdir()] == ["mine"]


def test_a_failed_installation_is_said_and_tried_again(run, monkeypatch):
    pretend = run.call
    monkeypatch.setattr(run, "call", lambda *command, cwd=None: pretend(*command) or int("pip" in command))
    with pytest.raises(run.Obstacle, match="did not finish"):
        run.main(["demo"])
    assert steps(run) == ["make", "install"]
    monkeypatch.setattr(run, "call", pretend)
    run.main(["demo"])
    assert steps(run) == ["make", "install", *DEMO]


def test_without_venv_it_names_the_package_to_install(run, monkeypatch):
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(run.Obstacle, match=r"apt install python3\.\d+-venv"):
        run.main(["demo"])
    assert not run.VENV.exists()


@pytest.mark.parametrize(("words", "code", "says"), [([], 0, "What this can do"), (["dmeo"], 2, "no task 'dmeo'")])
def test_it_says_what_it_can_do_from_anywhere(tmp_path, words, code, says):
    bare = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, ROOT / "run.py", *words], cwd=tmp_path, env=bare, capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert says in done.stdout
    tasks = [line.split()[2] for line in done.stdout.splitlines() if "python3 run.py" in line]
    assert tasks == ["demo", "test", "lint", "renew", "wheels", "bench", "soak"]
    assert not list(tmp_path.iterdir())


def test_the_lowest_versions_are_those_that_are_declared():
    spec = importlib.util.spec_from_file_location("wheels", ROOT / "wheels.py")
    wheels = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(wheels)
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    lowest = wheels.lowest([*declared, "optuna>=4; extra == 'analysis'"])
    assert len(lowest) == len(declared)
    assert "mesa==3.3.1" in lowest
    assert "{}.{}".format(*sys.version_info) in wheels.pythons([])


def test_it_uses_the_standard_library_only():
    loaded = subprocess.run(
        [sys.executable, "-I", "-S", ROOT / "run.py"], capture_output=True, text=True, check=True
    )  # -S: without site-packages
    assert "demo" in loaded.stdout


WORK = """
import time
import tomllib
try:
    print("begun", flush=True)
    time.sleep(30)
except KeyboardInterrupt:
    print("kept")
"""


def test_ctrl_c_waits_for_the_work_to_end_in_its_own_way():
    starter = f"import runpy, sys\nrunpy.run_path({str(ROOT / 'run.py')!r})['call'](sys.executable, '-c', {WORK!r})"
    process = subprocess.Popen(
        [sys.executable, "-c", starter], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    out, error = process.communicate(timeout=20)
    assert out == "kept\n"
    assert error.rstrip().endswith("KeyboardInterrupt")


def test_every_version_is_pinned_and_no_address_is_named():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][A-Za-z0-9.]*", line) for line in lines)
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines}
    needed, fresh = set(), {"frozen-conflict-sim"}
    while fresh:
        name = fresh.pop()
        needed.add(name)
        for need in metadata.requires(name) or []:
            wanted = name == "frozen-conflict-sim" and "extra == 'test'" in need
            if wanted or ";" not in need:
                found = re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9_.-]+", need)[0]).lower()
                fresh |= {found} - needed
    assert needed - {"frozen-conflict-sim"} <= pinned


def test_the_citation_agrees_with_the_package():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation.keys() >= {"cff-version", "message", "title", "authors", "abstract"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (citation["cff-version"], citation["version"], citation["license"]) == (
        "1.2.0",
        project["version"],
        project["license"],
    )
    assert citation["authors"] == [{"name": re.search(r"\d{4} (.+)", (ROOT / "LICENSE").read_text("utf-8"))[1]}]
