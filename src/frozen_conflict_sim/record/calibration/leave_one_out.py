"""Leave-one-out validation: fit to all patterns but one, and predict the pattern left out with the accepted sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from ...analysis.approximate_bayes import ACCEPTANCE
from ...engine.setting import Value
from ...ensemble import run
from ...experiment.execute.workers import spread
from ...experiment.load.keys import effective
from ...scenario import Scenario
from ...scenario.addresses import addresses_in
from ...scenario.schema import declarations
from ..estimates import Estimate
from ..likelihood import likelihood_ratio, probability
from ..pattern import Pattern
from ..runs import Runs
from ..targets import Target
from .posterior import fitted
from .statistics import PointStatistics

SETS, RUNS = 64, 1024
FARTHEST = 3.0  # standard deviations, where a pattern has too few cases


@dataclass(frozen=True)
class LeaveOneOut:
    """One part of a pattern left out: its target, and its estimates under the defaults and under sets fitted to the others.

    ``unit`` is the standard deviation of the part over all points; distances are in this unit.
    """

    pattern: str
    part: str
    target: Target
    defaults: Estimate
    fitted: Estimate
    unit: float

    def distance(self, found: Estimate) -> float:
        """How far an estimate is outside the target, in units; three where no run shows a case."""
        if not found.runs:
            return FARTHEST
        return abs(found.value - float(np.clip(found.value, self.target.low, self.target.high))) / self.unit

    @property
    def likelihood_ratio(self) -> float:
        """The likelihood of the record under the fitted sets over that under the defaults; NaN if the part is no share."""
        return probability(self.fitted, self.target) / probability(self.defaults, self.target)


def overall_likelihood_ratio(lines: Sequence[LeaveOneOut]) -> Estimate | None:
    """The likelihood ratio of fitted sets to defaults over all patterns left out; None if no part is a share."""
    pairs: dict[str, list] = {}
    for line in lines:
        pairs.setdefault(line.pattern, []).append((line.fitted, line.defaults, line.target))
    return likelihood_ratio(pairs)


@dataclass(frozen=True)
class Refit:
    """A scenario to run, and the patterns to evaluate in it; ``name`` is the pattern left out, empty for the defaults."""

    name: str
    scenario: Scenario
    patterns: tuple[Pattern, ...]
    runs: int
    seed: int
    keep: tuple[str, ...] | None

    def evaluate(self) -> tuple[str, dict[str, dict[str, Estimate]]]:
        """Run the scenario; the estimates of each pattern by part."""
        runs = Runs(run(self.scenario, self.runs, self.seed, keep=self.keep))
        return self.name, {pattern.name: pattern.evaluate(dict.fromkeys(pattern.scenarios, runs)) for pattern in self.patterns}


def leave_one_out(
    points: PointStatistics, patterns: Sequence[Pattern], scenario: Scenario, seed: int, keep: tuple[str, ...] | None, *,
    runs: int = RUNS, acceptance: float = ACCEPTANCE, workers: int = 1, progress: Callable[[int], None] = lambda done: None,
) -> tuple[LeaveOneOut, ...]:  # fmt: skip
    """Predict each pattern with sets fitted to all others, and with the scenario's own values.

    Parts of other patterns with the same statistic as the pattern left out are left out too. ``progress`` is called with 1
    after each refit. With a single pattern there is nothing to leave out, and the result is empty.
    """
    refits = [Refit("", scenario, tuple(patterns), runs, seed, keep)]
    for pattern in patterns if len(patterns) > 1 else ():
        sets = fitted(points, points.without(pattern.name), acceptance).draw(SETS)
        refits.append(Refit(pattern.name, with_sets(scenario, points.keys, sets), (pattern,), runs, seed, keep))
    found: dict[str, dict] = {}
    with closing(spread(Refit.evaluate, refits, workers, _died)) as done:
        for name, estimates in done:
            found[name] = estimates
            progress(1)
    lines = []
    for (name, part), column in zip(points.parts, points.statistics.T):
        if name in found:
            pattern = next(pattern for pattern in patterns if pattern.name == name)
            known = column[~np.isnan(column)]
            unit = float(np.std(known)) if len(known) > 1 and np.std(known) > 0 else 1.0
            lines.append(LeaveOneOut(name, part, pattern.targets[part], found[""][name][part], found[name][name][part], unit))
    return tuple(lines)


def with_sets(scenario: Scenario, keys: Sequence[str], sets: np.ndarray) -> Scenario:
    """The scenario, in which each run draws one of the sets, shape ``(set, key)``, jointly."""
    factors = effective(list(keys), addresses_in(declarations(), scenario))
    values = dict(scenario.values)
    for key, column in zip(keys, sets.T):
        drawn = Value("choices", tuple(map(float, column)), source="calibrated", stream=key, jointly="calibrated")
        values |= dict.fromkeys(factors[key], drawn)
    return replace(scenario, values=values)


def _died(refit: Refit):
    left_out = f"without {refit.name!r}" if refit.name else "of the defaults"
    raise MemoryError(f"the process for the runs {left_out} died repeatedly: killed, or out of memory")
