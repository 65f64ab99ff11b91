"""This engine as users call it. Besides the recorded trajectories it computes all outcomes of every run."""

import tempfile

import numpy as np

from frozen_conflict_sim import FrozenConflictModel, run

from ..work import RECORDED, Size, work


def ready(size: Size, runs: int) -> None:
    """Compile in advance, so that the timed run finds a warm cache."""
    FrozenConflictModel(work(size), runs=2, seed=0, compiled=True).release()


def play(size: Size, runs: int, seed: int, workers: int = 1, stored: bool = False) -> np.ndarray | None:
    """The recorded quantities, shape ``(run, turn, recorded)``; ``stored`` writes all outcomes to a folder instead."""
    if stored:
        with tempfile.TemporaryDirectory() as folder:
            run(work(size), runs=runs, seed=seed, keep=[], workers=workers, out=folder)
        return None
    trajectories = run(work(size), runs=runs, seed=seed, keep=list(RECORDED), workers=workers).trajectories
    return np.stack([trajectories[column].values for column in RECORDED], axis=-1)
