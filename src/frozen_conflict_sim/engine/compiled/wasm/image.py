"""The memory with which a program begins in a browser: every array of an executor at an address of 32 bits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..array_functions.program import ArrayProgram
from ..emit.turn_loop import SHARED
from ..ir.builder import LANES
from ..layout.fields import ACTIVE, FAULT
from ..run import draws
from ..run.executor import Executor
from .target import DATA_END, renamed, webassembly

LINE = 64  # bytes
ENTRY_POINTS = ("play", "evaluate", "uniform_1")
# What a turn writes before it reads it, so that it may begin as zeros.
EMPTY = ("scratch", "surroundings", "results", "records", "published", "sums", "trajectories", "choices")


@dataclass(frozen=True)
class Region:
    """An array at an address; without ``content`` it begins as zeros. What ``changes`` is set back before another play."""

    at: int
    size: int
    content: bytes | None = None
    changes: bool = False


class Image:
    """The memory of an executor that has not played yet, and of a program of array functions that reads its records.

    ``regions`` are all arrays by name, ``end`` is the first free address, ``functions`` are the names of the functions that
    are called by the places ``FIRST_FUNCTION`` and following in the table. ``code`` compiles the WebAssembly.
    """

    FIRST_FUNCTION = 1  # a call of the place 0 is an error, as is a pointer to the address 0

    def __init__(self, executor: Executor, outcomes: ArrayProgram):
        self.executor, self.outcomes = executor, outcomes
        self.regions: dict[str, Region] = {}
        self.end = DATA_END
        self.blocks, self.runs = executor.run_blocks.count, executor.run_blocks.runs
        self._codes = list({id(one.code): one.code for one in executor.populations}.values())
        self.functions = [name + self._suffix(one.code) for one in executor.populations for name in executor.program.functions]
        self._place_arrays()
        self._place_tables()
        self._place_outcomes()

    def code(self) -> bytes:
        """The WebAssembly module of the program, the residents and the array functions."""
        residents = [renamed(code.source, self._suffix(code)) for code in self._codes]
        exported = (*ENTRY_POINTS, *dict.fromkeys(self.functions))
        return webassembly([self.executor.program.source, *residents, self.outcomes.source, draws.source()], exported)

    def slot(self, name: str, index: tuple[int, ...], member: int) -> tuple[int, int] | None:
        """The address of a value in the first block, and the distance to that in the next; ``None`` if no block has it."""
        field = self.executor.buffers.fields.get(name)
        if field is None or field.buffer != "block":
            return None
        return self.regions["block"].at + field.slot(index, member) * LANES * 8, self._stride("block")

    def constant(self, name: str, member: int = 0) -> int | None:
        """The address of a number that is the same in all runs; ``None`` if the program reads none under the name."""
        field = self.executor.buffers.fields.get(name)
        if field is None or field.buffer != "constants":
            return None
        return self.regions["constants"].at + field.slot((), member) * 8

    def noted(self, name: str, index: tuple[int, ...], member: int) -> int:
        """The address of a value that is kept until another block is played, lane by lane."""
        return self.regions["scratch"].at + self.executor.buffers.fields[name].slot(index, member) * LANES * 8

    def outcome_slot(self, name: str, index: tuple[int, ...], member: int) -> tuple[int, int] | None:
        """The same, of the copy of a value that outcomes read."""
        if name not in self.outcomes.slots:
            return None
        slot = self.outcomes.slots[name] + int(
            np.ravel_multi_index((*index, member), self.outcomes.given_values[name].shape[:-1])
        )
        return self.regions["given"].at + slot * LANES * 8, self._stride("given")

    def described(self) -> dict:
        """What the player of the image has to know, as plain data."""
        at = {name: region.at for name, region in self.regions.items()}
        return {
            "end": self.end,
            "blocks": self.blocks, "runs": self.runs, "turns": self.executor.world.setting.turns,
            "functions": self.functions, "first_function": self.FIRST_FUNCTION,
            "play": [at["own"], at["shared"]], "own_stride": self._stride("own"),
            "evaluate": [
                [at["trajectories"], 0], [at["given"], self._stride("given")], [at["columns"], self._stride("columns")],
                [at["recorded"], 0], [at["outcome_scratch"], 0], [at["outcomes"], 0],
            ],
            "trajectories": [at["trajectories"], self.executor.program.trajectories],
            "choices": [at["choices"], self.executor.program.choices],
            "outcomes": [at["outcomes"], self.outcomes.row_count],
            "uniform": [at["numbers"], at["halves"], self.regions["numbers"].size // 8],
            "columns": at["columns"],
            "fault": self.slot(FAULT, (), 0), "active": self.slot(ACTIVE, (), 0),
        }  # fmt: skip

    def _suffix(self, code) -> str:
        return f"_of_{[id(one) for one in self._codes].index(id(code))}"

    def _stride(self, name: str) -> int:
        return self.regions[name].size // self.blocks

    def _place(self, name: str, array: np.ndarray, *, empty: bool = False, changes: bool = False) -> int:
        """Place an array at the next line; its address."""
        at = -(-self.end // LINE) * LINE
        content = None if empty else np.ascontiguousarray(array).tobytes()
        self.regions[name] = Region(at, array.nbytes, content, changes)
        self.end = at + array.nbytes
        return at

    def _place_arrays(self) -> None:
        executor = self.executor
        self._place("block", executor.buffers.block, changes=True)
        self._place("streams", executor.run_blocks.streams)
        halves = draws.halves_of(executor.world.streams)
        self._place("halves", halves)
        self._place("numbers", np.zeros(halves.shape[1]), empty=True)
        self._place("columns", executor.run_blocks.columns)
        self._networks: dict[int, int] = {}
        for place, one in enumerate(executor.populations):
            self._place(f"traits_{place}", one.memory, changes=True)
            for network in one.networks:
                if id(network) not in self._networks:
                    self._networks[id(network)] = self._place(f"network_{len(self._networks)}", network)
        for name, array in (executor.arrays | executor.threads[0]).items():
            self._place(name, array, empty=name in EMPTY, changes=name == "constants")

    def _place_tables(self) -> None:
        """Place the tables of pointers; a row of the blocks' table has eight bytes for each, of which it needs four."""
        executor = self.executor
        width = executor.own.shape[1]
        own = np.zeros((self.blocks, width * 2), np.uint32)
        for block in range(self.blocks):
            row = [self.regions[name].at + block * self._stride(name) for name in ("block", "streams", "columns")]
            for place, one in enumerate(executor.populations):
                traits = f"traits_{place}"
                row += [self.regions[traits].at + block * self._stride(traits), self._networks[id(one.networks[block])]]
            own[block, :width] = row
        self._place("own", own)
        counts = {"runs": self.runs, "turns": executor.world.setting.turns}
        shared = [self.regions[name].at if name in self.regions else counts[name] for name in SHARED]
        functions = range(self.FIRST_FUNCTION, self.FIRST_FUNCTION + len(self.functions))
        self._place("shared", np.array([*shared, *functions], np.uint32))

    def _place_outcomes(self) -> None:
        program, run_blocks = self.outcomes, self.executor.run_blocks
        self._place("given", program.given_in_blocks(run_blocks), changes=True)
        self._place("recorded", np.zeros(program.recorded, np.float32), empty=True)
        self._place("outcome_scratch", np.zeros(program.scratch, np.uint8), empty=True)
        self._place("outcomes", np.zeros((program.row_count, self.runs)), empty=True)
