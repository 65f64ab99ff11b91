"""This engine as users call it, or an earlier version of it. Besides what is recorded it computes all outcomes of every run."""

import tempfile
from functools import cache

import numpy as np

from frozen_conflict_sim import run
from frozen_conflict_sim.model import back_end

from ..work import RECORDED, Size, work

LARGE = 10**6  # runs
FIRST = 2  # runs, which are not timed


def ready(size: Size, runs: int) -> None:
    """Compile in advance what a large ensemble is played with, so that the timed runs find a warm cache."""
    _first_runs(size)


@cache
def _first_runs(size: Size) -> None:
    if hasattr(back_end, "foresee"):  # earlier versions have no drafts
        back_end.foresee(work(size), LARGE)
    play(size, FIRST, seed=0)
    play(size, FIRST, seed=0, stored=True)


def play(size: Size, runs: int, seed: int, workers: int = 1, stored: bool = False) -> np.ndarray | None:
    """The recorded quantities, shape ``(run, turn, recorded)``; ``stored`` writes all outcomes to a folder instead."""
    if stored:
        with tempfile.TemporaryDirectory() as folder:
            run(work(size), runs=runs, seed=seed, keep=[], workers=workers, out=folder)
        return None
    trajectories = run(work(size), runs=runs, seed=seed, keep=list(RECORDED), workers=workers).trajectories
    return np.stack([trajectories[column].values for column in RECORDED], axis=-1)
