"""The summary statistics of a calibration: the estimates of all parts of patterns at each point of an experiment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...engine.declare.parameter import Quantity
from ...experiment.errors import ResultsError
from ...experiment.load import Experiment
from ...experiment.study.resolved_factors import ResolvedFactors
from ...results import Results
from ..likelihood import CASES, probability
from ..pattern import Pattern
from ..runs import Runs, in_quarters
from ..targets import FEWEST

SAMPLING = ("sobol", "latin_hypercube")


@dataclass(frozen=True)
class PointStatistics:
    """The points of a design with the statistics of their runs.

    Shapes are ``(point, key)`` for ``values``, ``(key, 2)`` for ``bounds``, ``(point, part)`` for ``statistics`` (NaN where
    fewer than ten runs show a case) and ``(part, 2)`` for ``targets``. ``likelihood`` is the log-likelihood of the cases of
    the record, shape ``(point, part)``; zero where a part is no share of cases. ``cases`` has their number, shape ``(part,)``.
    Each of ``parts`` is a pair: the name of a pattern and that of its part.
    """

    keys: tuple[str, ...]
    values: np.ndarray
    bounds: np.ndarray
    parts: tuple[tuple[str, str], ...]
    statistics: np.ndarray
    targets: np.ndarray
    likelihood: np.ndarray
    cases: np.ndarray
    runs_per_point: int

    def of(self, patterns: Sequence[str]) -> np.ndarray:
        """A mask of the parts that belong to some patterns."""
        return np.array([name in patterns for name, _ in self.parts])

    def without(self, pattern: str) -> np.ndarray:
        """A mask of the parts without those of a pattern, and without parts of others that have the same statistics."""
        own, numbers = self.of([pattern]), self.statistics.T
        return ~np.array([any(np.array_equal(part, other, equal_nan=True) for other in numbers[own]) for part in numbers])


class PointRuns(Runs):
    """The runs of one point: ``rows`` of all runs."""

    def __init__(self, all_runs: Runs, rows: np.ndarray):
        self.scenario, self._results = all_runs.scenario, all_runs._results
        self._all_runs, self._rows = all_runs, rows
        self.alive = all_runs.alive[rows]

    def outcome(self, name):
        """An outcome of these runs."""
        return self._all_runs.outcome(name)[self._rows]

    def _stored(self, name):
        return self._all_runs._stored(name)[self._rows]


class AllRuns(Runs):
    """All runs of an experiment, with the point of each; outcomes are read once."""

    def __init__(self, results: Results):
        super().__init__(results)
        self._outcomes: dict[str, np.ndarray] = {}
        points = results.table(["run", "point"]).set_index("run")["point"]
        self.points = points.loc[self._numbers].to_numpy()

    def outcome(self, name):
        """An outcome by run, read once."""
        if name not in self._outcomes:
            self._outcomes[name] = super().outcome(name)
        return self._outcomes[name]


def check(experiment: Experiment) -> None:
    """Raise :class:`ResultsError` unless the design samples uncertainties, without levers and arms."""
    if experiment.design.kind not in SAMPLING or experiment.levers or experiment.arms:
        raise ResultsError("a calibration needs a sampling design (sobol or latin_hypercube) without levers and compare_with")
    in_quarters(experiment.scenario)


def point_statistics(results: Results, patterns: Sequence[Pattern]) -> PointStatistics:
    """The statistics of some patterns, all of one scenario, at each point of a sampling experiment.

    The values to fit are the uncertainties of the experiment; those of the scenario stay uncertain. Raises
    :class:`ResultsError` for an experiment with levers or arms, or with a design that does not sample.
    """
    experiment = results.experiment
    check(experiment)
    factors = ResolvedFactors(experiment)
    spec = factors.spec
    keys = tuple(key for key in spec.sampled() if key in results.columns and key not in factors.inherited)
    all_runs = AllRuns(results)
    frame = results.table(["point", *keys]).drop_duplicates("point").set_index("point").sort_index()
    order = np.argsort(all_runs.points, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(all_runs.points[order])) + 1)
    parts = tuple((pattern.name, part) for pattern in patterns for part in pattern.targets)
    evaluated = [[statistics_of(pattern, PointRuns(all_runs, rows)) for pattern in patterns] for rows in groups]
    found, likelihood = (np.array([[number for each in row for number in each[at]] for row in evaluated]) for at in (0, 1))
    targets = np.array([(target.low, target.high) for pattern in patterns for target in pattern.targets.values()])
    present = [all_runs.points[rows[0]] for rows in groups]
    bounds = np.array([_bounds(spec.sampled()[key], spec.quantities[key]) for key in keys])
    values = frame.loc[present, list(keys)].to_numpy(float)
    cases = np.array([CASES[pattern.strength] for pattern in patterns for _ in pattern.targets])
    cases = np.where((likelihood != 0.0).any(axis=0), cases, 0)
    return PointStatistics(keys, values, bounds, parts, found, targets, likelihood, cases, max(map(len, groups)))


def statistics_of(pattern: Pattern, runs: Runs) -> tuple[list[float], list[float]]:
    """The estimate of each part of a pattern, and the log-likelihood of its cases of the record.

    An estimate is NaN if fewer than ten runs show a case, or if it is infinite (the event comes after the end of the runs).
    """
    found = pattern.evaluate(dict.fromkeys(pattern.scenarios, runs))
    parts = [found[part] for part in pattern.targets]
    values = [part.value if part.runs >= FEWEST and np.isfinite(part.value) else np.nan for part in parts]
    probabilities = [probability(part, target) for part, target in zip(parts, pattern.targets.values())]
    return values, [CASES[pattern.strength] * float(np.log(each)) if np.isfinite(each) else 0.0 for each in probabilities]


def _bounds(value, declared: Quantity) -> tuple[float, float]:
    return value.numbers if value.law == "between" else (declared.low, declared.high)
