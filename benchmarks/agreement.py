"""Check that all participants do the same work: equal distributions with own random numbers, equal runs with the same ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .work import RECORDED, Size

SIGNIFICANCE = 0.01  # of the smallest p-value, corrected for the number of comparisons


def distributions(ours: np.ndarray, theirs: np.ndarray) -> dict[str, float]:
    """Two-sample Kolmogorov–Smirnov tests of each recorded quantity: its mean over a run and its last value.

    The arrays have the shape ``(run, turn, recorded)``. ``probability`` is the smallest p-value,
    corrected for the number of tests (Bonferroni); ``share`` is the largest difference between two distribution functions.
    """
    from scipy.stats import ks_2samp

    tests = {}
    for at, column in enumerate(RECORDED):
        for what, summary in (("mean", mean), ("end", end)):
            # Rounded, since single and double precision would differ where many runs have the same values.
            pair = [np.round(summary(trajectories[..., at].astype(float)), 4) for trajectories in (ours, theirs)]
            tests[f"{column}, {what}"] = ks_2samp(*pair, method="asymp")
    worst = min(tests, key=lambda name: tests[name].pvalue)
    return {
        "runs": len(theirs),
        "probability": min(1.0, float(tests[worst].pvalue) * len(tests)),
        "share": float(max(test.statistic for test in tests.values())),
        "most_different": worst,
    }


def mean(course: np.ndarray) -> np.ndarray:
    """The mean of each trajectory until the run ends."""
    return np.nanmean(course, axis=1)


def end(course: np.ndarray) -> np.ndarray:
    """The last value of each trajectory."""
    last = np.sum(~np.isnan(course), axis=1) - 1
    return course[np.arange(len(course)), last]


def largest_difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """The largest difference between trajectories of runs with the same random numbers."""
    return float(np.nanmax(np.abs(ours[: len(theirs)] - theirs)))


def of_files(folder: Path, names: list[str]) -> dict[str, dict]:
    """The tests of every peer's trajectories against the engine's, from the files that the rounds wrote."""
    ours = _trajectories(folder, "engine")
    return {
        name: distributions(ours, found) for name in names if name != "engine" and len(found := _trajectories(folder, name))
    }


def _trajectories(folder: Path, name: str) -> np.ndarray:
    found = [np.load(path) for path in sorted(folder.glob(f"{name}-*.npy"))]
    return np.concatenate(found) if found else np.empty(0)


def with_the_same_random_numbers(size: Size, runs: int = 4, seed: int = 1) -> dict[str, float]:
    """The largest difference to the engine's runs, by kind of peer, when the peer replays them with the same random numbers."""
    from .peers import engine, mesa_numpy, mesa_objects
    from .plain.random_numbers import EngineStreams

    ours = engine.play(size, runs, seed)
    found = {}
    for name, model in (("objects", mesa_objects.Conflict), ("arrays", mesa_numpy.ArrayConflict)):
        parts = [largest_difference(one, course(model, size, EngineStreams(seed, at))) for at, one in enumerate(ours)]
        found[name] = max(parts)
    return found


def course(model, size: Size, draws) -> np.ndarray:
    """One run of a Mesa peer with the given random numbers; shape ``(turn, recorded)``."""
    one = model(size.residents, size.turns, seed=1, draws=draws)
    while one.running:
        one.step()
    return np.stack([one.datacollector.model_vars[column] for column in RECORDED], axis=-1)
