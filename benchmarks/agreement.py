"""Whether everybody did the same work: the same distributions with random numbers of one's own, the same runs with the same random numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .work import RECORDED, Size

LIKELY = 0.01  # below this, over all that is compared together, chance is no explanation


def distributions(ours: np.ndarray, theirs: np.ndarray) -> dict[str, float]:
    """Two-sample Kolmogorov–Smirnov tests of each recorded quantity, its mean over a run and where it ends.

    The arrays have the shape ``(run, turn, recorded)``. ``probability`` is that of the most different pair under chance alone,
    corrected for how many are looked at (Bonferroni); ``share`` is the largest difference between two distributions.
    """
    from scipy.stats import ks_2samp

    tests = {}
    for at, column in enumerate(RECORDED):
        for what, summary in (("mean", mean), ("end", end)):
            # Single and double precision would part where many runs take the very same course.
            pair = [np.round(summary(courses[..., at].astype(float)), 4) for courses in (ours, theirs)]
            tests[f"{column}, {what}"] = ks_2samp(*pair, method="asymp")
    worst = min(tests, key=lambda name: tests[name].pvalue)
    return {
        "runs": len(theirs),
        "probability": min(1.0, float(tests[worst].pvalue) * len(tests)),
        "share": float(max(test.statistic for test in tests.values())),
        "most_different": worst,
    }


def mean(course: np.ndarray) -> np.ndarray:
    """The mean over a run, as long as it lasted."""
    return np.nanmean(course, axis=1)


def end(course: np.ndarray) -> np.ndarray:
    """Where a run ended."""
    last = np.sum(~np.isnan(course), axis=1) - 1
    return course[np.arange(len(course)), last]


def largest_difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """How far the courses of runs with the same random numbers ever part."""
    return float(np.nanmax(np.abs(ours[: len(theirs)] - theirs)))


def of_files(folder: Path, names: list[str]) -> dict[str, dict]:
    """By peer how its courses compare with the engine's; each round of each left a file."""
    ours = _courses(folder, "engine")
    return {name: distributions(ours, found) for name in names if name != "engine" and len(found := _courses(folder, name))}


def _courses(folder: Path, name: str) -> np.ndarray:
    found = [np.load(path) for path in sorted(folder.glob(f"{name}-*.npy"))]
    return np.concatenate(found) if found else np.empty(0)


def with_the_same_luck(size: Size, runs: int = 4, seed: int = 1) -> dict[str, float]:
    """By kind of peer the largest difference to the engine's runs, of which each is played again with its very random numbers."""
    from .peers import engine, mesa_numpy, mesa_objects
    from .plain.chance import SameChance

    ours = engine.play(size, runs, seed)
    found = {}
    for name, model in (("objects", mesa_objects.Conflict), ("arrays", mesa_numpy.ArrayConflict)):
        parts = [largest_difference(one, course(model, size, SameChance(seed, at))) for at, one in enumerate(ours)]
        found[name] = max(parts)
    return found


def course(model, size: Size, chance) -> np.ndarray:
    """One run of a peer under Mesa with a chance that is given; shape ``(turn, recorded)``."""
    one = model(size.residents, size.turns, seed=1, chance=chance)
    while one.running:
        one.step()
    return np.stack([one.datacollector.model_vars[column] for column in RECORDED], axis=-1)
