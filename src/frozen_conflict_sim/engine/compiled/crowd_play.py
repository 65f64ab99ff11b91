"""A public that lives in compiled functions; it looks like any other and gives the same numbers."""

from __future__ import annotations

from collections.abc import MutableMapping

import numpy as np

from ..kernels import Public
from .board import aligned
from .crowd_frame import LANES
from .crowd_script import PLAYING, CrowdScript
from .machine import machine


class Kernels:
    """The compiled functions of residents: one text for all publics of a world."""

    def __init__(self, declared, candidates: int, voter: str, degree: int):
        self.declared, self.script = declared, CrowdScript(declared, candidates, voter, degree)
        self.source = self.script.source()

    def compile(self, compiling=lambda: None) -> Kernels:
        """Make the functions ready to run."""
        self.machine = machine(self.source, compiling)
        self.live = {phase: self._function(f"live_{phase}") for phase in self.script.phases}
        self.observe = self._function("observe") if self.script.averages else None
        self.vote = self._function("vote") if self.declared.appeals and self.script.candidates else None
        return self

    def _function(self, name: str):
        return self.machine.function(name, "pipi")


class Traits(MutableMapping):
    """The traits of a block as arrays ``(resident, run)``, wherever they stand."""

    def __init__(self, public: CompiledPublic, blocks: slice, runs: int, others: dict):
        self.public, self.blocks, self.runs, self.others = public, blocks, runs, others

    def _part(self, name):
        return self.public.memory[self.blocks, self.public.script.traits.index(name)]

    def __getitem__(self, name):
        if name in self.others:
            return self.others[name]
        part = self._part(name)
        return part.transpose(1, 0, 2).reshape(part.shape[1], -1)[:, : self.runs]

    def __setitem__(self, name, values):
        part = self._part(name)
        part[:] = _padded(np.asarray(values)).reshape(part.shape[1], -1, LANES).transpose(1, 0, 2)

    def __contains__(self, name):
        return name in self.public.script.traits or name in self.others

    def __delitem__(self, name):
        raise TypeError("traits stay")

    def __iter__(self):
        return iter([*self.public.script.traits, *self.others])

    def __len__(self):
        return len(self.public.script.traits) + len(self.others)


class CompiledPublic(Public):
    """The residents of one territory, laid out for compiled functions."""

    def __init__(self, public: Public, kernels: Kernels):
        super().__init__(public.declared, public.blocks, public.runs)
        self.kernels, self.script = kernels, kernels.script
        residents = self.residents = len(self.blocks[0].network)
        columns, networks, compact = [], [], {}
        for block in self.blocks:
            columns.append(_padded(block.columns))
            network = compact.setdefault(id(block.network), np.ascontiguousarray(block.network, np.uint32))
            networks += [network] * (len(columns[-1]) // LANES)
        self.columns, self.networks = np.concatenate(columns), networks
        # A run stands in many columns where it fills a vector up; this is its first.
        self.first = np.unique(self.columns, return_index=True)[1]
        count, scratch = len(networks), max(len(self.script.traits), self.script.candidates + 2)
        self.memory = aligned((count, len(self.script.traits), residents, LANES), np.float32)
        self.passing = aligned((scratch, residents, LANES), np.float32)
        self.around = aligned((count, len(self.script.around), LANES), np.float32)
        self.answers = aligned((count, len(self.script.averages) + 2, LANES), np.float32)
        self.table = np.array(
            [
                [part.ctypes.data for part in (self.memory[at], self.around[at], networks[at], self.answers[at])]
                for at in range(count)
            ],
            np.uint64,
        )
        start = 0
        for block, padded in zip(self.blocks, columns):
            stop = start + len(padded) // LANES
            others = {name: values for name, values in block.traits.items() if name not in self.script.traits}
            traits = Traits(self, slice(start, stop), len(block.columns), others)
            for name in self.script.traits:
                traits[name] = block.traits[name]
            block.traits, start = traits, stop
        self.fresh: dict[str, np.ndarray] = {}

    def _look_around(self, look) -> None:
        """Write down what surrounds residents."""
        rows = np.empty((len(self.script.around), self.runs), np.float32)
        for place, name in enumerate(self.script.around):
            rows[place] = look(name)
        self.around[:] = rows[:, self.columns].reshape(len(rows), -1, LANES).transpose(1, 0, 2)

    def _play(self, function, table=None) -> None:
        table = self.table if table is None else table
        function(table.ctypes.data, len(table), self.passing.ctypes.data, self.residents)

    def _answer(self, row: int) -> np.ndarray:
        return self.answers[:, row].reshape(-1)[self.first].astype(float)

    def update(self, phase, surroundings, active, notes=None):
        """See :meth:`Public.update`."""
        if notes is not None or phase not in self.kernels.live:
            self.fresh = {}
            return super().update(phase, surroundings, active, notes)

        def look(name):
            return active if name == PLAYING else 0.0 if " of " in name else surroundings(name)

        self._look_around(look)
        self._play(self.kernels.live[phase])
        if not self.fresh and self.kernels.observe:
            self._play(self.kernels.observe)
        self.fresh = {name: self._answer(row) for row, name in enumerate(self.script.averages)}

    def average(self, rule, surroundings, weight="", part=None):
        """See :meth:`Public.average`; averages have been taken when residents last changed."""
        if weight or part is not None or rule not in self.fresh:
            return super().average(rule, surroundings, weight, part)
        return self.fresh[rule]

    def vote(self, candidates, surroundings, holds, weight):
        """See :meth:`Public.vote`."""
        if self.kernels.vote is None or len(candidates) != self.script.candidates or weight != self.script.voter:
            return super().vote(candidates, surroundings, holds, weight)

        def look(name):
            own, _, candidate = name.partition(" of ")
            return candidates[int(candidate)][own] if candidate else 1.0 if own == PLAYING else surroundings(own)

        self._look_around(look)
        vote = holds[self.columns].reshape(-1, LANES).any(axis=1)
        self._play(self.kernels.vote, np.ascontiguousarray(self.table[vote]))
        return np.where(holds, self._answer(len(self.script.averages)), 0.0)


def _padded(values: np.ndarray) -> np.ndarray:
    spare = -values.shape[-1] % LANES
    return np.concatenate([values, np.repeat(values[..., -1:], spare, -1)], -1) if spare else values
