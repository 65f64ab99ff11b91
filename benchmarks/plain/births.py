"""The residents of one territory at the start of a run: their traits by the declared rules, and their network."""

from functools import lru_cache

import numpy as np

from frozen_conflict_sim.engine.network import small_world
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.roles import public

residents, composition = public.residents, public.residents.composition
small_world = lru_cache(small_world)


def create_residents(setting, territory: str, values: dict, tables: dict, draws) -> dict[str, np.ndarray]:
    """The traits of the residents. Each part has residents by its share; those of a part are neighbours in the arrays."""
    level, seen = public.level, values[public.level, territory]
    count, place = int(seen[composition.count]), setting.entities[level].index(territory)
    belongs = zip(setting.entities[composition.parts], setting.belongs[composition.parts, level])
    parts = [values[composition.parts, part] for part, above in belongs if above == place]
    part = part_of(tuple(one[composition.shares] for one in parts), count)

    def look(name):
        if name in residents.draws:
            return draws.many(f"residents/{residents.draws[name]}/{territory}", count)
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
def part_of(shares: tuple, count: int) -> np.ndarray:
    """The part of each resident."""
    edges = np.cumsum(np.array(shares) / sum(shares))[:-1]
    return np.searchsorted(edges, (np.arange(count) + 0.5) / count, side="left")


def network(seen: dict, draws) -> np.ndarray:
    """The network of the residents, one of a few that all runs share."""
    return small_world(
        draws.seed, draws.network, int(seen[composition.count]), int(seen[composition.ties]), float(seen[composition.rewired])
    )
