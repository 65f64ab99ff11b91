"""What a search may choose: the levers of an experiment, and the numbers of its candidate policies."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...ensemble import played_often
from ...experiment.errors import ResultsError
from ...experiment.load import Experiment
from ...experiment.ranges import Range
from ...experiment.spec import Search
from ...experiment.study.study import Study
from ...files.nodes import Mapping, from_python
from ...files.problems import Position, Report
from ..groups import base_runs

Settings = dict[str, float | str]


@dataclass(frozen=True)
class Candidate:
    """One policy to try in all futures: the values of levers by dotted key, and of numbers by their name."""

    number: int
    experiment: Experiment
    settings: Settings

    def play(self) -> tuple[int, np.ndarray]:
        """Its number, and the mean of each objective in each future, shape ``(future, objective)``; more may be worse."""
        return self.number, outcomes(with_settings(self.experiment, self.settings))

    def died(self):
        """Raise: the process that played it was killed again and again."""
        raise ResultsError("a process that played a policy died repeatedly: killed, or out of memory; use fewer --points")


def suggest(trial, experiment: Experiment) -> Settings:
    """Let an Optuna trial choose levers, then the numbers that the chosen policies mention."""
    search, chosen = experiment.search, {}
    for key, lever in experiment.levers.items():
        chosen[key] = _choose(trial, key, lever)
    words = [value for value in chosen.values() if isinstance(value, str)]
    for name in dict.fromkeys(name for word in words for name in search.numbers_of(word)):
        chosen[name] = _choose(trial, name, search.numbers[name])
    return chosen


def _choose(trial, name: str, lever: tuple | Range) -> float | str:
    if not isinstance(lever, Range):
        return trial.suggest_categorical(name, list(lever))
    step = (lever.high - lever.low) / (lever.levels - 1) if lever.levels else None
    return trial.suggest_float(name, lever.low, lever.high, step=step)


def with_settings(experiment: Experiment, settings: Settings) -> Experiment:
    """The experiment with single values of its levers, and candidate policies with these numbers; it stores no trajectories."""
    search = experiment.search
    numbers = {name: value for name, value in settings.items() if name in search.numbers}
    levers = {key: (value,) for key, value in settings.items() if key not in search.numbers}
    scenario = experiment.scenario
    if search.policies:
        position, report = Position("search", layer=scenario.nearest_layer - 1), Report()
        layer = from_python({"policies": search.filled(numbers)}, position, "", report)
        report.raise_if_any()
        assert isinstance(layer, Mapping)
        scenario = scenario.extended(layer)
    return replace(experiment, scenario=scenario, levers=levers, keep=(), until=None, arms={})


def outcomes(experiment: Experiment) -> np.ndarray:
    """The mean of each objective in each future, shape ``(future, objective)``; NaN where it is not defined in any run.

    A future is a point of the design, with all its replicates. Raises :class:`ResultsError` if a run failed.
    """
    results = played_often(Study(experiment))
    if results.failures:
        raise ResultsError(f"{len(results.failures)} runs of {results.title!r} failed, so the policy cannot be judged")
    names = list(dict.fromkeys(column for one in experiment.search.objectives for column in one.columns))
    futures = base_runs(results, *names).groupby("point")[names].mean()
    return np.column_stack([futures[list(one.columns)].mean(axis=1).to_numpy(float) for one in experiment.search.objectives])


def check(experiment: Experiment) -> Search:
    """What the experiment searches; raises :class:`ResultsError` if it cannot be searched."""
    if experiment.search is None:
        raise ResultsError(
            "search needs an experiment with a section search, such as search: {objectives: {alienation_at_end: lower}}"
        )
    if not experiment.levers:
        raise ResultsError(
            "search needs levers: what somebody could choose, such as levers: {patron.policy: [swallow, salami]}"
        )
    used = {name for word in _words(experiment) for name in experiment.search.numbers_of(word)}
    unused = [name for name in experiment.search.numbers if name not in used]
    if unused:
        raise ResultsError(
            f"search.numbers.{unused[0]} is in no policy that a lever may choose; write ${unused[0]} in one, or delete it"
        )
    return experiment.search


def _words(experiment: Experiment) -> list[str]:
    """The words that levers may take."""
    return [
        value for lever in experiment.levers.values() if isinstance(lever, tuple) for value in lever if isinstance(value, str)
    ]


def describe(settings: Settings) -> str:
    """Settings in a few words.

    >>> describe({"patron.policy": "measured", "step": 0.25})
    'measured, step 0.25'
    """
    return ", ".join(
        value if isinstance(value, str) else f"{key.rpartition('.')[2]} {value:.3g}" for key, value in settings.items()
    )
