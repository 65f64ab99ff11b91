"""Leave one out: fit to all patterns but one, play what is plausible then, and see how near it comes to the one left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from ...engine.setting import Value
from ...ensemble import run
from ...experiment.execute.workers import spread
from ...experiment.load.factors import effective
from ...scenario import Scenario
from ...scenario.addresses import Addresses
from ...scenario.load import declarations
from ..estimates import Estimate
from ..likelihood import likelihood_ratio, probability
from ..pattern import Pattern
from ..runs import Runs
from ..targets import Target
from .posterior import fitted
from .statistics import Evidence

SETS, RUNS = 64, 1024


@dataclass(frozen=True)
class LeftOut:
    """One part of a pattern that was left out: its target, what the defaults give, and what was fitted to the others.

    ``unit`` is a typical deviation of the part over all points; distances to the target are told in it. Where the part is a
    share of cases, the two are compared by how probable they make what the record shows.
    """

    pattern: str
    part: str
    target: Target
    defaults: Estimate
    fitted: Estimate
    unit: float

    def distance(self, found: Estimate) -> float:
        """How far an estimate lies outside the target, in units; nothing to see is as far as can be told: 3."""
        if not found.runs:
            return 3.0
        return abs(found.value - float(np.clip(found.value, self.target.low, self.target.high))) / self.unit

    @property
    def times(self) -> float:
        """How many times as probable what the record shows is by the fitted sets as by the defaults; NaN for other numbers."""
        return probability(self.fitted, self.target) / probability(self.defaults, self.target)


def all_in_all(lines: Sequence[LeftOut]) -> Estimate | None:
    """How many times as probable the record is by sets fitted to the rest of it as by the defaults, over all patterns."""
    pairs: dict[str, list] = {}
    for line in lines:
        pairs.setdefault(line.pattern, []).append((line.fitted, line.defaults, line.target))
    return likelihood_ratio(pairs)


@dataclass(frozen=True)
class Playing:
    """A scenario that is played, and the patterns that look at it."""

    name: str
    scenario: Scenario
    patterns: tuple[Pattern, ...]
    runs: int
    seed: int
    keep: tuple[str, ...] | None

    def look(self) -> tuple[str, dict[str, dict[str, Estimate]]]:
        """What each pattern finds."""
        seen = Runs(run(self.scenario, self.runs, self.seed, keep=self.keep))
        return self.name, {pattern.name: pattern.look(dict.fromkeys(pattern.scenarios, seen)) for pattern in self.patterns}


def left_out(
    evidence: Evidence, patterns: Sequence[Pattern], scenario: Scenario, seed: int, keep: tuple[str, ...] | None, *,
    runs: int = RUNS, kept: float = 0.05, workers: int = 1, progress: Callable[[int], None] = lambda done: None,
) -> tuple[LeftOut, ...]:  # fmt: skip
    """For each pattern what the sets give that were fitted to all others, and what the scenario's own values give."""
    playings = [Playing("", scenario, tuple(patterns), runs, seed, keep)]
    for pattern in patterns if len(patterns) > 1 else ():
        sets = fitted(evidence, evidence.without(pattern.name), kept).draw(SETS)
        playings.append(Playing(pattern.name, with_sets(scenario, evidence.keys, sets), (pattern,), runs, seed, keep))
    found: dict[str, dict] = {}
    with closing(spread(Playing.look, playings, workers, _lost)) as done:
        for name, seen in done:
            found[name] = seen
            progress(1)
    lines = []
    for (name, part), column in zip(evidence.parts, evidence.statistics.T):
        if name in found:
            pattern = next(pattern for pattern in patterns if pattern.name == name)
            seen = column[~np.isnan(column)]
            spread_of = float(np.std(seen)) if len(seen) > 1 and np.std(seen) > 0 else 1.0
            lines.append(LeftOut(name, part, pattern.targets[part], found[""][name][part], found[name][name][part], spread_of))
    return tuple(lines)


def with_sets(scenario: Scenario, keys: Sequence[str], sets: np.ndarray) -> Scenario:
    """The scenario, each of whose runs draws one of the sets whole."""
    settled = effective(list(keys), Addresses(declarations(), scenario.entities))
    values = dict(scenario.values)
    for key, column in zip(keys, sets.T):
        drawn = Value("choices", tuple(map(float, column)), source="calibrated", stream=key, jointly="calibrated")
        values |= dict.fromkeys(settled[key], drawn)
    return replace(scenario, values=values)


def _lost(playing: Playing):
    raise MemoryError(f"the process that played without {playing.name!r} died, again and again: killed, or out of memory")
