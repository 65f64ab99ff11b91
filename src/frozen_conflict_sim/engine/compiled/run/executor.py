"""Plays the turns of one world in compiled functions: as many turns at a time as are wanted, block by block."""

from __future__ import annotations

import numpy as np

from ...memory import aligned, borrowed
from ...random_streams import key_of
from ..emit.steps import ENDED
from ..emit.turn_loop import SHARED
from ..ir.builder import LANES
from ..layout.blocks import each_of
from ..layout.buffers import Board, Now, Window
from ..layout.fields import ACTIVE
from .population import CompiledPopulation
from .program import Plan, states

# How many residents of all runs are played between two looks at what the user wants.
AT_A_TIME = 4_000_000


class Play:
    """One world and its publics, played by a plan; what is recorded goes into ``courses`` and ``choices``: (row, run, turn)."""

    def __init__(
        self, world, decision_maker, plan: Plan, publics: list[CompiledPopulation], courses: np.ndarray, choices: np.ndarray
    ):
        self.world, self.plan, self.publics = world, plan, publics
        self.seats = publics[0].seats
        self.board = board = Board(world, plan.places, self.seats)
        self.board.write(ENDED, np.full((1, 1), float(world.setting.turns)))
        self._open_windows(decision_maker)
        streams = world.streams
        self.keys = np.array([[*key_of(streams.seed, stream), word] for stream, word in plan.streams], np.uint64)
        script, members, kind = publics[0].script, len(publics), publics[0].kind
        around, answers = (aligned((members, rows, LANES), kind) for rows in (len(script.around), script.answers))
        notes = borrowed((world.setting.turns, plan.courses + plan.choices, LANES), np.float32)
        said, sums = (max((public.shared[at] for public in publics), key=np.size) for at in range(2))
        arrays = {
            "fixed": board.fixed, "passing": board.passing, "keys": self.keys, "around": around, "answers": answers,
            "notes": notes, "said": said, "sums": sums, "courses": courses, "choices": choices,
        }  # fmt: skip
        counts = {"runs": self.seats.runs, "turns": world.setting.turns}
        given = [arrays[name].ctypes.data if name in arrays else counts[name] for name in SHARED]
        functions = [public.kernels.address(name) for public in publics for name in plan.calls]
        self.shared, self.arrays = np.array(given + functions, np.uint64), arrays
        columns = [board.block, self.seats.streams, self.seats.columns]
        own = [each_of(column) for column in columns]
        for public in publics:
            own += [public.pointers["traits"], public.pointers["network"]]
        self.own = np.ascontiguousarray(np.stack(own, axis=1))

    def _open_windows(self, decision_maker) -> None:
        """Let everybody else see and change what stands on the board."""
        world, known, declared = self.world, self.board.known, self.world.declared
        world.values = Window(self.board, {name: name for name in states(declared) if name in known}, world.values)
        said = [*declared.acts, *declared.hazards, *declared.fixed_values]
        world.fixed = Now(self.board, {name: name for name in said if name in known}, {})
        realised = {
            (decision.role.name, incentive.weight or incentive.name)
            for decision in declared.decisions.values()
            for option in decision.options
            for incentive in option.incentives
        }
        decision_maker.realised = Window(self.board, {key: f"realised {key[0]}/{key[1]}" for key in realised}, {})

    def turns(self, count: int) -> None:
        """Play some turns."""
        world, first = self.world, self.world.turn
        self.board.write(ACTIVE, world.active[None])
        residents = sum(public.residents for public in self.publics) * LANES * count
        step = max(1, AT_A_TIME // residents)
        for block in range(0, len(self.own), step):
            some = self.own[block : block + step]
            self.plan.play(some.ctypes.data, len(some), self.shared.ctypes.data, first, first + count)
        world.turn += count
        world.active[:] = self.board.read(ACTIVE)[0] > 0.5
        world.refresh()

    def ended_turn(self) -> np.ndarray:
        """The turn after which each run ended."""
        return self.board.read(ENDED)[0].astype(int)
