"""Search beyond the points of the design: trials by Optuna, which begins with what the points have taught.

Every trial plays the same stream numbers, so that two trials differ by their values alone. The trials are kept in the
results folder; a search that was stopped goes on there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...analysis.approximate_bayes import gaps
from ...ensemble import run
from ...experiment.errors import ResultsError
from ...scenario import Scenario
from ..pattern import Pattern
from ..runs import Runs
from .leave_one_out import with_sets
from .statistics import Evidence, look

LOG, NAME = "search.log", "calibration"
NEAR = 1.0


@dataclass(frozen=True)
class Search:
    """All trials, points of the design included, the nearest first; ``near`` of them are as good as the best.

    ``missed`` is the distance to all targets in typical deviations; as good as the best is what lies within one standard
    deviation of what the same values miss when they are played with other random numbers.
    """

    values: np.ndarray
    missed: np.ndarray
    near: int
    fresh: int

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return {
            "trials": len(self.missed),
            "fresh": self.fresh,
            "as_good_as_the_best": self.near,
            "best": float(self.missed[0]),
        }


def search(
    evidence: Evidence, patterns: Sequence[Pattern], scenario: Scenario, seed: int, keep: tuple[str, ...] | None,
    trials: int, folder: Path, *,
    progress: Callable[[int], None] = lambda done: None,
) -> Search:  # fmt: skip
    """Try ``trials`` further sets, in all, where the earlier ones make it look promising."""
    optuna = _optuna()
    storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(str(folder / LOG)))
    sampler = optuna.samplers.TPESampler(seed=seed, multivariate=True, n_startup_trials=0)
    study = optuna.create_study(storage=storage, sampler=sampler, study_name=NAME, load_if_exists=True)
    ends = dict(zip(evidence.keys, evidence.bounds.tolist()))
    space = {key: optuna.distributions.FloatDistribution(*between) for key, between in ends.items()}
    known = _missed(evidence.statistics, evidence)
    if not study.trials:
        for values, missed in zip(evidence.values, known):
            given = {key: float(value) for key, value in zip(evidence.keys, values)}
            study.add_trial(optuna.trial.create_trial(params=given, distributions=space, value=float(missed)))

    def missed_by(trial) -> float:
        values = np.array([trial.suggest_float(key, *between) for key, between in ends.items()])
        missed = float(_played(values, evidence, patterns, scenario, seed, keep))
        progress(1)
        return missed

    done = len([trial for trial in study.trials if trial.state.is_finished()]) - len(known)
    progress(min(done, trials))
    study.optimize(missed_by, n_trials=max(0, trials - done))
    finished = [trial for trial in study.trials if trial.value is not None]
    order = sorted(finished, key=lambda trial: trial.value)
    values = np.array([[trial.params[key] for key in evidence.keys] for trial in order])
    missed = np.array([trial.value for trial in order])
    noise = np.std([_played(values[0], evidence, patterns, scenario, seed + again, keep) for again in range(1, 4)])
    return Search(values, missed, int(np.sum(missed <= missed[0] + NEAR * noise)), max(0, trials - done))


def _played(values: np.ndarray, evidence: Evidence, patterns, scenario: Scenario, seed: int, keep) -> float:
    seen = Runs(run(with_sets(scenario, evidence.keys, values[None]), evidence.runs_a_point, seed, keep=keep))
    statistics = np.array([part for pattern in patterns for part in look(pattern, seen)[0]])
    return _missed(statistics[None], evidence)[0]


def _missed(statistics: np.ndarray, evidence: Evidence) -> np.ndarray:
    """The distance to all targets, in the typical deviations of the design's points."""
    together = np.concatenate([evidence.statistics, statistics])
    return np.sqrt(np.mean(gaps(together, evidence.targets)[len(evidence.statistics) :] ** 2, axis=1))


def _optuna():
    try:
        import optuna
    except ImportError:
        message = "a search needs optuna: pip install 'frozen-conflict-sim[analysis]'; without --search nothing more is needed"
        raise ResultsError(message) from None
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna
