"""Births: the residents of a territory are created before the first turn from declared rules and random draws."""

from __future__ import annotations

import numpy as np

from ..declare.population import Population
from ..network import small_worlds
from ..numerics import shares_of
from .population import Block, PopulationState, blocks_of
from .state import WorldState


class BirthPlan:
    """The residents of one member of a population before birth: their number, ties and parts, and what their rules read."""

    def __init__(self, world: WorldState, population: Population, at: int):
        self.world, self.level, self.declared, self.at = world, population.level, population.residents, at
        self.member, composition = world.members(population.level)[at], population.residents.composition
        self.count, self.degree = (int(world.values[name][at, 0]) for name in (composition.count, composition.ties))
        self.rewiring = float(world.values[composition.rewired][at, 0])
        belongs = world.setting.belongs[composition.parts, population.level]
        self.parts = [part for part, above in enumerate(belongs) if above == at]
        shares = world.values[composition.shares][self.parts]
        # The ends of all parts but the last, as shares of the population; shape (part - 1, run).
        self.edges = np.cumsum(shares_of(shares), axis=0)[:-1]
        self.places = (np.arange(self.count) + 0.5) / self.count

    def stream(self, draw: str) -> str:
        """The random stream of a draw."""
        return f"residents/{self.declared.draws[draw]}/{self.member}"

    def of_parts(self, name: str) -> bool:
        """Whether the values under a name belong to the parts, so that each part has its own."""
        return self.world.declared.owner(name).level == self.declared.composition.parts and name not in self.world.tables

    def reads(self, name: str) -> np.ndarray:
        """The values that rules at birth read under a name: one for each part, one for all, or a table; runs come last."""
        if name in self.world.tables:
            return self.world.tables[name]
        if self.of_parts(name):
            return self.world.own_level(name)[self.parts]
        values = self.world.view(self.level)[name]
        return values[self.at if values.shape[-2] > 1 else 0]

    def networks(self, numbers) -> dict[int, np.ndarray]:
        """The networks of some numbers: whom each resident listens to, each of the shape ``(resident, degree)``."""
        return small_worlds(self.world.streams, numbers, self.count, self.degree, self.rewiring)

    def bounds(self, part: int) -> tuple[np.ndarray, np.ndarray]:
        """The first resident of a part and the first after it, shape ``(run,)``, or ``(1,)`` if all runs have the same."""
        ends = [np.zeros(1), *(np.searchsorted(self.places, edge, "right") for edge in self.edges), np.full(1, self.count)]
        return ends[part], ends[part + 1]

    def part_of(self, columns: np.ndarray) -> np.ndarray:
        """The part of each resident, shape ``(resident, run)``, or ``(resident, 1)`` if all runs have the same."""
        part = np.zeros((self.count, 1), np.int64)
        for edge in self.edges:
            part = part + (self.places[:, None] > (edge[columns] if len(edge) > 1 else edge))
        return part


class BirthView:
    """What rules at birth read in a block of runs: ``view[name]`` has the shape ``(resident, run)`` or ``(run,)``."""

    def __init__(self, birth_plan: BirthPlan, columns: np.ndarray, drawn: dict[str, np.ndarray]):
        self.birth_plan, self.columns, self.drawn = birth_plan, columns, drawn
        self.part = birth_plan.part_of(columns)
        self.seen: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str):
        if name not in self.seen:
            self.seen[name] = self._look(name)
        return self.seen[name]

    def _look(self, name: str):
        birth_plan = self.birth_plan
        if name in birth_plan.declared.draws:
            return np.take(self.drawn[name], self.columns, axis=1)
        if name in birth_plan.declared.traits:
            rule = birth_plan.declared.at_birth.get(name)
            return rule(self) if rule else np.full(1, birth_plan.declared.traits[name].default)
        values = birth_plan.reads(name)
        if birth_plan.of_parts(name):
            return np.take_along_axis(self._of_runs(values), self.part, 0)
        return values if name in birth_plan.world.tables else self._of_runs(values)

    def _of_runs(self, values: np.ndarray) -> np.ndarray:
        return values[..., self.columns] if values.shape[-1] > 1 else values


def create_population(birth_plan: BirthPlan, dtype=np.float32) -> PopulationState:
    """Create the residents of all runs; ``dtype`` is the precision of their traits."""
    declared, streams = birth_plan.declared, birth_plan.world.streams
    drawn = {draw: streams.uniform(birth_plan.stream(draw), 0, birth_plan.count) for draw in declared.draws}
    of_runs = blocks_of(streams.stream_numbers)
    networks = birth_plan.networks(number for number, _ in of_runs)
    blocks = []
    for number, columns in of_runs:
        view, shape = BirthView(birth_plan, columns, drawn), (birth_plan.count, len(columns))
        traits = {name: np.array(np.broadcast_to(view[name], shape), dtype) for name in declared.traits}
        blocks.append(Block(columns, networks[number], traits))
    return PopulationState(declared, blocks, birth_plan.world.runs, birth_plan)
