"""What territories observe of their residents, what residents read, and publics that live and vote by their rules."""

from __future__ import annotations

import numpy as np

from ..engine.arrays.population import PopulationState
from ..engine.declare.derived import Vote
from ..engine.declare.population import CANDIDATE
from ..engine.numerics import of_shape
from ..politics.roles import public
from .answers import Ballot


class Observation:
    """The quantities of territories that are averages over residents, and the causes of their changes."""

    def __init__(self, world, populations: list[PopulationState]):
        self.world, self.populations = world, populations

    def surroundings(self, place: int, name: str) -> np.ndarray:
        """The value that the residents of a territory read under a name, shape ``(run,)``."""
        values = self.world.view(public.level)[name]
        values = values[place if values.shape[-2] > 1 else 0]
        return of_shape(values, (self.world.runs,))

    def reader(self, place: int):
        """The function by which the residents of a territory read."""
        return lambda name: self.surroundings(place, name)

    def initialise(self) -> None:
        """Give residents the opinions that they hold at the start, and observe them."""
        for place, population in enumerate(self.populations):
            population.initialise(self.reader(place))
        self.observe()

    def observe(self, notes: dict[int, list] | None = None) -> None:
        """Let the territories see the averages over their residents; ``notes`` are the contributions by place."""
        observed = public.residents.observed
        names = [each.of for each in observed]
        seen = [population.averages(names, self.reader(at)) for at, population in enumerate(self.populations)]
        for each in observed:
            before = self.world.values[each.name]
            now = np.stack([averages[each.of] for averages in seen])
            self.world.values[each.name] = np.where(self.world.active, now, before)
            self._account_for(each, before, notes or {})
        self.world.refresh()

    def _account_for(self, observed, reached: np.ndarray, notes: dict[int, list]) -> None:
        """Note the causes of a change: of a trait what moved it and what rounding left, of a derived value the value itself."""
        causes: dict[str, np.ndarray] = {}
        for place, contributions in notes.items():
            for trait, cause, amount in contributions:
                if trait == observed.of:
                    causes.setdefault(cause, np.zeros(reached.shape))[place] = amount
        for cause, amount in causes.items():
            self.world.note(observed.name, cause, amount)
            reached = reached + amount
        cause = "rounding" if observed.of in public.residents.traits else observed.of
        self.world.note(observed.name, cause, self.world.values[observed.name] - reached)

    def ballots(self, vote: Vote) -> list[Ballot]:
        """The ballots of a vote, one for each territory."""
        view, shape = self.world.view(public.level), (len(self.populations), self.world.runs)
        held = np.broadcast_to(view[vote.when], shape) > 0.5
        otherwise = np.broadcast_to(view[vote.otherwise], shape)
        candidates = self.world.members(vote.among)
        rules = public.residents.candidates.items() if held.any() else ()
        seen = [
            {name: np.broadcast_to(rule(_CandidateView(view, at)), shape) for name, rule in rules}
            for at in range(len(candidates))
        ]
        return [
            Ballot(
                candidates, held[at], [{name: of[at] for name, of in each.items()} for each in seen], vote.voters, otherwise[at]
            )
            for at in range(len(self.populations))
        ]


class _CandidateView:
    """What is read of one candidate: its number, and what the territory sees."""

    def __init__(self, view, number: int):
        self.view, self.number = view, number

    def __getitem__(self, name: str):
        return self.number if name == CANDIDATE else self.view[name]


class PublicByRules:
    """The residents of one territory, by its place among the territories."""

    def __init__(self, model, place: int):
        self.model, self.place = model, place

    @property
    def population(self) -> PopulationState:
        """The residents, as arrays."""
        return self.model.populations[self.place]

    def surroundings(self, name: str) -> np.ndarray:
        """The value that residents read under a name, shape ``(run,)``."""
        return self.model.observation.surroundings(self.place, name)

    def live(self, phase: str, notes: list | None = None) -> None:
        """Let residents do what their rules say in a phase.

        ``notes`` collects what each rule contributed on average: ``(trait, cause, amount by run)``.
        """
        self.population.update(phase, self.surroundings, self.model.world.active, notes)

    def vote(self, ballot: Ballot):
        """Elect one of the candidates: each resident votes, and the first two meet in a runoff."""
        return self.population.vote(ballot.seen, self.surroundings, ballot.held, ballot.voters)

    def elect(self, ballot: Ballot) -> np.ndarray:
        """Hold the vote; the index of the winner, shape ``(run,)``."""
        return self.vote(ballot)

    def average(self, name: str, part: int | None = None) -> np.ndarray:
        """The average of a trait or a derived value over the residents, or over those of one part; shape ``(run,)``."""
        return self.population.average(name, self.surroundings, part=part)
