"""Score the patterns under the model, the null models, and the model with each pattern's mechanism switched off.

One process runs the ensembles of an arm and evaluates its patterns; only the estimates are returned.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import dataclass

from ..ensemble import ensemble_of, played_often
from ..experiment.errors import ResultsError
from ..experiment.execute.workers import spread
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


class RunsFailed(ResultsError):
    """Runs that patterns need did not finish."""


@dataclass(frozen=True)
class Arm:
    """A model to score: its scenarios by name, and the :class:`~.runs.Runs` classes by which patterns read them.

    Trivial nulls are read from the runs of the model, so one arm may give several ``readers`` by name.
    """

    name: str
    scenarios: dict[str, Scenario]
    patterns: tuple[str, ...]
    readers: dict[str, type[Runs]]
    runs: int
    seed: int

    @property
    def size(self) -> int:
        """The number of runs."""
        return self.runs * len(self._needed)

    @property
    def _needed(self) -> list[str]:
        return sorted({name for pattern in self.patterns for name in PATTERNS[pattern].scenarios})

    def evaluate(self) -> tuple[str, dict[str, Found]]:
        """Run the ensembles; by reader the estimates of each pattern."""
        ensembles = {name: ensemble(self.scenarios[name], self.runs, self.seed) for name in self._needed}
        found = {}
        for name, reader in self.readers.items():
            runs = {scenario: reader(results) for scenario, results in ensembles.items()}
            found[name] = {pattern: PATTERNS[pattern].evaluate(runs) for pattern in self.patterns}
        return self.name, found


def ensemble(scenario: Scenario, runs: int, seed: int) -> Results:
    """Runs of a scenario in memory; raises :class:`RunsFailed` if some could not be finished."""
    study = Study(ensemble_of(scenario, runs, seed))
    results = played_often(study)
    if results.failures:
        reason = results.failures[0]["traceback"].strip().splitlines()[-1]
        raise RunsFailed(f"{len(results.failures)} of {runs} runs of {scenario.title!r} failed; the first: {reason}")
    return results


def arms(scenarios: Mapping[str, Scenario], runs: int, seed: int, only: Collection[str] = ()) -> list[Arm]:
    """The arms that score the patterns whose scenarios are given: the model, null models, models with a mechanism off.

    ``only`` restricts the patterns to some names.
    """
    wanted = {name: pattern for name, pattern in PATTERNS.items() if not only or name in only}
    known = tuple(name for name, pattern in wanted.items() if set(pattern.scenarios) <= set(scenarios))
    few = min(runs, MOST_FOR_NULLS)
    readers = {MODEL: Runs} | {name: null.transforms for name, null in NULLS.items() if null.transforms}
    made = [Arm(MODEL, dict(scenarios), known, readers, runs, seed)] if known else []
    for name, null in NULLS.items():
        if null.change and known:
            changed = {place: null.change(scenario) for place, scenario in scenarios.items()}
            made.append(Arm(name, changed, known, {name: Runs}, few, seed))
    groups: dict[str, list[str]] = {}
    for name in known:
        if PATTERNS[name].mechanism_off:
            groups.setdefault(PATTERNS[name].mechanism_off.description, []).append(name)
    for description, names in groups.items():
        changed = {
            place: without_mechanism(scenario, PATTERNS[names[0]].mechanism_off) for place, scenario in scenarios.items()
        }
        made.append(Arm(f"{MECHANISM_OFF}: {description}", changed, tuple(names), {MECHANISM_OFF: Runs}, few, seed))
    return made


def validate(scenarios: Mapping[str, Scenario] | None = None, runs: int = 2000, seed: int = 1, workers: int = 1) -> Scoreboard:
    """Score all patterns that need no other than these scenarios, by default the shipped ones."""
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
    """Run and evaluate all arms; ``progress`` is called with the number of runs of each finished arm."""
    found: dict[str, Found] = {}
    sizes = {arm.name: arm.size for arm in made}
    with closing(spread(Arm.evaluate, made, workers, _died)) as done:
        for name, by_reader in done:
            for reader, estimates in by_reader.items():
                found.setdefault(reader, {}).update(estimates)
            progress(sizes[name])
    missing = {
        name: tuple(scenario for scenario in pattern.scenarios if scenario not in scenarios)
        for name, pattern in PATTERNS.items()
    }
    lines = (
        Line.of(pattern, {reader: estimates[name] for reader, estimates in found.items() if name in estimates})
        for name, pattern in PATTERNS.items()
        if any(name in estimates for estimates in found.values())
    )
    return Scoreboard(
        lines=tuple(lines),
        scenarios={name: scenario.title for name, scenario in scenarios.items()},
        unscored={name: lacks for name, lacks in missing.items() if lacks},
        runs=runs,
        runs_of_nulls=min(runs, MOST_FOR_NULLS),
        seed=seed,
    )


def _died(arm: Arm):
    raise RunsFailed(f"the process for {arm.name!r} died repeatedly: killed, or out of memory")
