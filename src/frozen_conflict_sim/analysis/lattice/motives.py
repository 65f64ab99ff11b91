"""What does an actor hope to get? All coalitions of its motives, each with the same random numbers.

A motive that is left out has the weight zero; all other numbers stay as the scenario has them, so costs and fears remain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from ...engine.declare.decision import Option
from ...ensemble import run
from ...experiment.errors import NoSuchColumn, ResultsError
from ...experiment.execute.workers import spread
from ...files.problems import listed, nearest
from ...model.columns import columns
from ...results import Results
from ...scenario import Scenario
from ...scenario.schema import declarations
from ..summary import CAVEAT
from .game import MOST_PLAYERS, Game
from .words import sentences

OPTION, OUTCOME, ENOUGH = "patron.treatment.ask_for_deeper_integration", "treaty_signed", 0.5


@dataclass(frozen=True)
class Lattice:
    """The games of an actor's motives, one for each outcome; outcomes happen in a run or do not.

    A coalition is sufficient if the outcome happens in a share of more than ``enough`` of its runs.
    """

    scenario: Scenario
    actor: str
    games: dict[str, Game]
    labels: dict[str, str]
    meanings: dict[str, str]
    enough: float
    seed: int

    @property
    def runs(self) -> int:
        """The number of runs of each coalition."""
        return next(iter(self.games.values())).runs

    @property
    def sentences(self) -> dict[str, str]:
        """What each game says, by outcome."""
        return {name: " ".join(sentences(game, self.labels[name], self.enough)) for name, game in self.games.items()}

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return {
            "caveat": CAVEAT,
            "scenario": self.scenario.title,
            "actor": self.actor,
            "runs": self.runs,
            "seed": self.seed,
            "enough": self.enough,
            "outcomes": {
                name: _game(game, self.enough) | {"sentence": self.sentences[name]} for name, game in self.games.items()
            },
        }


def _game(game: Game, enough: float) -> dict:
    pairs = [(one, other) for one in range(len(game.players)) for other in range(one)]
    return {
        "with_all": game.value[game.everybody],
        "with_none": game.value[0],
        "shares": [
            {"motive": name, "share": share.value, "interval": share.interval} for name, share in zip(game.players, game.shares)
        ],
        "interactions": [
            {"motives": [game.players[other], game.players[one]], "value": found.value, "interval": found.interval}
            for one, other in pairs
            for found in [game.interaction(one, other)]
        ],
        "minimal_sufficient": [
            {"motives": game.members(one), "share": game.value[one], "open": game.is_open(one, enough)}
            for one in game.sufficient(enough)
        ],
        "necessary": game.necessary(enough),
        "coalitions": [{"motives": game.members(one), "share": game.value[one]} for one in range(len(game.value))],
    }


@dataclass(frozen=True)
class Coalition:
    """A coalition to play: the scenario without the other motives, and the outcomes to look at."""

    number: int
    scenario: Scenario
    runs: int
    seed: int
    outcomes: tuple[str, ...]

    def play(self) -> tuple[int, np.ndarray]:
        """Its number, and the outcomes, shape ``(outcome, run)``."""
        return self.number, values_of(run(self.scenario, self.runs, self.seed, keep=()), self.outcomes)

    def died(self):
        """Raise: the process that played it was killed again and again."""
        raise ResultsError("a process that played a coalition died repeatedly: killed, or out of memory; use fewer --runs")


def values_of(results: Results, outcomes: Sequence[str]) -> np.ndarray:
    """Outcomes by run, shape ``(outcome, run)``; raises :class:`ResultsError` if a run failed."""
    if results.failures:
        raise ResultsError(f"{len(results.failures)} runs of {results.title!r} failed, so nothing can be compared")
    return results.table(outcomes).to_numpy(float).T


def lattice(
    scenario: Scenario,
    motives: Sequence[str] = (),
    outcomes: Sequence[str] = (OUTCOME,),
    *,
    option: str = OPTION,
    runs: int = 256,
    seed: int = 2015,
    enough: float = ENOUGH,
    workers: int = 1,
    progress: Callable[[int], object] = lambda done: None,
) -> Lattice:
    """Play all coalitions of the ``motives`` for an ``option``; without names, those that speak for it in the scenario.

    ``outcomes`` are yes-or-no outcomes, with an owner or bare for all owners. Raises :class:`ResultsError` for an unknown name
    or for too many motives. ``progress`` is called with the number of coalitions just played.
    """
    chosen = option_called(option)
    found = _outcomes(scenario, outcomes)
    names = _known(motives, chosen) or _speaking_for(scenario, chosen, runs, seed)
    if len(names) > MOST_PLAYERS:
        raise ResultsError(f"{len(names)} motives have {2 ** len(names):,} coalitions; name at most {MOST_PLAYERS} of them")
    role = chosen.decision.role
    ordered = []
    for number in range(2 ** len(names)):
        left_out = {f"{role.name}.incentives.{name}": 0.0 for at, name in enumerate(names) if not number >> at & 1}
        ordered.append(Coalition(number, scenario.with_values(left_out), runs, seed, tuple(found)))
    worth = np.empty((len(found), len(ordered), runs))
    with closing(spread(Coalition.play, ordered, workers, Coalition.died)) as done:
        for number, values in done:
            worth[:, number] = values
            progress(1)
    meanings = {name: next(one.rule.sentence for one in chosen.incentives if one.name == name) for name in names}
    games = {name: Game(names, values) for name, values in zip(found, worth)}
    return Lattice(scenario, actors_name(scenario, role), games, found, meanings, enough, seed)


def option_called(address: str) -> Option:
    """The option with an address such as ``patron.treatment.raise_subsidy``."""
    options = {option.address: option for decision in declarations().decisions.values() for option in decision.options}
    if address not in options or options[address].nothing:
        known = [name for name, option in options.items() if not option.nothing]
        hint = nearest(address, known) or f"; there are {listed(known, 4)}"
        raise NoSuchColumn(f"there is no option {address!r}{hint}")
    return options[address]


def actors_name(scenario: Scenario, role) -> str:
    """The name of the only member of a role, or what the role is called."""
    members = scenario.entities[role.level]
    return scenario.names.get(members[0], members[0]) if len(members) == 1 else f"every {role.name}"


def _known(motives: Sequence[str], option: Option) -> tuple[str, ...]:
    known = [incentive.name for incentive in option.incentives if incentive.weight]
    for name in motives:
        if name not in known:
            hint = nearest(name, known) or f"; there are {listed(known, len(known))}"
            raise NoSuchColumn(f"{option.address} has no motive {name!r}{hint}")
    return tuple(dict.fromkeys(motives))


def _speaking_for(scenario: Scenario, option: Option, runs: int, seed: int) -> tuple[str, ...]:
    """The incentives of an option that spoke for it on average, in runs of the scenario as it is, the strongest first."""
    names = [incentive.name for incentive in option.incentives if incentive.weight == incentive.name]
    known = [column.name for column in columns(scenario) if column.kind == "outcome"]
    wanted = {name: [column for column in known if column.endswith(f".utility.{name}")] for name in names}
    table = run(scenario, runs, seed, keep=()).table([column for found in wanted.values() for column in found])
    spoke = {name: float(table[found].to_numpy().mean()) for name, found in wanted.items() if found}
    return tuple(sorted((name for name, mean in spoke.items() if mean > 0.0), key=lambda name: -spoke[name]))


def _outcomes(scenario: Scenario, names: Sequence[str]) -> dict[str, str]:
    """Labels of the yes-or-no outcomes that some names mean, by column."""
    known = {
        column.name: column.label for column in columns(scenario) if column.kind == "outcome" and column.unit == "yes or no"
    }
    found: dict[str, str] = {}
    for name in names:
        meant = [column for column in known if column == name or column.partition(".")[2] == name]
        if not meant:
            tails = dict.fromkeys(column.partition(".")[2] for column in known)
            hint = nearest(name, [*known, *tails]) or f"; there are {listed(tails, 4)}"
            raise NoSuchColumn(f"there is no yes-or-no outcome {name!r}{hint}")
        found |= {column: known[column] for column in meant}
    return found
