"""How one run starts: values, residents, whom they listen to, and what follows from all that."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from frozen_conflict_sim.engine.kernels import Block
from frozen_conflict_sim.engine.values import words_of
from frozen_conflict_sim.politics.declarations import declared

from .opening import Opening
from .people import network, people


@dataclass
class Start:
    """One run before its first turn: what each member holds, by level and member; residents' traits and ties by territory."""

    values: dict[tuple[str, str], dict]
    traits: list[dict]
    networks: list[np.ndarray]


def start(opening: Opening, chance) -> Start:
    """Draw a run."""
    setting, values = opening.setting, opening.draw(chance)
    territories = setting.entities["territory"]
    strata = list(zip(setting.entities["stratum"], setting.belongs["stratum", "territory"]))
    traits, networks = [], []
    for at, territory in enumerate(territories):
        seen = values["territory", territory]
        own = [values["stratum", stratum] for stratum, above in strata if above == at]
        traits.append(people(territory, seen, own, chance))
        networks.append(network(seen, chance.network, chance.seed))
    drawn = Start(values, traits, networks)
    for procedure in declared.procedures:
        model = as_model(drawn, setting, chance)
        written = procedure.function(model)
        for name, array in {**model.world.values, **written}.items():
            level = declared.owner(name).level
            for at, member in enumerate(setting.entities[level]):
                values[level, member][name] = array[..., at, 0].T.tolist()
    return drawn


class Values(dict):
    """The values of a run as a procedure wants them: arrays ``(…, member, 1)``, made when somebody looks."""

    def __init__(self, setting, values):
        super().__init__()
        self.setting, self.plain = setting, values

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


def as_model(drawn: Start, setting, chance):
    """What a procedure takes for the model."""
    world = SimpleNamespace(
        values=Values(setting, drawn.values),
        words=words_of(declared, setting),
        luck=OneRun(chance),
        members=setting.entities.get,
    )
    publics = []
    for traits, ties in zip(drawn.traits, drawn.networks):
        block = Block(np.zeros(1, int), ties, {name: column[:, None] for name, column in traits.items()})
        publics.append(SimpleNamespace(population=SimpleNamespace(runs=1, blocks=[block])))
    return SimpleNamespace(world=world, publics=publics)
