"""Score the statements with their mechanisms on and off. One process plays a theme; only the estimates are returned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import dataclass

from ...experiment.execute.workers import spread
from ...scenario import Scenario
from ..matching import scenarios_to_score
from ..scoring import RunsFailed, ensemble
from .board import StatementBoard, StatementLine
from .play import Ensembles, Play
from .statement import STATEMENTS, Found

RUNS = 600


@dataclass(frozen=True)
class Task:
    """The statements of a theme and the scenarios that they play; their ensembles are shared while the theme is played."""

    theme: str
    names: tuple[str, ...]
    scenarios: dict[str, Scenario]
    runs: int
    seed: int

    def evaluate(self) -> dict[str, tuple[Found, Found | None]]:
        """By statement the estimates with the mechanism on and off; ``None`` where no mechanism is declared."""
        ensembles = Ensembles(self.scenarios, self.runs, self.seed, ensemble)
        return {name: self._estimates(name, ensembles) for name in self.names}

    @staticmethod
    def _estimates(name: str, ensembles: Ensembles) -> tuple[Found, Found | None]:
        said = STATEMENTS[name]
        on = said.function(Play(ensembles, said.scenarios))
        off = said.function(Play(ensembles, said.scenarios, said.mechanism_off)) if said.mechanism_off else None
        return on, off


def scenarios_of_statements() -> list[str]:
    """The names of the scenarios that some statement plays."""
    return list(dict.fromkeys(name for said in STATEMENTS.values() for name in said.scenarios))


def tasks(scenarios: Mapping[str, Scenario], runs: int, seed: int, only: Collection[str] = ()) -> list[Task]:
    """A task for each theme, the largest first, of the statements whose scenarios are given.

    ``only`` restricts the statements to some names.
    """
    known = [said for name, said in STATEMENTS.items() if (not only or name in only) and set(said.scenarios) <= set(scenarios)]
    themes = Counter(said.theme for said in known)
    made = []
    for theme, _ in themes.most_common():
        mine = [said for said in known if said.theme == theme]
        needed = {name: scenarios[name] for said in mine for name in said.scenarios}
        made.append(Task(theme, tuple(said.name for said in mine), needed, runs, seed))
    return made


def validate_statements(
    scenarios: Mapping[str, Scenario] | None = None, runs: int = RUNS, seed: int = 1, workers: int = 1
) -> StatementBoard:
    """Score all statements that play no other than these scenarios, by default the shipped ones."""
    scenarios = scenarios_to_score(needed=scenarios_of_statements()) if scenarios is None else scenarios
    return score_statements(scenarios, runs=runs, seed=seed, workers=workers)


def score_statements(
    scenarios: Mapping[str, Scenario],
    *,
    runs: int = RUNS,
    seed: int = 1,
    workers: int = 1,
    only: Collection[str] = (),
    progress: Callable[[int], None] = lambda done: None,
) -> StatementBoard:
    """Play and score statements, theme by theme; ``progress`` is called with the number of statements just scored.

    Raises :class:`~..scoring.RunsFailed` if some runs could not be finished.
    """
    found: dict[str, tuple[Found, Found | None]] = {}
    with closing(spread(Task.evaluate, tasks(scenarios, runs, seed, only), workers, _died)) as done:
        for estimates in done:
            found.update(estimates)
            progress(len(estimates))
    missing = {name: tuple(place for place in said.scenarios if place not in scenarios) for name, said in STATEMENTS.items()}
    return StatementBoard(
        lines=tuple(StatementLine.of(said, *found[name]) for name, said in STATEMENTS.items() if name in found),
        scenarios={name: scenario.title for name, scenario in scenarios.items()},
        unscored={name: lacks for name, lacks in missing.items() if lacks},
        runs=runs,
        seed=seed,
    )


def _died(task: Task):
    raise RunsFailed(f"the process for the statements of {task.theme!r} died repeatedly: killed, or out of memory")
