"""Whether everybody did the same work: the same distributions with luck of one's own, the same runs with the same luck."""

from __future__ import annotations

import numpy as np

from .work import RECORDED

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
    """How far the courses of runs with the same luck ever part."""
    return float(np.nanmax(np.abs(ours - theirs)))
