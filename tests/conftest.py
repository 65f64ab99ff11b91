"""What all tests share: property tests draw the same examples every time, so that a failure can be met again."""

import io
import os
import signal
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout

import pytest
from hypothesis import settings

from frozen_conflict_sim import load_scenario, run
from frozen_conflict_sim.cli import main

settings.register_profile("same_every_time", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("same_every_time")

# A shell that runs tests in the background has them ignore Ctrl-C, and all processes that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def small():
    """The Georgian conflict with few residents and few turns: quick to run."""
    return load_scenario("georgia_2014").with_values({"public.residents": 60, "quarters": 8})


@pytest.fixture(scope="session")
def results(small):
    """Forty runs of the small conflict, in memory."""
    return run(small, runs=40, seed=5)


@pytest.fixture(scope="session")
def command():
    """Call ``frozen-conflict-sim``, standing in ``cwd``; a traceback or an exit code but ``code`` is a failure.

    It is called within this process, which spares the start of another, or, with an environment of its own, as a process.
    """

    def call(*words, cwd, code=0, **environment):
        words = [*map(str, words)]
        done = _as_process(words, cwd, environment) if environment or "--workers" in words else _within(words, cwd)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    return call


def _as_process(words, cwd, environment):
    return subprocess.run(
        [sys.executable, "-m", "frozen_conflict_sim", *words],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _within(words, cwd):
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    with chdir(cwd), redirect_stdout(streams[0]), redirect_stderr(streams[1]), pytest.raises(SystemExit) as ended:
        main(words)
    return subprocess.CompletedProcess(words, ended.value.code, *(stream.buffer.getvalue().decode() for stream in streams))
