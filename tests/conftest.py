"""What all tests share: property tests draw the same examples every time, so that a failure can be met again."""

import os
import subprocess
import sys

import pytest
from hypothesis import settings

from frozen_conflict_sim import load_scenario, run

settings.register_profile("same_every_time", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("same_every_time")


@pytest.fixture(scope="session")
def small():
    """The Georgian conflict with few residents and few turns: quick to run."""
    return load_scenario("georgia_2014").with_values({"public.residents": 60, "turns": 8})


@pytest.fixture(scope="session")
def results(small):
    """Forty runs of the small conflict, in memory."""
    return run(small, runs=40, seed=5)


@pytest.fixture(scope="session")
def command():
    """Call ``frozen-conflict-sim`` as a process, standing in ``cwd``; a traceback or an exit code but ``code`` is a failure."""

    def call(*words, cwd, code=0, **environment):
        done = subprocess.run(
            [sys.executable, "-m", "frozen_conflict_sim", *map(str, words)],
            cwd=cwd,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    return call
