"""Plain Mesa: one agent per resident, as in Mesa's tutorial, under ``mesa.batch_run``."""

from functools import partial

import mesa
import numpy as np

from ..plain.play import play_run
from ..plain.random_numbers import OwnGenerators
from ..plain.residents import OBJECT, look_around, methods, observed
from ..plain.voting import winner
from ..work import RECORDED, Size, work


class Resident(mesa.Agent):
    """A resident: its traits, its neighbours, and the methods generated from the declarations."""

    def __init__(self, model, **traits):
        super().__init__(model)
        for name, value in traits.items():
            setattr(self, name, value)

    def meet(self, residents, network):
        """Store the residents to whom this one listens."""
        self.neighbours = [residents[other] for other in network[self.number]]


for _name, _method in methods(OBJECT).items():
    setattr(Resident, _name, _method)


class Public:
    """The residents of one territory."""

    def __init__(self, model, traits, network):
        columns = {name: values.tolist() for name, values in traits.items()}
        self.residents = Resident.create_agents(model, len(network), number=list(range(len(network))), **columns)
        self.residents.do("meet", list(self.residents), network.tolist())

    def update(self, phase, around):
        """Update all residents in three steps, so that all react to the same state; return what is observed of them."""
        look_around(around)
        self.residents.do(f"{phase}_say", around)
        self.residents.do(f"{phase}_judge", around)
        self.residents.do(f"{phase}_change", around)
        return [sum(said) / len(said) for said in (self.residents.map(name, around) for name in observed())]

    def vote(self, candidates, around):
        """The number of the candidate who wins the vote."""
        appeals = [[resident.appeal(candidate, around) for candidate in candidates] for resident in self.residents]
        return winner(appeals, [resident.voter for resident in self.residents])


class Conflict(mesa.Model):
    """The complete model, one run."""

    public = Public

    def __init__(self, residents=1000, turns=60, seed=None, draws=None):
        super().__init__(seed=seed)
        scenario, draws = work(Size(residents, turns)), draws or OwnGenerators(self.random, self.rng)
        self.turns = play_run(scenario, draws, lambda *place: self.public(self, *place), tuple(RECORDED.values()))
        self.datacollector = mesa.DataCollector(
            model_reporters={column: lambda model, at=at: model.now[at] for at, column in enumerate(RECORDED)}
        )

    def step(self):
        """One turn."""
        over, self.now = next(self.turns)
        self.datacollector.collect(self)
        self.running = not over


def play_models(model, size: Size, runs: int, seed: int) -> np.ndarray:
    """The recorded quantities of runs under ``mesa.batch_run``; shape ``(run, turn, recorded)``, NaN after a run's end."""
    parameters = {"residents": size.residents, "turns": size.turns, "seed": list(range(seed, seed + runs))}
    rows = mesa.batch_run(model, parameters, max_steps=size.turns, data_collection_period=1, display_progress=False)
    found = np.full((runs, size.turns, len(RECORDED)), np.nan)
    for row in rows:
        found[row["RunId"], row["Step"]] = [row[column] for column in RECORDED]
    return found


play = partial(play_models, Conflict)
