"""Run a program on one world, any number of turns at a time, block by block."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

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

# Updates of residents (residents x runs x turns) in one call of a thread; Ctrl-C takes effect between calls.
AT_A_TIME = 4_000_000


class Executor:
    """One world and its populations, played by a program that fills tables with trajectories and choices.

    ``tables`` are ``trajectories`` and ``choices``, ``(row, run, turn)``, and which rows of a record are ``kept`` in them.
    ``threads`` play blocks of runs side by side, each in memory of its own: no number depends on how many there are. ``then``,
    if given, is called with the number of every block that was played, its records ``(turn, row, lane)``, and the memory of the
    thread that it asked for; all turns must be played at once then.
    """

    def __init__(
        self,
        world,
        decision_maker,
        program: Program,
        populations: list[CompiledPopulation],
        tables: dict[str, np.ndarray],
        threads: int = 1,
        then=None,
    ):
        self.then = then
        self.world, self.program, self.populations = world, program, populations
        self.run_blocks = populations[0].run_blocks
        self.buffers = buffers = Buffers(world, program.layout, self.run_blocks)
        self.buffers.write(ENDED, np.full((1, 1), float(world.setting.turns)))
        self._share_buffers(decision_maker)
        streams = world.streams
        self.keys = np.array([[*key_of(streams.seed, stream), word] for stream, word in program.streams], np.uint64)
        self.arrays = {"constants": buffers.constants, "keys": self.keys, **tables}
        self.threads = [self._memory_of_a_thread() for _ in range(min(threads, self.run_blocks.count))]
        self.shared = [self._pointers(memory) for memory in self.threads]
        self.after = [then.memory() if then else {} for _ in self.threads]
        columns = [buffers.block, self.run_blocks.streams, self.run_blocks.columns]
        own = [addresses_of(column) for column in columns]
        for one in populations:
            own += [one.pointers["traits"], one.pointers["network"]]
        self.own = np.ascontiguousarray(np.stack(own, axis=1))

    def _memory_of_a_thread(self) -> dict[str, np.ndarray]:
        """What a block writes while it is played, and the next block writes again."""
        program, populations = self.program, self.populations
        functions, members, kind = populations[0].functions, len(populations), populations[0].kind
        surroundings, results = (
            aligned((members, rows, LANES), kind) for rows in (len(functions.surroundings), functions.result_rows)
        )
        largest = [max((one.shared[at] for one in populations), key=np.size) for at in range(2)]
        published, sums = (aligned(array.shape, kind) for array in largest)
        records = borrowed((self.world.setting.turns, program.trajectories + program.choices, LANES), np.float32)
        return {
            "scratch": aligned((max(program.layout.size["scratch"], 1), LANES)), "records": records,
            "surroundings": surroundings, "results": results, "published": published, "sums": sums,
        }  # fmt: skip

    def _pointers(self, memory: dict[str, np.ndarray]) -> np.ndarray:
        """The table of a thread: pointers to what blocks share, to what is its own, and to the residents' functions."""
        counts = {"runs": self.run_blocks.runs, "turns": self.world.setting.turns}
        arrays = self.arrays | memory
        given = [arrays[name].ctypes.data if name in arrays else counts[name] for name in SHARED]
        functions = [one.code.address(name) for one in self.populations for name in self.program.functions]
        return np.array(given + functions, np.uint64)

    def optimise(self) -> None:
        """Play on with optimised code, if it was a draft so far."""
        self.program.compile()
        for one in self.populations:
            one.code.compile()
        self.shared = [self._pointers(memory) for memory in self.threads]

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
        held = self.buffers.block, self.arrays, self.threads  # while they are played, whoever releases this meanwhile
        self.buffers.write(ACTIVE, world.active[None])
        residents = sum(one.residents for one in self.populations) * LANES * count
        step = len(self.threads) * max(1, AT_A_TIME // residents)
        for block in range(0, len(self.own), step):
            self._play(np.arange(block, min(block + step, len(self.own))), first, first + count)
        del held
        world.turn += count
        world.active[:] = self.buffers.read(ACTIVE)[0] > 0.5
        world.refresh()

    def _play(self, blocks: np.ndarray, first: int, end: int) -> None:
        """Play turns of some blocks, shared among the threads."""
        shares = np.array_split(blocks, min(len(self.threads), len(blocks)))
        if len(shares) == 1:
            self._play_share(blocks, 0, first, end)
            return
        with ThreadPoolExecutor(len(shares)) as pool:
            for played in [pool.submit(self._play_share, share, thread, first, end) for thread, share in enumerate(shares)]:
                played.result()

    def _play_share(self, blocks: np.ndarray, thread: int, first: int, end: int) -> None:
        """Play turns of blocks that lie side by side, one after the other if something comes after each."""
        memory, shared = self.threads[thread], self.shared[thread].ctypes.data
        for some in np.split(blocks, len(blocks)) if self.then else [blocks]:
            self.program.play(self.own[some[0] :].ctypes.data, len(some), shared, first, end)
            if self.then:
                self.then(int(some[0]), memory["records"], self.after[thread])

    def release(self) -> None:
        """Let go of all memory; nothing more can be asked of it, nor of its world."""
        self.buffers.block, self.arrays, self.threads, self.then, self.after = None, {}, [], None, []

    def faults(self) -> np.ndarray:
        """The runs in which a rule gave no finite number."""
        return np.flatnonzero(np.isnan(self.buffers.read(FAULT)[0]))

    def ended_turn(self) -> np.ndarray:
        """The turn after which each run ended."""
        return self.buffers.read(ENDED)[0].astype(int)
