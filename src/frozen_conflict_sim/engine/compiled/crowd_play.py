"""A public that lives in compiled functions; it looks like any other and gives the same numbers."""

from __future__ import annotations

import numpy as np

from ..kernels import BLOCK, Public
from .board import aligned
from .crowd_script import PLAYING, CrowdScript
from .machine import machine

ARGUMENTS = "pppppii"


class Kernels:
    """The compiled functions of residents: one text for all publics of a world."""

    def __init__(self, declared, candidates: int, voter: str, compiling=lambda: None):
        self.script = CrowdScript(declared, candidates, voter)
        self.source = self.script.source()
        compiled = self.machine = machine(self.source, compiling)
        self.update = {phase: compiled.function(f"update_{phase}", ARGUMENTS) for phase in self.script.phases}
        self.average = {name: compiled.function(f"average_{name}", ARGUMENTS) for name in self.script.averages}
        self.vote = compiled.function("vote", ARGUMENTS) if declared.appeals and candidates else None
        self.changing = {to for to, _, _ in declared.changes}


class CompiledPublic(Public):
    """The residents of one territory, laid out for compiled functions."""

    def __init__(self, public: Public, kernels: Kernels):
        super().__init__(public.declared, public.blocks, public.runs)
        self.kernels, self.script = kernels, kernels.script
        residents, degree = self.blocks[0].network.shape
        self.size = residents, degree
        self.memory, networks = [], {}
        for block in self.blocks:
            memory = aligned((len(self.script.traits), residents, BLOCK), np.float32)
            for place, name in enumerate(self.script.traits):
                memory[place] = _padded(block.traits[name])
                block.traits[name] = memory[place][:, : len(block.columns)]
            self.memory.append(memory)
            networks.setdefault(id(block.network), np.ascontiguousarray(block.network, np.int64))
        self.networks = [networks[id(block.network)] for block in self.blocks]
        self.columns = np.concatenate([_padded(block.columns) for block in self.blocks])
        self.passing = aligned((max(3, (self.script.candidates or 0) + 2), residents, BLOCK), np.float32)
        self.answers = aligned((len(self.blocks), 2, BLOCK), np.float32)
        self.lasting: dict[str, np.ndarray] = {}

    def _around(self, look) -> np.ndarray:
        """What surrounds residents, shape ``(block, name, run)``."""
        rows = np.empty((len(self.script.around), self.runs), np.float32)
        for place, name in enumerate(self.script.around):
            rows[place] = look(name)
        around = aligned((len(self.blocks), len(rows), BLOCK), np.float32)
        around[:] = rows[:, self.columns].reshape(len(rows), -1, BLOCK).transpose(1, 0, 2)
        return around

    def _each_block(self, function, around=None, which=None) -> None:
        for at in range(len(self.blocks)) if which is None else which:
            function(
                self.memory[at].ctypes.data,
                around[at].ctypes.data if around is not None else 0,
                self.networks[at].ctypes.data,
                self.passing.ctypes.data,
                self.answers[at].ctypes.data,
                *self.size,
            )

    def _answer(self, which=None) -> np.ndarray:
        answer = np.zeros(self.runs)
        which = range(len(self.blocks)) if which is None else which
        for at in which:
            answer[self.blocks[at].columns] = self.answers[at, 0, : len(self.blocks[at].columns)]
        return answer

    def update(self, phase, surroundings, active, notes=None):
        """See :meth:`Public.update`."""
        if notes is not None or phase not in self.kernels.update:
            return super().update(phase, surroundings, active, notes)
        needed = lambda name: active if name == PLAYING else 0.0 if " of " in name else surroundings(name)  # noqa: E731
        self._each_block(self.kernels.update[phase], self._around(needed))

    def average(self, rule, surroundings, weight=""):
        """See :meth:`Public.average`; what never changes is averaged once."""
        if weight or rule not in self.kernels.average:
            return super().average(rule, surroundings, weight)
        if rule in self.lasting:
            return self.lasting[rule]
        self._each_block(self.kernels.average[rule], self._around(surroundings) if not self._alone(rule) else None)
        answer = self._answer()
        if rule in self.declared.traits and rule not in self.kernels.changing:
            self.lasting[rule] = answer
        return answer

    def _alone(self, rule) -> bool:
        """Whether a name follows from the resident's own traits."""
        reads = self.declared.measures[rule].reads if rule in self.declared.measures else (rule,)
        return all(read in self.declared.traits for read in reads)

    def vote(self, candidates, surroundings, holds, weight):
        """See :meth:`Public.vote`."""
        if len(candidates) != self.script.candidates or self.kernels.vote is None or weight != self.script.voter:
            return super().vote(candidates, surroundings, holds, weight)

        def look(name):
            if name == PLAYING:
                return 1.0
            own, _, candidate = name.partition(" of ")
            return candidates[int(candidate)][own] if candidate else surroundings(name)

        which = [at for at, block in enumerate(self.blocks) if holds[block.columns].any()]
        self._each_block(self.kernels.vote, self._around(look), which)
        return np.where(holds, self._answer(which), 0.0)


def _padded(values: np.ndarray) -> np.ndarray:
    spare = BLOCK - values.shape[-1]
    return np.concatenate([values, np.repeat(values[..., -1:], spare, -1)], -1) if spare else values
