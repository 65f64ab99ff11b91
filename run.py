#!/usr/bin/env python3
"""One command for everything, on a machine with nothing but Python: ``python3 run.py demo``.

Makes ``.venv`` beside this file, installs the project into it with the versions of ``constraints.txt``, and goes on. The next
start finds it ready. Uses the standard library only.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "ready"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INSTALL = ["-m", "pip", "--quiet", "--disable-pip-version-check", "install", "-c", "constraints.txt", "-e", ".[test]"]
HALF_MADE = "half-made"
ACTIVATE = VENV / ("Scripts/activate" if os.name == "nt" else "bin/activate")
NEXT = """
Done in {seconds:.0f} seconds. Look first at
  {dilemma}/plots/frontier-georgia.alienation_on_average.svg   does integration push Tbilisi away?
  {dilemma}/plots/classes_by.svg                               how the conflict ends under each policy
  {runs}/plots/classes.svg                                         how it ends without any mandate
Try next
  source {activate}
  frozen-conflict-sim new mine                    a commented scenario of your own
  frozen-conflict-sim new study --experiment      a commented experiment
  frozen-conflict-sim list                        scenarios, experiments, designs, outcomes, plots
The README goes on from here; docs/tutorial.md takes an hour."""


class Obstacle(Exception):
    """A reason to end, in words for the person at the keyboard."""


def demo():
    """The Georgian conflict 200 times and a small experiment on it, with pictures, anew into results/demo and demo_dilemma."""
    paths = "scenarios/georgia_2014.yaml", "results/demo", "experiments/integration_dilemma.yaml", "results/demo_dilemma"
    scenario, runs, experiment, dilemma = (os.path.relpath(ROOT / path) for path in paths)
    for out in (runs, dilemma):
        shutil.rmtree(out, ignore_errors=True)  # what an earlier version of the model left there would be in the way
    begin = time.monotonic()
    code = (
        simulator("run", scenario, "--runs", "200", "--seed", "77", "--out", runs)
        or simulator("batch", experiment, "--points", "16", "--replicates", "1", "--out", dilemma)
        or simulator("plot", dilemma)
    )
    if code == 0:
        say(NEXT.format(seconds=time.monotonic() - begin, runs=runs, dilemma=dilemma, activate=os.path.relpath(ACTIVATE)))
    return code


def test(*more):
    """All tests, on all cores; further words go to pytest."""
    return call(PYTHON, "-m", "pytest", "-n", "auto", "--dist", "loadscope", "--no-loadscope-reorder", *more, cwd=ROOT)


def lint():
    """Style of the code and its docstrings."""
    return call(PYTHON, "-m", "ruff", "check", cwd=ROOT) or call(PYTHON, "-m", "ruff", "format", "--check", cwd=ROOT)


def renew(*more):
    """What follows from the code, and what changed: schemas, golden, pages; further words name some; --help for more."""
    return call(PYTHON, "renew.py", *more, cwd=ROOT)


def wheels(*more):
    """The wheel, outside of this folder, with newest and lowest versions on every Python found; words name some (3.12)."""
    return call(PYTHON, "wheels.py", *more, cwd=ROOT)


def bench(*more):
    """Speed against peers on the same work, a quarter of an hour; --quick for a look, --help for more."""
    missing = "import importlib.util as util, sys; sys.exit(not all(map(util.find_spec, ('agentpy', 'ema_workbench'))))"
    if call(PYTHON, "-c", missing) != 0:
        say("Installing the peers, only this once ...")
        if call(PYTHON, *INSTALL[:-1], ".[test,bench]", cwd=ROOT) != 0:
            say("They could not be installed: this goes on without those that are missing.")
    return call(PYTHON, "-m", "benchmarks", *more, cwd=ROOT)


def soak(*more):
    """What takes too long for the tests: a batch killed thirty times, and the like; further words name some of it."""
    return call(PYTHON, "-m", "soak", *more, cwd=ROOT)


TASKS = {task.__name__: task for task in (demo, test, lint, renew, wheels, bench, soak)}


def simulator(*words):
    """Call the command that the installation brought."""
    return call(PYTHON, "-m", "frozen_conflict_sim", *words)


def call(*command, cwd=None):
    """Run a command to its end and return its exit code. Ctrl-C reaches it too, and it may end in its own way."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    process = subprocess.Popen([str(part) for part in command], cwd=cwd, env=environment)
    interrupted = False
    while process.returncode is None:
        try:
            process.wait()
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return process.returncode


def wanted():
    """What the environment must match: the declared needs, the pinned versions, this Python, this place."""
    parts = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256(b"\0".join([*parts, sys.version.encode(), str(ROOT).encode()])).hexdigest()


def ready():
    """Whether the environment is finished and up to date."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted()


@contextmanager
def alone():
    """Wait for others who are setting up; the lock ends with the process that holds it."""
    try:
        import fcntl
    except ImportError:  # not a Unix: no lock
        yield
        return
    with open(__file__) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def whole():
    """Whether there is an environment to install into, made by whomever; one that is half-made is none."""
    if not PYTHON.exists() or (STAMP.exists() and STAMP.read_text() == HALF_MADE):
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def prepare():
    """Make the environment, or bring it up to date; the stamp says that it is half-made until everything is there."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = "python{}.{}-venv".format(*sys.version_info)
        raise Obstacle(f"Python cannot make virtual environments here. On Debian or Ubuntu: sudo apt install {package}")
    say("Setting up in .venv, only this once: most of the time goes into downloads ...")
    begin = time.monotonic()
    fresh = not whole()
    if fresh:
        shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir()
    STAMP.write_text(HALF_MADE)
    if fresh and call(sys.executable, "-m", "venv", VENV) != 0:
        raise Obstacle("The virtual environment could not be made; the reason stands above.")
    if call(PYTHON, *INSTALL, cwd=ROOT) != 0:
        raise Obstacle("The installation did not finish; the reason stands above. It needs the network, this once.")
    STAMP.write_text(wanted())
    say(f"Set up in {time.monotonic() - begin:.0f} seconds.")


def say(text):
    """Tell the person at the keyboard, apart from results."""
    print(text, file=sys.stderr, flush=True)


def main(words):
    """Do the task that the first word names; without one, say what there is."""
    if not words or words[0] not in TASKS:
        known = not words or words[0] in ("-h", "--help", "help")
        print("What this can do:" if known else f"There is no task {words[0]!r}. What this can do:")
        for name, task in TASKS.items():
            print(f"  python3 run.py {name:6} {task.__doc__}")
        return 0 if known else 2
    if not ready():
        with alone():
            if not ready():
                prepare()
    return TASKS[words[0]](*words[1:])


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        sys.exit("This needs Python 3.11 or later; this one is {}.{}.".format(*sys.version_info))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(130)
    except Obstacle as obstacle:
        sys.exit(str(obstacle))
