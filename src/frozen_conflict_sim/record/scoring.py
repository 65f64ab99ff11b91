"""Score the patterns: play the model, the null models, and the model without each pattern's mechanism; look; judge.

The ensembles of one arm are played and looked at in one process, and only the estimates come back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import dataclass

from ..ensemble import ensemble_of
from ..experiment.errors import ResultsError
from ..experiment.execute.tasks import MOST
from ..experiment.execute.workers import spread
from ..experiment.perform import perform
from ..experiment.store.sources import Memory
from ..experiment.study.study import Study
from ..results import Results
from ..scenario import Scenario
from .estimates import Estimate
from .matching import scenarios_to_score
from .nulls import NULLS, without_mechanism
from .patterns import PATTERNS
from .runs import Runs
from .scoreboard import MECHANISM_OFF, MODEL, Line, Scoreboard

MOST_FOR_NULLS = 400
Found = dict[str, dict[str, Estimate]]


class NotPlayed(ResultsError):
    """Runs that patterns look at could not be finished."""


@dataclass(frozen=True)
class Arm:
    """What is played and looked at in one go: scenarios by name, and who reads them how."""

    name: str
    scenarios: dict[str, Scenario]
    patterns: tuple[str, ...]
    readings: dict[str, type[Runs]]
    runs: int
    seed: int

    @property
    def size(self) -> int:
        """How many runs it takes."""
        return self.runs * len(self._needed)

    @property
    def _needed(self) -> list[str]:
        return sorted({name for pattern in self.patterns for name in PATTERNS[pattern].scenarios})

    def look(self) -> tuple[str, dict[str, Found]]:
        """For each reading what each pattern finds."""
        played = {name: ensemble(self.scenarios[name], self.runs, self.seed) for name in self._needed}
        found = {}
        for reading, reader in self.readings.items():
            seen = {name: reader(results) for name, results in played.items()}
            found[reading] = {pattern: PATTERNS[pattern].look(seen) for pattern in self.patterns}
        return self.name, found


def ensemble(scenario: Scenario, runs: int, seed: int) -> Results:
    """Runs of a scenario in memory; raises :class:`NotPlayed` if some could not be finished."""
    study = Study(ensemble_of(scenario, runs, seed))
    results = Results(Memory(study, perform(study, size=MOST)))
    if results.failures:
        reason = results.failures[0]["traceback"].strip().splitlines()[-1]
        raise NotPlayed(f"{len(results.failures)} of {runs} runs of {scenario.title!r} failed; the first: {reason}")
    return results


def arms(scenarios: Mapping[str, Scenario], runs: int, seed: int, only: Collection[str] = ()) -> list[Arm]:
    """The model, the null models, and the model without the mechanism of each pattern that can be looked at.

    ``only`` names the patterns that are wanted, if not all.
    """
    wanted = {name: pattern for name, pattern in PATTERNS.items() if not only or name in only}
    known = tuple(name for name, pattern in wanted.items() if set(pattern.scenarios) <= set(scenarios))
    few = min(runs, MOST_FOR_NULLS)
    reads = {MODEL: Runs} | {name: null.reads for name, null in NULLS.items() if null.reads}
    made = [Arm(MODEL, dict(scenarios), known, reads, runs, seed)] if known else []
    for name, null in NULLS.items():
        if null.change and known:
            changed = {place: null.change(scenario) for place, scenario in scenarios.items()}
            made.append(Arm(name, changed, known, {name: Runs}, few, seed))
    groups: dict[str, list[str]] = {}
    for name in known:
        if PATTERNS[name].mechanism_off:
            groups.setdefault(PATTERNS[name].mechanism_off.says, []).append(name)
    for says, names in groups.items():
        changed = {
            place: without_mechanism(scenario, PATTERNS[names[0]].mechanism_off) for place, scenario in scenarios.items()
        }
        made.append(Arm(f"{MECHANISM_OFF}: {says}", changed, tuple(names), {MECHANISM_OFF: Runs}, few, seed))
    return made


def validate(scenarios: Mapping[str, Scenario] | None = None, runs: int = 2000, seed: int = 1, workers: int = 1) -> Scoreboard:
    """Score all patterns that look at no other than these scenarios, by default those shipped."""
    scenarios = scenarios_to_score() if scenarios is None else scenarios
    return score(arms(scenarios, runs, seed), scenarios, runs, seed, workers=workers)


def score(
    made: list[Arm],
    scenarios: Mapping[str, Scenario],
    runs: int,
    seed: int,
    *,
    workers: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> Scoreboard:
    """Play and look at all arms; ``progress`` is told how many more runs are done."""
    found: dict[str, Found] = {}
    sizes = {arm.name: arm.size for arm in made}
    with closing(spread(Arm.look, made, workers, _lost)) as done:
        for name, part in done:
            for reading, seen in part.items():
                found.setdefault(reading, {}).update(seen)
            progress(sizes[name])
    missing = {
        name: tuple(place for place in pattern.scenarios if place not in scenarios) for name, pattern in PATTERNS.items()
    }
    lines = (
        Line.of(pattern, {reading: seen[name] for reading, seen in found.items() if name in seen})
        for name, pattern in PATTERNS.items()
        if any(name in seen for seen in found.values())
    )
    return Scoreboard(
        lines=tuple(lines),
        scenarios={name: scenario.title for name, scenario in scenarios.items()},
        unscored={name: places for name, places in missing.items() if places},
        runs=runs,
        runs_of_nulls=min(runs, MOST_FOR_NULLS),
        seed=seed,
    )


def _lost(arm: Arm):
    raise NotPlayed(f"the process that played {arm.name!r} died, again and again: killed, or out of memory")
