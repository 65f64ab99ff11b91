"""The residents of one territory at the start of one run, by the rules that they come about by, and whom they listen to."""

from functools import lru_cache

import numpy as np

from frozen_conflict_sim.engine.network import small_world
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.roles import public

residents, composition = public.residents, public.residents.composition
small_world = lru_cache(small_world)


def people(setting, territory: str, values: dict, tables: dict, chance) -> dict[str, np.ndarray]:
    """The traits of the residents; residents of a part stand side by side, as many as its share says."""
    level, seen = public.level, values[public.level, territory]
    count, place = int(seen[composition.count]), setting.entities[level].index(territory)
    belongs = zip(setting.entities[composition.parts], setting.belongs[composition.parts, level])
    parts = [values[composition.parts, part] for part, above in belongs if above == place]
    part = which_part(tuple(one[composition.shares] for one in parts), count)

    def look(name):
        if name in residents.draws:
            return chance.many(f"residents/{residents.draws[name]}/{territory}", count)
        if name in tables:
            return tables[name]
        if declared.owner(name).level == composition.parts:
            return np.array([one[name] for one in parts])[part]
        return seen[name]

    traits: dict[str, np.ndarray] = {}
    for name, trait in residents.traits.items():
        begins = residents.at_birth.get(name)
        value = (
            begins.function(*(traits[read] if read in traits else look(read) for read in begins.reads))
            if begins
            else trait.default
        )
        traits[name] = np.array(np.broadcast_to(value, count), np.float32)
    return traits


@lru_cache
def which_part(shares: tuple, count: int) -> np.ndarray:
    """To which part each resident belongs."""
    edges = np.cumsum(np.array(shares) / sum(shares))[:-1]
    return np.searchsorted(edges, (np.arange(count) + 0.5) / count, side="left")


def network(seen: dict, chance) -> np.ndarray:
    """Whom each resident listens to; a few networks serve all runs."""
    return small_world(
        chance.seed, chance.network, int(seen[composition.count]), int(seen[composition.ties]), float(seen[composition.rewired])
    )
