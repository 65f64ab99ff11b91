"""How one run starts: values, residents, whom they listen to, and what follows from all that."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np

from frozen_conflict_sim.engine.arrays.population import Block, PopulationState
from frozen_conflict_sim.engine.arrays.starting_values import categories_of
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.roles import public

from .opening import Opening
from .people import network, people


@dataclass
class Start:
    """One run before its first turn: what each member holds, by level and member; residents' traits and ties by territory."""

    values: dict[tuple[str, str], dict]
    traits: list[dict] = field(default_factory=list)
    networks: list[np.ndarray] = field(default_factory=list)


def start(opening: Opening, chance) -> Start:
    """Draw a run."""
    setting, drawn = opening.setting, Start(opening.draw(chance))
    tables = perform("birth", opening, drawn, chance)
    for territory in setting.entities[public.level]:
        drawn.traits.append(people(setting, territory, drawn.values, tables, chance))
        drawn.networks.append(network(drawn.values[public.level, territory], chance))
    perform("setup", opening, drawn, chance)
    return drawn


def perform(phase: str, opening: Opening, drawn: Start, chance) -> dict:
    """Perform the declared procedures of a phase; the answer is the tables that they give.

    What they give before there are residents follows from values alone: it stays as long as those do.
    """
    tables = {}
    for procedure in declared.procedures:
        if procedure.phase == phase:
            looked, given = opening.remembered.get(procedure.name, ((), {}))
            values = Values(opening.setting, drawn.values)
            if phase == "setup" or not looked or any(not _same(values[name], array) for name, array in looked):
                given = procedure.function(as_model(values, opening.setting, drawn, chance))
                opening.remembered[procedure.name] = list(values.items()), given
                given = {**values, **given} if phase == "setup" else given
            tables |= {name: array for name, array in given.items() if name in declared.tables}
            _write(drawn.values, opening.setting, {name: array for name, array in given.items() if name not in tables})
    return tables


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.tobytes() == other.tobytes()


def _write(values: dict, setting, given: dict) -> None:
    for name, array in given.items():
        level = declared.owner(name).level
        for at, member in enumerate(setting.entities[level]):
            values[level, member][name] = array[..., at, 0].T.tolist()


class Values(dict):
    """The values of a run as a procedure wants them: arrays ``(…, member, 1)``, made when somebody looks."""

    def __init__(self, setting, plain):
        super().__init__()
        self.setting, self.plain = setting, plain

    def __missing__(self, name):
        level = declared.owner(name).level
        rows = [self.plain[level, member][name] for member in self.setting.entities[level]]
        self[name] = np.moveaxis(np.array(rows), 0, -1)[..., None]
        return self[name]


class OneRun:
    """The chance of a run as a procedure wants it: arrays with one run in them."""

    def __init__(self, chance):
        self.chance = chance

    def normal(self, stream, turn, count):
        """Standard normal numbers, shape ``(count, 1)``."""
        return np.array(self.chance.several("normal", stream, turn, count))[:, None]


def as_model(values: Values, setting, drawn: Start, chance):
    """What a procedure takes for the model."""
    world = SimpleNamespace(
        values=values, categories=categories_of(declared, setting), streams=OneRun(chance), members=setting.entities.get
    )
    publics = []
    for traits, ties in zip(drawn.traits, drawn.networks):
        block = Block(np.zeros(1, int), ties, {name: column[:, None] for name, column in traits.items()})
        publics.append(SimpleNamespace(population=PopulationState(public.residents, [block], 1)))
    return SimpleNamespace(world=world, publics=publics, setting=setting)
