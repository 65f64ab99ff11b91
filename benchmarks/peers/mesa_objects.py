"""Plain Mesa: one agent for each resident, as the tutorial writes them, under ``mesa.batch_run``."""

import mesa

from ..plain.chance import OwnChance
from ..plain.play import play
from ..plain.residents import look_around, methods, observed
from ..plain.voting import winner
from ..work import RECORDED


class Resident(mesa.Agent):
    """A resident: its traits, whom it listens to, and the methods that the declarations give it."""

    def __init__(self, model, **traits):
        super().__init__(model)
        for name, value in traits.items():
            setattr(self, name, value)

    def meet(self, residents, network):
        """Get to know whom one listens to."""
        self.neighbours = [residents[other] for other in network[self.number]]


for _name, _method in methods(plain=True).items():
    setattr(Resident, _name, _method)


class Crowd:
    """The residents of one territory."""

    def __init__(self, model, traits, network):
        columns = {name: values.tolist() for name, values in traits.items()}
        self.residents = Resident.create_agents(model, len(network), number=list(range(len(network))), **columns)
        self.residents.do("meet", list(self.residents), network.tolist())

    def live(self, phase, around):
        """Say, then judge what is heard, then change: all on the same state."""
        look_around(around)
        self.residents.do(f"{phase}_say", around)
        self.residents.do(f"{phase}_judge", around)
        self.residents.do(f"{phase}_change", around)
        return [sum(said) / len(said) for said in (self.residents.map(name, around) for name in observed())]

    def vote(self, candidates, around):
        """Who wins a vote."""
        appeals = [[resident.appeal(candidate, around) for candidate in candidates] for resident in self.residents]
        return winner(appeals, [resident.voter for resident in self.residents])


class Conflict(mesa.Model):
    """The whole politics, one run of it."""

    def __init__(self, scenario, seed=None, chance=None, crowd=Crowd):
        super().__init__(seed=seed)
        chance = chance or OwnChance(self.random, self.rng)
        self.turns = play(scenario, chance, lambda *place: crowd(self, *place), tuple(RECORDED.values()))
        self.turns_left = scenario.turns
        self.datacollector = mesa.DataCollector(
            model_reporters={column: lambda model, at=at: model.now[at] for at, column in enumerate(RECORDED)}
        )

    def step(self):
        """One turn."""
        self.now = next(self.turns, None)
        if self.now is None:
            self.running = False
            return
        self.datacollector.collect(self)
        self.turns_left -= 1
        self.running = self.turns_left > 0
