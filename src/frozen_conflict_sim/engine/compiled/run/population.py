"""A population whose residents are created and updated by compiled functions, with the same numbers as on arrays."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import NamedTuple

import numpy as np

from ...arrays.births import BirthPlan
from ...arrays.population import Block, PopulationState
from ...declare.population import Population
from ...declare.registry import Declarations
from ...memory import aligned, borrowed
from ...random_streams import key_of
from ..emit.population.birth import POINTERS as CREATION_POINTERS
from ..emit.population.birth import BirthFunction
from ..emit.population.builder import PLAYING, POINTERS
from ..emit.population.functions import END, FIRST, PopulationFunctions
from ..emit.population.quantile import POINTERS as QUANTILE_POINTERS
from ..ir.builder import DOUBLE, LANES, SINGLE
from ..layout.blocks import BlockLayout, addresses_of
from .machine_code import load_code


class PopulationSpec(NamedTuple):
    """All that the functions of residents depend on besides the declarations."""

    residents: int
    degree: int
    parts: int
    candidates: int
    voters: str
    width: int
    kind: type


class PopulationCode:
    """The compiled functions of residents, shared by all populations of one specification."""

    def __init__(self, population: Population, spec: PopulationSpec):
        residents, degree, parts, candidates, voters, width, kind = spec
        precision = SINGLE if kind is np.float32 else DOUBLE
        self.functions = PopulationFunctions(population.residents, residents, degree, candidates, voters, precision)
        self.birth = BirthFunction(self.functions, population, parts, width)
        self.source, self.kind, self.spec = self.functions.source(), kind, spec

    def compile(self, compiling=lambda: None, draft: bool = False) -> PopulationCode:
        """Compile the functions, or load them from the cache; a ``draft`` is never put in the place of optimised code."""
        self.code = load_code(self.source, compiling, draft)
        self._call_blocks = self.code.function("call_blocks", "ppii")
        return self

    def address(self, name: str) -> int:
        """The address of a function."""
        return self.code.address(name)

    def call_blocks(self, name: str, table: np.ndarray, times: int) -> None:
        """Call a function ``times`` times for every row of pointers."""
        self._call_blocks(self.address(name), table.ctypes.data, len(table), times)


def population_code(population: Population, spec: PopulationSpec) -> PopulationCode:
    """The functions of residents of one specification, not yet compiled; ``source`` is their code."""
    return population.declared.cached(_population_code, population, spec)


def _population_code(declared: Declarations, population: Population, spec: PopulationSpec) -> PopulationCode:
    return PopulationCode(population, spec)


class Traits(MutableMapping):
    """The traits of a block as views of the memory, shape ``(resident, run)``."""

    def __init__(self, names: list[str], memory: np.ndarray):
        self.names, self.memory = names, memory

    def __getitem__(self, name):
        if name not in self.names:
            raise KeyError(name)
        return self.memory[self.names.index(name)]

    def __setitem__(self, name, values):
        self.memory[self.names.index(name)] = values

    def __delitem__(self, name):
        raise TypeError("traits cannot be deleted")

    def __iter__(self):
        return iter(self.names)

    def __len__(self):
        return len(self.names)

    def __reduce__(self):
        return dict, ({name: values.copy() for name, values in self.items()},)


class CompiledPopulation(PopulationState):
    """The residents of one territory in the memory layout of the compiled functions."""

    def __init__(self, birth_plan: BirthPlan, code: PopulationCode, run_blocks: BlockLayout):
        self.code, self.functions, self.run_blocks, self.residents = code, code.functions, run_blocks, birth_plan.count
        self.kind = code.kind
        functions, count, residents = self.functions, run_blocks.count, birth_plan.count
        self.memory = borrowed((count, len(functions.stored), residents, LANES), self.kind)
        self.surroundings = aligned((count, max(len(functions.surroundings), 1), LANES), self.kind)
        self.results = aligned((count, functions.result_rows, LANES), self.kind)
        published = aligned((max(functions.max_published, 1), residents, LANES), self.kind)
        sums = aligned((max(functions.max_sums, 1), functions.sums.remaining, LANES), self.kind)
        networks = birth_plan.networks(run_blocks.networks)
        known = {number: np.ascontiguousarray(network, np.uint32) for number, network in networks.items()}
        self.networks = [known[number] for number in run_blocks.networks]
        self.shared = published, sums
        self.pointers = {
            "traits": addresses_of(self.memory), "surroundings": addresses_of(self.surroundings),
            "result": addresses_of(self.results),
            "network": np.array([network.ctypes.data for network in self.networks], np.uint64),
            "published": published.ctypes.data, "sums": sums.ctypes.data,
        }  # fmt: skip
        self._create(birth_plan)
        super().__init__(birth_plan.declared, self._blocks(), run_blocks.runs, birth_plan)

    def __reduce__(self):
        return PopulationState, (self.declared, self.blocks, self.runs, self.birth_plan)

    def _blocks(self) -> list[Block]:
        blocks = []
        for at, filled in enumerate(self.run_blocks.filled):
            traits = Traits(self.functions.traits, self.memory[at, ..., :filled])
            blocks.append(Block(self.run_blocks.columns[at, :filled], self.networks[at], traits))
        return blocks

    def _call_blocks(self, function: str, names: tuple[str, ...] = POINTERS, times: int = 1, **other) -> None:
        columns = [other[name] if name in other else self.pointers[name] for name in names]
        table = np.stack([np.broadcast_to(np.asarray(column, np.uint64), self.run_blocks.count) for column in columns], axis=1)
        self.code.call_blocks(function, np.ascontiguousarray(table), times)

    def _create(self, birth_plan: BirthPlan) -> None:
        birth, streams = self.code.birth, birth_plan.world.streams
        inputs = aligned((self.run_blocks.count, max(birth.size, 1), LANES))
        # A territory with fewer parts than others has no edge after its last part.
        inputs[:, : birth.parts - 1] = np.inf
        inputs[:, : len(birth_plan.edges)] = self.run_blocks.to_blocks(birth_plan.edges)
        for name, row in birth.rows.items():
            values = np.atleast_2d(birth_plan.reads(name))
            inputs[:, row : row + len(values)] = self.run_blocks.to_blocks(values)
        keys = np.array([key_of(streams.seed, birth_plan.stream(name)) for name in birth_plan.declared.draws], np.uint64)
        table = np.ascontiguousarray(next((birth_plan.world.tables[name] for name in birth.tables), np.zeros((1, 1))))
        draws = aligned((4 * len(keys), LANES))
        self._call_blocks(
            "create", CREATION_POINTERS, inputs=addresses_of(inputs), streams=addresses_of(self.run_blocks.streams),
            keys=keys.ctypes.data, table=table.ctypes.data, draws=draws.ctypes.data,
        )  # fmt: skip

    def _evaluate(self, function: str, read) -> np.ndarray:
        """Call a function of residents on inputs read from the world; its results, shape ``(row, run)``."""
        self._write_surroundings(function, read)
        self._call_blocks(function)
        return self.run_blocks.to_runs(self.results).astype(float)

    def _write_surroundings(self, function: str, read) -> None:
        for name in self.functions.inputs[function]:
            self.surroundings[:, self.functions.surroundings.index(name)] = self.run_blocks.to_blocks(
                np.atleast_1d(np.asarray(read(name)))
            )

    def averages(self, names, surroundings):
        """See :meth:`PopulationState.averages`."""
        if not set(names) <= set(self.functions.averages):
            return super().averages(names, surroundings)
        found = self._evaluate("observe", surroundings)
        return {name: found[self.functions.averages.index(name)] for name in names}

    def average(self, rule, surroundings, weight="", part=None):
        """See :meth:`PopulationState.average`."""
        if part is None or weight or rule not in self.declared.of_parts:
            return super().average(rule, surroundings, weight, part)
        bounds = dict(zip((FIRST, END), self.birth_plan.bounds(part)))
        found = self._evaluate("observe_part", lambda name: bounds[name] if name in bounds else surroundings(name))
        return found[self.declared.of_parts.index(rule)]

    def update(self, phase, surroundings, active, notes=None):
        """See :meth:`PopulationState.update`."""
        if notes is not None or f"update_{phase}" not in self.functions.inputs:
            return super().update(phase, surroundings, active, notes)
        return self.live(phase, lambda name: active if name == PLAYING else surroundings(name))

    def live(self, phase: str, surroundings, turns: int = 1) -> None:
        """Update the residents in a phase ``turns`` times, with constant inputs."""
        self._write_surroundings(f"update_{phase}", surroundings)
        self._call_blocks(f"update_{phase}", times=turns)

    def initialise(self, surroundings):
        """See :meth:`PopulationState.initialise`."""
        self._evaluate("initialise", surroundings)

    def quantiles(self, trait, among, shares):
        """See :meth:`PopulationState.quantiles`."""
        if (trait, among) not in self.declared.quantiles:
            return super().quantiles(trait, among, shares)
        found = []
        for share in shares:
            in_blocks = aligned((self.run_blocks.count, LANES))
            in_blocks[:] = self.run_blocks.to_blocks(share)
            self._call_blocks(f"quantile_of_{trait}_among_{among}", QUANTILE_POINTERS, shares=addresses_of(in_blocks))
            found.append(self.run_blocks.to_runs(self.results[:, 0]).astype(float))
        return np.stack(found)
