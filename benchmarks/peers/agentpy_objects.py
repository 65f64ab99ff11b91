"""AgentPy: one agent per resident, in agent lists."""

import random

import agentpy
import numpy as np

from ..plain.play import play_run
from ..plain.random_numbers import OwnGenerators
from ..plain.residents import OBJECT, look_around, methods, observed
from ..plain.voting import winner
from ..work import RECORDED, Size, work


class Resident(agentpy.Agent):
    """A resident: its traits, its neighbours, and the methods generated from the declarations."""

    def meet(self, residents, network):
        """Store the residents to whom this one listens."""
        self.neighbours = [residents[other] for other in network[self.number]]


for _name, _method in methods(OBJECT).items():
    setattr(Resident, _name, _method)


class Public:
    """The residents of one territory."""

    def __init__(self, model, traits, network):
        self.residents = agentpy.AgentList(model, len(network), Resident)
        self.residents.number = agentpy.AttrIter(range(len(network)))
        for name, values in traits.items():
            setattr(self.residents, name, agentpy.AttrIter(values.tolist()))
        self.residents.meet(list(self.residents), network.tolist())

    def update(self, phase, around):
        """Update all residents in three steps, so that all react to the same state; return what is observed of them."""
        look_around(around)
        for part in ("say", "judge", "change"):
            getattr(self.residents, f"{phase}_{part}")(around)
        return [sum(said) / len(said) for said in (getattr(self.residents, name)(around) for name in observed())]

    def vote(self, candidates, around):
        """The number of the candidate who wins the vote."""
        appeals = [[resident.appeal(candidate, around) for candidate in candidates] for resident in self.residents]
        return winner(appeals, [resident.voter for resident in self.residents])


class Conflict(agentpy.Model):
    """The complete model, one run."""

    def setup(self):
        """Set up a run."""
        draws = OwnGenerators(random.Random(self.p.seed), np.random.default_rng(self.p.seed))
        scenario = work(Size(self.p.residents, self.p.turns))
        self.turns = play_run(scenario, draws, lambda *place: Public(self, *place), tuple(RECORDED.values()))

    def step(self):
        """One turn."""
        over, now = next(self.turns)
        for column, value in zip(RECORDED, now):
            self.record(column, value)
        if over:
            self.stop()


def play(size: Size, runs: int, seed: int) -> np.ndarray:
    """The recorded quantities of an AgentPy experiment; shape ``(run, turn, recorded)``, NaN after a run's end."""
    given = {"residents": size.residents, "turns": size.turns, "steps": size.turns}
    sample = [given | {"seed": one} for one in range(seed, seed + runs)]
    rows = agentpy.Experiment(Conflict, sample, record=True).run(display=False).variables.Conflict
    found = np.full((runs, size.turns, len(RECORDED)), np.nan)
    run, turn = (rows.index.get_level_values(name).to_numpy() for name in ("sample_id", "t"))
    found[run, turn - 1] = rows[list(RECORDED)].to_numpy()
    return found
