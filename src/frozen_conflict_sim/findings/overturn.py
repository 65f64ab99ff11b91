"""What you must believe to turn a finding around: the least joint change of parameters, in units of their support.

The unit of a parameter is how far a value of its grade may be off, as experiments with ``by_grade`` say: half of an assumed
value, a quarter of an estimated one, a tenth of a documented one; these shares are a convention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np

from ..analysis.doubt.turning_point import TurningPoint, turning_point
from ..analysis.intervals import critical_value, together
from ..analysis.summary import CAVEAT
from ..ensemble import played_often
from ..experiment.errors import ResultsError
from ..experiment.execute.workers import spread
from ..experiment.load import Experiment, experiment_from
from ..experiment.study.study import Study
from ..record.estimates import Estimate
from ..record.runs import Runs
from ..record.scoring import ensemble
from ..scenario import Scenario
from .all_findings import FINDINGS
from .finding import Finding
from .support import SHARES, Support, support_of
from .variants import base_of, variant

FARTHEST = 4.0  # units of support
SCREENING = 3  # times the runs, to choose these
MOST = 10  # parameters that may change at once
Estimates = dict[str, Estimate]


@dataclass(frozen=True)
class Overturned:
    """A finding with its least change: the parameters that may change, and the turning point in units of their support."""

    finding: Finding
    support: tuple[Support, ...]
    point: TurningPoint
    part: str
    runs: int

    @property
    def holds(self) -> bool:
        """Whether the estimates meet all targets as the model is."""
        return self.point.margin >= 0

    @property
    def changes(self) -> list[tuple[Support, float, float]]:
        """The parameters that change: support, change in units, and the value at the turning point; the largest first."""
        moved = [
            (one, float(change), one.value + float(change) * one.unit) for one, change in zip(self.support, self.point.change)
        ]
        return sorted((line for line in moved if line[1] != 0.0), key=lambda line: -abs(line[1]))

    @property
    def sentence(self) -> str:
        """What one must believe, computed."""
        turn = "stops holding" if self.holds else "begins to hold"
        if not self.point.turns:
            return f"No joint change within {FARTHEST:g} units of support was found by which it {turn}."
        moves = [
            f"{one.key} {'falls' if by < 0 else 'rises'} from {one.value:.3g} to {value:.3g} ({one.grade}, {abs(by):.1f})"
            for one, by, value in self.changes[:4]
        ]
        more = f" and {len(self.changes) - 4} more" if len(self.changes) > 4 else ""
        within = "within what the grades allow" if self.point.distance <= 1 else "more than the grades allow"
        return f"It {turn} {self.point.distance:.2f} units away, {within}, if {', '.join(moves)}{more}."

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return {
            "finding": self.finding.name,
            "claims": self.finding.sentence,
            "holds": self.holds,
            "part": self.part,
            "margin": self.point.margin,
            "distance": self.point.distance,
            "changes": [
                {"key": one.key, "from": one.value, "to": value, "units": change, "grade": one.grade}
                for one, change, value in self.changes
            ],
            "sentence": self.sentence,
        }


def margin_of(finding: Finding, found: Estimates) -> tuple[float, str, float]:
    """How far a finding is inside its targets (negative: outside), the part that decides, and the slope of it by its value."""
    decided = []
    for part, target in finding.targets.items():
        for end, slope in ((target.low, 1.0), (target.high, -1.0)):
            if np.isfinite(end):
                decided.append((slope * (found[part].value - end), part, slope))
    return min(decided, key=lambda line: (not np.isnan(line[0]), line[0]))


def screened(units: np.ndarray, effect: np.ndarray) -> np.ndarray:
    """The parameters, at most ten, whose own slope is certain: more than chance gives among so many; the order is kept."""
    slope = units.T @ effect / np.sum(units**2, axis=0)
    error = np.std(effect) / np.sqrt(np.sum(units**2, axis=0))
    score = np.abs(slope) / np.where(error > 0, error, np.inf)
    beyond = critical_value(len(effect) - 1, together(units.shape[1]))
    chosen = np.argsort(-score)[:MOST]
    return np.sort(chosen[score[chosen] > beyond])


@dataclass
class Turner:
    """The margin of a finding, and its slope by parameter, at changed parameters."""

    finding: Finding
    runs: int
    seed: int
    values: Mapping[str, object] = field(default_factory=dict)
    support: tuple[Support, ...] = ()
    part: str = ""

    def find(self) -> Overturned:
        """Choose the parameters that matter most, and search for the turning point."""
        everything = support_of([*map(base_of, self._names), *map(variant, self._names)], self.values)
        self.support = tuple(everything.values())
        units, effect = self._sample(np.zeros(len(self.support)), SCREENING * self.runs)
        chosen = screened(units, effect)
        if not len(chosen):
            margin, self.support = self._margin(np.zeros(0)), ()
            return Overturned(self.finding, (), TurningPoint(np.zeros(0), np.inf, margin, margin), self.part, self.runs)
        self.support = tuple(self.support[at] for at in chosen)
        ends = np.array([one.ends for one in self.support]).T
        point = turning_point(self._margin, self._slope, *ends, FARTHEST)
        return Overturned(self.finding, self.support, point, self.part, self.runs)

    def _margin(self, change: np.ndarray) -> float:
        moved = {one.key: one.moved(step) for one, step in zip(self.support, change) if step != 0.0}
        found = self._evaluate({name: ensemble(self._scenario(name, moved), self.runs, self.seed) for name in self._names})
        margin, self.part, _ = margin_of(self.finding, found)
        if np.isnan(margin):
            raise ResultsError(f"{self.finding.name} has no case in {self.runs} runs: use more --runs")
        return margin

    def _slope(self, change: np.ndarray) -> np.ndarray:
        """The slope of the margin by each parameter, by regression on runs in which all vary around where they are."""
        units, effect = self._sample(change, self.runs)
        return np.linalg.lstsq(units, effect, rcond=None)[0]

    def _sample(self, change: np.ndarray, runs: int) -> tuple[np.ndarray, np.ndarray]:
        """Runs in which all parameters vary: their deviations in units, shape ``(run, parameter)``, and each run's effect."""
        around = {one.key: one.around(step) for one, step in zip(self.support, change)}
        data = {name: played_often(Study(self._varied(name, around, runs))) for name in self._names}
        found = self._evaluate(data)
        _, part, sign = margin_of(self.finding, found)
        influence, effect = found[part].influence, np.zeros(runs)
        if influence is not None:
            effect[: len(influence)] = sign * influence * runs
        drawn = next(iter(data.values())).table([one.key for one in self.support]).to_numpy(float)
        return (drawn - drawn.mean(axis=0)) / np.array([one.unit for one in self.support]), effect

    @property
    def _names(self) -> tuple[str, ...]:
        return self.finding.scenarios

    def _scenario(self, name: str, values: dict) -> Scenario:
        return variant(name).with_values({**self.values, **values})

    def _varied(self, name: str, values: dict[str, dict], runs: int) -> Experiment:
        scenario = variant(name).with_values(dict(self.values)) if self.values else variant(name)
        data = {"question": name, "scenario": scenario, "uncertainties": values, "replicates": runs, "seed": self.seed}
        return experiment_from({**data, "keep": "all"})

    def _evaluate(self, data: dict) -> Estimates:
        return self.finding.evaluate({name: Runs(results) for name, results in data.items()})


def overturn(
    findings: Iterable[str] = (),
    values: Mapping[str, object] | None = None,
    *,
    runs: int = 400,
    seed: int = 2015,
    workers: int = 1,
    progress: Callable[[int], object] = lambda done: None,
) -> tuple[Overturned, ...]:
    """What turns findings around, by name, or all; ``values`` by dotted key change every variant, as ``--set`` does."""
    turners = [Turner(FINDINGS[name], runs, seed, dict(values or {})) for name in (findings or FINDINGS)]
    with closing(spread(Turner.find, turners, workers, _died)) as done:
        found = {}
        for one in done:
            found[one.finding.name] = one
            progress(1)
    return tuple(found[turner.finding.name] for turner in turners)


def to_dict(found: Iterable[Overturned]) -> dict:
    """Plain data, for machines."""
    return {"caveat": CAVEAT, "units": SHARES, "findings": [one.to_dict() for one in found]}


def _died(turner: Turner):
    raise ResultsError(f"the process for {turner.finding.name} died repeatedly: killed, or out of memory; use fewer --runs")
