"""Run a program on one world, any number of turns at a time, block by block."""

from __future__ import annotations

import numpy as np

from ...memory import aligned, borrowed
from ...random_streams import key_of
from ..emit.steps import ENDED
from ..emit.turn_loop import SHARED
from ..ir.builder import LANES
from ..layout.blocks import addresses_of
from ..layout.buffers import Buffers, BufferView, TurnValues
from ..layout.fields import ACTIVE, FAULT, TURNS_OF
from .population import CompiledPopulation
from .program import Program, states

# Updates of residents (residents x runs x turns) in one call; Ctrl-C takes effect between calls.
AT_A_TIME = 4_000_000


class Executor:
    """One world and its populations, played by a program that fills ``trajectories`` and ``choices``, ``(row, run, turn)``."""

    def __init__(
        self,
        world,
        decision_maker,
        program: Program,
        populations: list[CompiledPopulation],
        trajectories: np.ndarray,
        choices: np.ndarray,
    ):
        self.world, self.program, self.populations = world, program, populations
        self.run_blocks = populations[0].run_blocks
        self.buffers = buffers = Buffers(world, program.layout, self.run_blocks)
        self.buffers.write(ENDED, np.full((1, 1), float(world.setting.turns)))
        self._share_buffers(decision_maker)
        streams = world.streams
        self.keys = np.array([[*key_of(streams.seed, stream), word] for stream, word in program.streams], np.uint64)
        functions, members, kind = populations[0].functions, len(populations), populations[0].kind
        surroundings, results = (
            aligned((members, rows, LANES), kind) for rows in (len(functions.surroundings), functions.result_rows)
        )
        records = borrowed((world.setting.turns, program.trajectories + program.choices, LANES), np.float32)
        published, sums = (max((one.shared[at] for one in populations), key=np.size) for at in range(2))
        arrays = {
            "constants": buffers.constants, "scratch": buffers.scratch, "keys": self.keys,
            "surroundings": surroundings, "results": results, "records": records,
            "published": published, "sums": sums, "trajectories": trajectories, "choices": choices,
        }  # fmt: skip
        counts = {"runs": self.run_blocks.runs, "turns": world.setting.turns}
        given = [arrays[name].ctypes.data if name in arrays else counts[name] for name in SHARED]
        addresses = [one.code.address(name) for one in populations for name in program.functions]
        self.shared, self.arrays = np.array(given + addresses, np.uint64), arrays
        columns = [buffers.block, self.run_blocks.streams, self.run_blocks.columns]
        own = [addresses_of(column) for column in columns]
        for one in populations:
            own += [one.pointers["traits"], one.pointers["network"]]
        self.own = np.ascontiguousarray(np.stack(own, axis=1))

    def _share_buffers(self, decision_maker) -> None:
        """Replace the arrays of the world and the decision maker by views of the buffers."""
        world, known, declared = self.world, self.buffers.fields, self.world.declared
        world.values = BufferView(self.buffers, {name: name for name in states(declared) if name in known}, world.values)
        within_turn = [*declared.acts, *declared.hazards, *declared.fixed_values]
        world.fixed = TurnValues(self.buffers, {name: name for name in within_turn if name in known}, {})
        realised = {
            (decision.role.name, incentive.weight or incentive.name)
            for decision in declared.decisions.values()
            for option in decision.options
            for incentive in option.incentives
        }
        decision_maker.realised = BufferView(self.buffers, {key: f"realised {key[0]}/{key[1]}" for key in realised}, {})

    def give_back(self, decision_maker) -> None:
        """Give the world and the decision maker arrays of their own again, so that the rest is played without compiled code."""
        world = self.world
        world.values, world.fixed = dict(world.values), {}
        decision_maker.realised = dict(decision_maker.realised)
        self.give_past()
        world.refresh()

    def give_past(self) -> None:
        """Give the world the values of earlier turns that delays need."""
        world = self.world
        for name, _ in world.declared.delays.values():
            if TURNS_OF + name in self.buffers.fields:
                world.past[name] = list(self.buffers.read(TURNS_OF + name)[: world.turn])

    def turns(self, count: int) -> None:
        """Play a number of turns."""
        world, first = self.world, self.world.turn
        self.buffers.write(ACTIVE, world.active[None])
        residents = sum(one.residents for one in self.populations) * LANES * count
        step = max(1, AT_A_TIME // residents)
        for block in range(0, len(self.own), step):
            some = self.own[block : block + step]
            self.program.play(some.ctypes.data, len(some), self.shared.ctypes.data, first, first + count)
        world.turn += count
        world.active[:] = self.buffers.read(ACTIVE)[0] > 0.5
        world.refresh()

    def faults(self) -> np.ndarray:
        """The runs in which a rule gave no finite number."""
        return np.flatnonzero(np.isnan(self.buffers.read(FAULT)[0]))

    def ended_turn(self) -> np.ndarray:
        """The turn after which each run ended."""
        return self.buffers.read(ENDED)[0].astype(int)
