"""The start of a run: values, residents and networks, and what the declared procedures set up from them."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np

from frozen_conflict_sim.engine.arrays.population import Block, PopulationState
from frozen_conflict_sim.engine.arrays.starting_values import categories_of
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.roles import public

from .births import create_residents, network
from .starting_values import StartingValues


@dataclass
class Start:
    """A run before its first turn: values by level and member; traits and networks of residents by territory."""

    values: dict[tuple[str, str], dict]
    traits: list[dict] = field(default_factory=list)
    networks: list[np.ndarray] = field(default_factory=list)


def start(starting_values: StartingValues, draws) -> Start:
    """Draw a run."""
    setting, drawn = starting_values.setting, Start(starting_values.draw(draws))
    tables = perform("birth", starting_values, drawn, draws)
    for territory in setting.entities[public.level]:
        drawn.traits.append(create_residents(setting, territory, drawn.values, tables, draws))
        drawn.networks.append(network(drawn.values[public.level, territory], draws))
    perform("setup", starting_values, drawn, draws)
    return drawn


def perform(phase: str, starting_values: StartingValues, drawn: Start, draws) -> dict:
    """Perform the declared procedures of a phase; return the tables that they give.

    Before there are residents the results depend on values alone and are reused as long as those stay the same.
    """
    tables = {}
    for procedure in declared.procedures:
        if procedure.phase == phase:
            inputs, given = starting_values.remembered.get(procedure.name, ((), {}))
            values = Values(starting_values.setting, drawn.values)
            if phase == "setup" or not inputs or any(not _same(values[name], array) for name, array in inputs):
                given = procedure.function(as_model(values, starting_values.setting, drawn, draws))
                starting_values.remembered[procedure.name] = list(values.items()), given
                given = {**values, **given} if phase == "setup" else given
            tables |= {name: array for name, array in given.items() if name in declared.tables}
            _write(drawn.values, starting_values.setting, {name: array for name, array in given.items() if name not in tables})
    return tables


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.tobytes() == other.tobytes()


def _write(values: dict, setting, given: dict) -> None:
    for name, array in given.items():
        level = declared.owner(name).level
        for at, member in enumerate(setting.entities[level]):
            values[level, member][name] = array[..., at, 0].T.tolist()


class Values(dict):
    """The values of a run as a procedure expects them: arrays ``(…, member, 1)``, made on demand."""

    def __init__(self, setting, plain):
        super().__init__()
        self.setting, self.plain = setting, plain

    def __missing__(self, name):
        level = declared.owner(name).level
        rows = [self.plain[level, member][name] for member in self.setting.entities[level]]
        self[name] = np.moveaxis(np.array(rows), 0, -1)[..., None]
        return self[name]


class OneRun:
    """The random numbers of a run as a procedure expects them: arrays with one run."""

    def __init__(self, draws):
        self.draws = draws

    def normal(self, stream, turn, count):
        """Standard normal numbers, shape ``(count, 1)``."""
        return np.array(self.draws.several("normal", stream, turn, count))[:, None]


def as_model(values: Values, setting, drawn: Start, draws):
    """A stand-in for the model with all that a procedure reads."""
    world = SimpleNamespace(
        values=values, categories=categories_of(declared, setting), streams=OneRun(draws), members=setting.entities.get
    )
    populations = []
    for traits, ties in zip(drawn.traits, drawn.networks):
        block = Block(np.zeros(1, int), ties, {name: column[:, None] for name, column in traits.items()})
        populations.append(PopulationState(public.residents, [block], 1))
    return SimpleNamespace(world=world, populations=populations, setting=setting)
