"""Search beyond the points of the design: trials proposed by Optuna, which starts from all points.

All trials use the same random numbers, so that they differ by their values alone. They are stored in the results folder,
where an interrupted search resumes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...analysis.approximate_bayes import residuals
from ...ensemble import run
from ...experiment.errors import ResultsError
from ...scenario import Scenario
from ..pattern import Pattern
from ..runs import Runs
from .leave_one_out import with_sets
from .statistics import PointStatistics, statistics_of

LOG, NAME = "search.log", "calibration"
NEAR = 1.0


@dataclass(frozen=True)
class Search:
    """All trials, points of the design included, nearest first: ``values`` ``(trial, key)`` and ``distance`` ``(trial,)``.

    The distance to all targets is in standard deviations of the statistics. ``near`` trials are as good as the best: within
    one standard deviation of the best trial's distance over other random numbers. ``fresh`` trials were run in this search.
    """

    values: np.ndarray
    distance: np.ndarray
    near: int
    fresh: int

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return {
            "trials": len(self.distance),
            "fresh": self.fresh,
            "as_good_as_the_best": self.near,
            "best": float(self.distance[0]),
        }


def search(
    points: PointStatistics, patterns: Sequence[Pattern], scenario: Scenario, seed: int, keep: tuple[str, ...] | None,
    trials: int, folder: Path, *,
    progress: Callable[[int], None] = lambda done: None,
) -> Search:  # fmt: skip
    """Run trials until there are ``trials`` beyond the points, each near the best sets so far.

    ``folder`` holds the log of trials; ``progress`` is called with the number of trials done. Raises :class:`ResultsError`
    if optuna is not installed.
    """
    optuna = _optuna()
    storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(str(folder / LOG)))
    sampler = optuna.samplers.TPESampler(seed=seed, multivariate=True, n_startup_trials=0)
    study = optuna.create_study(storage=storage, sampler=sampler, study_name=NAME, load_if_exists=True)
    ends = dict(zip(points.keys, points.bounds.tolist()))
    space = {key: optuna.distributions.FloatDistribution(*between) for key, between in ends.items()}
    known = _distance(points.statistics, points)
    if not study.trials:
        for values, distance in zip(points.values, known):
            params = {key: float(value) for key, value in zip(points.keys, values)}
            study.add_trial(optuna.trial.create_trial(params=params, distributions=space, value=float(distance)))

    def objective(trial) -> float:
        values = np.array([trial.suggest_float(key, *between) for key, between in ends.items()])
        distance = float(_simulated_distance(values, points, patterns, scenario, seed, keep))
        progress(1)
        return distance

    done = len([trial for trial in study.trials if trial.state.is_finished()]) - len(known)
    progress(min(done, trials))
    study.optimize(objective, n_trials=max(0, trials - done))
    finished = [trial for trial in study.trials if trial.value is not None]
    order = sorted(finished, key=lambda trial: trial.value)
    values = np.array([[trial.params[key] for key in points.keys] for trial in order])
    distance = np.array([trial.value for trial in order])
    again = [_simulated_distance(values[0], points, patterns, scenario, seed + other, keep) for other in range(1, 4)]
    near = int(np.sum(distance <= distance[0] + NEAR * np.std(again)))
    return Search(values, distance, near, max(0, trials - done))


def _simulated_distance(values: np.ndarray, points: PointStatistics, patterns, scenario: Scenario, seed: int, keep) -> float:
    runs = Runs(run(with_sets(scenario, points.keys, values[None]), points.runs_per_point, seed, keep=keep))
    statistics = np.array([part for pattern in patterns for part in statistics_of(pattern, runs)[0]])
    return _distance(statistics[None], points)[0]


def _distance(statistics: np.ndarray, points: PointStatistics) -> np.ndarray:
    """The root mean square residual of each row, in standard deviations over the points of the design."""
    stacked = np.concatenate([points.statistics, statistics])
    return np.sqrt(np.mean(residuals(stacked, points.targets)[len(points.statistics) :] ** 2, axis=1))


def _optuna():
    try:
        import optuna
    except ImportError:
        message = "--search needs optuna: pip install 'frozen-conflict-sim[search]'"
        raise ResultsError(message) from None
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna
