"""What is to be played, cut into pieces, each made when its turn comes: what is in memory is a few pieces, not all runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...scenario import Scenario
from ...scenario.load import declarations
from ..study.extension import Extension
from ..study.scale import thinned
from ..study.study import Study, Task

BLOCK = 64
SMALL, LEAST, MOST = 128, 256, 1024
PIECES, ROUNDS = 8, 4
MOST_RESIDENTS = 8_000_000  # of all runs of a piece together: each takes some 28 bytes


@dataclass(frozen=True)
class Slice:
    """Runs of one variant of one of the studies that a folder was asked for, by their ranks."""

    study: int
    configuration: int
    ranks: Sequence[int]


class Tasks(Sequence):
    """Pieces in the order in which they are played."""

    def __init__(self, extension: Extension, slices: list[Slice]):
        self.extension, self.slices = extension, slices

    def __len__(self):
        return len(self.slices)

    def __getitem__(self, at) -> Task:
        slice_ = self.slices[at]
        return self.extension.task(slice_.study, slice_.configuration, np.asarray(slice_.ranks))

    @property
    def runs(self) -> int:
        """How many runs they have together."""
        return sum(len(slice_.ranks) for slice_ in self.slices)


def cut(extension: Extension, size: int, held: np.ndarray | None = None) -> list[Slice]:
    """What is wanted and not ``held`` (a yes or no for each run), breadth first: every variant at the first points, then on.

    Pieces begin at multiples of ``size``, so that what is gone on with is cut as before.
    """
    slices, places = [], []
    for study, configuration, ranks in extension.wanted_ranks():
        beginnings = range(0, len(ranks), size)
        places += extension.order(study, configuration, np.asarray(ranks[::size])).tolist()
        slices += [Slice(study, configuration, ranks[begin : begin + size]) for begin in beginnings]
    if held is not None:
        slices = [_missing(extension, slice_, held) for slice_ in slices]
    return [slices[at] for at in np.argsort(places, kind="stable") if len(slices[at].ranks)]


def _missing(extension: Extension, slice_: Slice, held: np.ndarray) -> Slice:
    ranks = np.asarray(slice_.ranks)
    there = held[extension.numbers(slice_.study, slice_.configuration, ranks)]
    return Slice(slice_.study, slice_.configuration, ranks[~there]) if there.any() else slice_


def default_task_size(study: Study) -> int:
    """How large pieces are: some eight of them, in whole blocks; a small one takes as long as one of 256.

    Of several variants there are some four rounds over all: what is stopped between two rounds has played each alike. Where
    there are many residents, pieces are smaller, so that memory does not grow with them.
    """
    configurations = len(thinned(study).configurations)
    most = study.runs // max(PIECES, ROUNDS * configurations if configurations > 1 else 0)
    fits = max(BLOCK, MOST_RESIDENTS // residents(study.scenario) // BLOCK * BLOCK)
    return min(MOST, fits, max(SMALL if configurations > 1 else LEAST, -(-most // BLOCK) * BLOCK))


def residents(scenario: Scenario) -> int:
    """How many residents a run of a scenario has, all territories together."""
    usual = declarations().quantities["residents"].default
    given = [scenario.values.get(("public", name, "residents", "")) for name in scenario.entities["territory"]]
    return int(sum(max(value.numbers) if value else usual for value in given))
