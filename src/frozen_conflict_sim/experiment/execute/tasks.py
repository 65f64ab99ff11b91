"""The tasks of a study. Each is made when it is needed, so that a few are in memory, not all runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...engine.compiled.ir.builder import LANES
from ...engine.network import POOL
from ...model.residents import residents_of
from ..study.extension import Extension
from ..study.rows import Task
from ..study.scale import thinned
from ..study.study import Study

FULL = LANES * POOL  # consecutive runs that fill a block of each network: fewer cost as much
SMALL, LEAST, ENOUGH, MOST = FULL, 2 * FULL, 8 * FULL, 32 * FULL
TASKS, ROUNDS = 8, 4
WORTH = 64_000_000  # residents times turns of a task: they take a tenth of a second, its set-up a fiftieth
MOST_BYTES = 200_000_000  # of the residents and the trajectories of a task
BYTES_OF_A_RESIDENT, BYTES_OF_A_NUMBER = 32, 4
ALL = 300  # trajectories and decisions of a run of which all are kept, about


@dataclass(frozen=True)
class Slice:
    """The runs of a task by address: the study, the configuration, and the ranks in it."""

    study: int
    configuration: int
    ranks: Sequence[int]


class Tasks(Sequence):
    """Tasks in the order in which they are played, made from their slices on access."""

    def __init__(self, extension: Extension, slices: list[Slice]):
        self.extension, self.slices = extension, slices

    def __len__(self):
        return len(self.slices)

    def __getitem__(self, at) -> Task:
        slice_ = self.slices[at]
        return self.extension.task(slice_.study, slice_.configuration, np.asarray(slice_.ranks))

    @property
    def runs(self) -> int:
        """The number of runs of all tasks together."""
        return sum(len(slice_.ranks) for slice_ in self.slices)


def slices_of(extension: Extension, task_size: int, held: np.ndarray | None = None) -> list[Slice]:
    """The wanted runs as slices of at most ``task_size`` runs, without those that are ``held`` (a boolean for each run).

    The order is breadth first: the first points of every configuration, then the next. Slices begin at multiples of
    ``task_size``, so that a study that is resumed is divided as before.
    """
    slices, order = [], []
    for study, configuration, ranks in extension.wanted_ranks():
        beginnings = range(0, len(ranks), task_size)
        order += extension.order(study, configuration, np.asarray(ranks[::task_size])).tolist()
        slices += [Slice(study, configuration, ranks[begin : begin + task_size]) for begin in beginnings]
    if held is not None:
        slices = [_missing(extension, slice_, held) for slice_ in slices]
    return [slices[at] for at in np.argsort(order, kind="stable") if len(slices[at].ranks)]


def _missing(extension: Extension, slice_: Slice, held: np.ndarray) -> Slice:
    ranks = np.asarray(slice_.ranks)
    there = held[extension.numbers(slice_.study, slice_.configuration, ranks)]
    return Slice(slice_.study, slice_.configuration, ranks[~there]) if there.any() else slice_


def default_task_size(study: Study) -> int:
    """The number of runs of a task: about an eighth of the study, in whole blocks, from 256 to 4096, but worth its set-up.

    With several configurations the study is played in about four rounds over all of them, so that a study stopped between two
    rounds has played each equally. Many residents, turns or trajectories make tasks smaller, so that memory does not grow.
    """
    configurations = len(thinned(study).configurations)
    most = study.runs // max(TASKS, ROUNDS * configurations if configurations > 1 else 0)
    fitting = max(FULL, MOST_BYTES // _bytes_of_a_run(study) // FULL * FULL)
    worth = WORTH // (residents_of(study.scenario) * study.scenario.turns)
    least = SMALL if configurations > 1 else max(LEAST, min(ENOUGH, _filled(worth)))
    return min(MOST, fitting, max(least, _filled(most)))


def fits(study: Study) -> bool:
    """Whether all runs of a study, in whole blocks, would fit into the memory of one task."""
    return _filled(study.runs) * _bytes_of_a_run(study) <= MOST_BYTES


def _filled(runs: int) -> int:
    return -(-runs // FULL) * FULL


def _bytes_of_a_run(study: Study) -> int:
    numbers = study.scenario.turns * (ALL if study.keep is None else len(study.keep))
    return BYTES_OF_A_RESIDENT * residents_of(study.scenario) + BYTES_OF_A_NUMBER * numbers
