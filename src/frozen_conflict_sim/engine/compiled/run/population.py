"""A public that lives in compiled functions; it looks like any other and gives the same numbers."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...arrays.births import BirthPlan
from ...arrays.population import Block, PopulationState
from ...declare.population import Population
from ...memory import aligned, borrowed
from ...random_streams import key_of
from ..emit.population.birth import POINTERS as BORN
from ..emit.population.birth import BirthScript
from ..emit.population.builder import PLAYING, POINTERS
from ..emit.population.functions import END, FIRST, CrowdScript
from ..emit.population.quantile import POINTERS as RANKING
from ..ir.builder import LANES, SINGLE, TWICE
from ..layout.blocks import Seats, each_of
from .machine_code import machine


class Make(NamedTuple):
    """How a public is made: all that its functions depend on besides what is declared."""

    residents: int
    degree: int
    parts: int
    candidates: int
    voters: str
    width: int
    kind: type


class Kernels:
    """The compiled functions of residents: one text for all publics that are made alike."""

    def __init__(self, crowd: Population, make: Make):
        residents, degree, parts, candidates, voters, width, kind = make
        precision = SINGLE if kind is np.float32 else TWICE
        self.script = CrowdScript(crowd.residents, residents, degree, candidates, voters, precision)
        self.birth = BirthScript(self.script.writer, crowd, residents, parts, width, precision)
        self.source, self.kind = self.script.source(), kind

    def compile(self, compiling=lambda: None) -> Kernels:
        """Make the functions ready to run."""
        self.machine = machine(self.source, compiling)
        self._everywhere = self.machine.function("everywhere", "ppii")
        return self

    def address(self, name: str) -> int:
        """Where a function begins."""
        return self.machine.address(name)

    def everywhere(self, name: str, table: np.ndarray, times: int) -> None:
        """Call a function some times for every row of pointers."""
        self._everywhere(self.address(name), table.ctypes.data, len(table), times)


@lru_cache
def kernels_of(crowd: Population, make: Make) -> Kernels:
    """The functions of a kind of public; its ``source`` shows the lines."""
    return Kernels(crowd, make)


class Traits(MutableMapping):
    """The traits of a block as arrays ``(resident, run)`` where they stand."""

    def __init__(self, names: list[str], memory: np.ndarray):
        self.names, self.memory = names, memory

    def __getitem__(self, name):
        if name not in self.names:
            raise KeyError(name)
        return self.memory[self.names.index(name)]

    def __setitem__(self, name, values):
        self.memory[self.names.index(name)] = values

    def __delitem__(self, name):
        raise TypeError("traits stay")

    def __iter__(self):
        return iter(self.names)

    def __len__(self):
        return len(self.names)


class CompiledPopulation(PopulationState):
    """The residents of one territory, laid out for compiled functions and born in them."""

    def __init__(self, birth_plan: BirthPlan, kernels: Kernels, seats: Seats):
        self.kernels, self.script, self.seats, self.residents = kernels, kernels.script, seats, birth_plan.count
        self.kind = kernels.kind
        script, count, residents = self.script, seats.count, birth_plan.count
        self.memory = borrowed((count, len(script.traits), residents, LANES), self.kind)
        self.around = aligned((count, max(len(script.around), 1), LANES), self.kind)
        self.answers = aligned((count, script.answers, LANES), self.kind)
        said = aligned((max(script.most_said, 1), residents, LANES), self.kind)
        sums = aligned((max(script.most_sums, 1), script.sums.left, LANES), self.kind)
        known = {number: np.ascontiguousarray(birth_plan.network(number), np.uint32) for number in set(seats.networks)}
        self.networks = [known[number] for number in seats.networks]
        self.shared = said, sums
        self.pointers = {
            "traits": each_of(self.memory), "around": each_of(self.around), "answer": each_of(self.answers),
            "network": np.array([network.ctypes.data for network in self.networks], np.uint64),
            "said": said.ctypes.data, "sums": sums.ctypes.data,
        }  # fmt: skip
        self._let_be_born(birth_plan)
        super().__init__(birth_plan.declared, self._blocks(), seats.runs, birth_plan)

    def _blocks(self) -> list[Block]:
        blocks = []
        for at, taken in enumerate(self.seats.taken):
            traits = Traits(self.script.traits, self.memory[at, ..., :taken])
            blocks.append(Block(self.seats.columns[at, :taken], self.networks[at], traits))
        return blocks

    def _everywhere(self, function: str, names: tuple[str, ...] = POINTERS, times: int = 1, **other) -> None:
        columns = [other[name] if name in other else self.pointers[name] for name in names]
        table = np.stack([np.broadcast_to(np.asarray(column, np.uint64), self.seats.count) for column in columns], axis=1)
        self.kernels.everywhere(function, np.ascontiguousarray(table), times)

    def _let_be_born(self, birth_plan: BirthPlan) -> None:
        birth, streams = self.kernels.birth, birth_plan.world.streams
        seen = aligned((self.seats.count, max(birth.size, 1), LANES))
        # Where there are fewer parts than elsewhere, the last of them ends nowhere.
        seen[:, : birth.parts - 1] = np.inf
        seen[:, : len(birth_plan.edges)] = self.seats.seated(birth_plan.edges)
        for name, row in birth.rows.items():
            values = np.atleast_2d(birth_plan.sees(name))
            seen[:, row : row + len(values)] = self.seats.seated(values)
        keys = np.array([key_of(streams.seed, birth_plan.stream(lot)) for lot in birth_plan.declared.draws], np.uint64)
        table = np.ascontiguousarray(next((birth_plan.world.tables[name] for name in birth.tables), np.zeros((1, 1))))
        lots = aligned((4 * len(keys), LANES))
        self._everywhere(
            "born", BORN, seen=each_of(seen), streams=each_of(self.seats.streams),
            keys=keys.ctypes.data, table=table.ctypes.data, lots=lots.ctypes.data,
        )  # fmt: skip

    def _ask(self, function: str, look) -> np.ndarray:
        """Call a function of residents, who look around before; their answers, shape ``(row, run)``."""
        self._look_around(function, look)
        self._everywhere(function)
        return self.seats.by_run(self.answers).astype(float)

    def _look_around(self, function: str, look) -> None:
        for name in self.script.asks[function]:
            self.around[:, self.script.around.index(name)] = self.seats.seated(np.atleast_1d(np.asarray(look(name))))

    def averages(self, names, surroundings):
        """See :meth:`PopulationState.averages`."""
        if not set(names) <= set(self.script.averages):
            return super().averages(names, surroundings)
        found = self._ask("observe", surroundings)
        return {name: found[self.script.averages.index(name)] for name in names}

    def average(self, rule, surroundings, weight="", part=None):
        """See :meth:`PopulationState.average`."""
        if part is None or weight or rule not in self.declared.of_parts:
            return super().average(rule, surroundings, weight, part)
        bounds = dict(zip((FIRST, END), self.birth_plan.bounds(part)))
        found = self._ask("observe_part", lambda name: bounds[name] if name in bounds else surroundings(name))
        return found[self.declared.of_parts.index(rule)]

    def update(self, phase, surroundings, active, notes=None):
        """See :meth:`PopulationState.update`."""
        if notes is not None or f"live_{phase}" not in self.script.asks:
            return super().update(phase, surroundings, active, notes)
        return self.live(phase, lambda name: active if name == PLAYING else surroundings(name))

    def live(self, phase: str, surroundings, turns: int = 1) -> None:
        """Let residents live through a phase some times, in surroundings that stay as they are."""
        self._look_around(f"live_{phase}", surroundings)
        self._everywhere(f"live_{phase}", times=turns)

    def settle(self, surroundings):
        """See :meth:`PopulationState.settle`."""
        self._ask("settle", surroundings)

    def quantiles(self, trait, among, shares):
        """See :meth:`PopulationState.quantiles`."""
        if (trait, among) not in self.declared.quantiles:
            return super().quantiles(trait, among, shares)
        found = []
        for share in shares:
            seated = aligned((self.seats.count, LANES))
            seated[:] = self.seats.seated(share)
            self._everywhere(f"rank_{trait}_among_{among}", RANKING, shares=each_of(seated))
            found.append(self.seats.by_run(self.answers[:, 0]).astype(float))
        return np.stack(found)
