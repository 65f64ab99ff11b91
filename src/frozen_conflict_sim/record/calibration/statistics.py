"""What patterns find at each point of an experiment: a row a point, a column a part of a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...engine.declare.parameter import Quantity
from ...experiment.errors import ResultsError
from ...experiment.spec import Experiment
from ...experiment.study.factors import ResolvedFactors
from ...results import Results
from ..likelihood import CASES, probability
from ..pattern import Pattern
from ..runs import Runs, in_quarters
from ..targets import FEWEST

SAMPLING = ("sobol", "latin_hypercube")


@dataclass(frozen=True)
class Evidence:
    """Points of a design, and what was seen at each.

    ``values`` is ``(point, key)`` and ``bounds`` ``(key, 2)``; ``statistics`` is ``(point, part)``, NaN where there was too
    little to see, and ``targets`` ``(part, 2)``. ``likelihood`` is the logarithm of how probable the cases are that the record
    holds, ``(point, part)``; zero where a part is no share of cases. ``parts`` are pairs of a pattern's name and its part's.
    """

    keys: tuple[str, ...]
    values: np.ndarray
    bounds: np.ndarray
    parts: tuple[tuple[str, str], ...]
    statistics: np.ndarray
    targets: np.ndarray
    likelihood: np.ndarray
    runs_a_point: int

    def of(self, patterns: Sequence[str]) -> np.ndarray:
        """Which parts belong to some patterns."""
        return np.array([name in patterns for name, _ in self.parts])

    def without(self, pattern: str) -> np.ndarray:
        """Which parts are left when a pattern is left out: none of its own, nor the same number where another has it too."""
        own, numbers = self.of([pattern]), self.statistics.T
        return ~np.array([any(np.array_equal(part, other, equal_nan=True) for other in numbers[own]) for part in numbers])


class Point(Runs):
    """The runs of one point."""

    def __init__(self, whole: Runs, rows: np.ndarray):
        self.scenario, self._results = whole.scenario, whole._results
        self._whole, self._rows = whole, rows
        self.alive = whole.alive[rows]

    def outcome(self, name):
        """An outcome of these runs."""
        return self._whole.outcome(name)[self._rows]

    def _stored(self, name):
        return self._whole._stored(name)[self._rows]


class Whole(Runs):
    """All runs; what is read is kept, and each belongs to a point."""

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
    """Refuse an experiment whose points are not a sample of its uncertainties alone."""
    if experiment.design.kind not in SAMPLING or experiment.levers or experiment.arms:
        raise ResultsError("a calibration needs a sampling design (sobol or lhs) without levers and compare_with")
    in_quarters(experiment.scenario)


def evidence(results: Results, patterns: Sequence[Pattern]) -> Evidence:
    """What some patterns, which look at one scenario, find at each point of a sampling experiment without levers.

    Free values are the uncertainties of the experiment; what the scenario itself leaves open stays open.
    """
    experiment = results.experiment
    check(experiment)
    settled = ResolvedFactors(experiment)
    material = settled.material
    keys = tuple(key for key in material.sampled() if key in results.columns and key not in settled.inherited)
    whole = Whole(results)
    frame = results.table(["point", *keys]).drop_duplicates("point").set_index("point").sort_index()
    order = np.argsort(whole.points, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(whole.points[order])) + 1)
    parts = tuple((pattern.name, part) for pattern in patterns for part in pattern.targets)
    looks = [[look(pattern, Point(whole, rows)) for pattern in patterns] for rows in groups]
    found, likelihood = (np.array([[number for seen in row for number in seen[at]] for row in looks]) for at in (0, 1))
    targets = np.array([(target.low, target.high) for pattern in patterns for target in pattern.targets.values()])
    present = [whole.points[rows[0]] for rows in groups]
    bounds = np.array([_bounds(material.sampled()[key], material.quantities[key]) for key in keys])
    values = frame.loc[present, list(keys)].to_numpy(float)
    return Evidence(keys, values, bounds, parts, found, targets, likelihood, max(map(len, groups)))


def look(pattern: Pattern, runs: Runs) -> tuple[list[float], list[float]]:
    """The parts of a pattern, and the logarithm of how probable the cases of the record are by each.

    A part is NaN where fewer than ten runs show anything, or what is looked for comes after their end.
    """
    found = pattern.look(dict.fromkeys(pattern.scenarios, runs))
    seen = [found[part] for part in pattern.targets]
    values = [part.value if part.runs >= FEWEST and np.isfinite(part.value) else np.nan for part in seen]
    chances = [probability(part, target) for part, target in zip(seen, pattern.targets.values())]
    return values, [CASES[pattern.strength] * float(np.log(chance)) if np.isfinite(chance) else 0.0 for chance in chances]


def _bounds(value, declared: Quantity) -> tuple[float, float]:
    return value.numbers if value.law == "between" else (declared.low, declared.high)
