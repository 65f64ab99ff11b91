"""The publics of all territories together: they live through a phase, and the territories see what they add up to."""

from __future__ import annotations

import numpy as np

from ..engine.arrays.population import PopulationState
from ..engine.declare.derived import Vote
from ..engine.declare.population import CANDIDATE
from ..politics.roles import public
from .agents import Residents


class Candidate:
    """What is seen when the talk is of one candidate."""

    def __init__(self, view, number: int):
        self.view, self.number = view, number

    def __getitem__(self, name: str):
        return self.number if name == CANDIDATE else self.view[name]


class Publics(list):
    """One :class:`~.agents.Residents` agent for each territory."""

    def __init__(self, model, populations: list[PopulationState]):
        self.world = model.world
        self.notes: dict[tuple[str, str], np.ndarray] = {}
        members = zip(self.world.members("territory"), populations)
        super().__init__(Residents(model, member, population) for member, population in members)

    def initialise(self) -> None:
        """Let residents come to the opinions that they hold at the start, and the territories see them."""
        for residents in self:
            residents.population.initialise(residents.surroundings)
        self.observe()

    def live(self, phase: str) -> None:
        """Do what residents do in a phase."""
        self.notes.clear()
        for residents in self:
            for trait, cause, amount in residents.live(phase):
                whole = self.notes.setdefault((trait, cause), np.zeros((len(self), self.world.runs)))
                whole[residents.place] = amount
        self.observe()

    def vote(self, vote: Vote) -> np.ndarray:
        """Let the residents vote where a vote is held: the number of the winner, shape ``(territory, run)``."""
        view, shape = self.world.view("territory"), (len(self), self.world.runs)
        holds = np.broadcast_to(view[vote.when], shape) > 0.5
        winner = np.array(np.broadcast_to(view[vote.otherwise], shape))
        rules = public.residents.candidates.items() if holds.any() else ()
        numbers = range(len(self.world.members(vote.among)))
        sees = [{name: np.broadcast_to(rule(Candidate(view, at)), shape) for name, rule in rules} for at in numbers]
        for at, residents in enumerate(self):
            if holds[at].any():
                candidates = [{name: values[at] for name, values in candidate.items()} for candidate in sees]
                winner[at] = np.where(holds[at], residents.vote(candidates, holds[at], vote.voters), winner[at])
        return winner

    def observe(self) -> None:
        """Let the territories see what their residents add up to."""
        observed = public.residents.observed
        seen = [residents.averages([each.of for each in observed]) for residents in self]
        for each in observed:
            before, now = (
                self.world.values[each.name],
                np.stack([averages[each.of] for averages in seen]),
            )
            self.world.values[each.name] = np.where(self.world.active, now, before)
            self._account_for(each, before)
        self.world.refresh()

    def _account_for(self, observed, reached) -> None:
        """Note the causes of a change: for a trait what moved it, and what single precision left; for a measure itself."""
        for (trait, cause), amount in self.notes.items():
            if trait == observed.of:
                self.world.note(observed.name, cause, amount)
                reached = reached + amount
        cause = "rounding" if observed.of in public.residents.traits else observed.of
        self.world.note(observed.name, cause, self.world.values[observed.name] - reached)
