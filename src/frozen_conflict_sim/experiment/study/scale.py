"""The arithmetic of large studies: chunks, files, hours, and what the one process that writes can keep up with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..designs import KINDS
from .study import Study

LARGE = 1_000_000
ENOUGH = 1024
# Measured with two workers beside the batch on one small machine (docs/cluster.md): what a chunk costs to give out, take back
# and bring to disk, and how fast its bytes get there. A faster disk writes more.
HANDLING, BYTES_A_SECOND = 0.04, 100e6
LEAST, MOST = 1024, 16_384  # runs of a chunk; the largest takes about 3 GB of memory
FILES = 3


@dataclass(frozen=True)
class Cost:
    """What a chunk costs, be it ever so small, and what each of its runs costs besides."""

    result: float
    run: float

    def of(self, results: int, runs: int) -> float:
        """What so many runs in so many chunks cost."""
        return self.result * results + self.run * runs


@dataclass(frozen=True)
class Scale:
    """So many runs in so many chunks; ``seconds`` of one core, and ``bytes``."""

    runs: int
    results: int
    seconds: float
    bytes: float

    @property
    def files(self) -> int:
        """How many files the folder has."""
        return FILES * self.results

    @property
    def writing(self) -> float:
        """How many seconds one process is busy giving out the chunks and writing them.

        >>> Scale(10**9, 976_563, 9e5, 2.4e12).writing / 3600
        17.517366666666668
        """
        return self.results * HANDLING + self.bytes / BYTES_A_SECOND

    @property
    def cores(self) -> int:
        """With how many cores the process that writes is as busy as they are; more do not help.

        >>> Scale(10**9, 976_563, 9e5, 2.4e12).cores
        14
        """
        return max(1, int(self.seconds / self.writing))

    def lasts(self, cores: int) -> float:
        """How many seconds it takes with so many cores."""
        return max(self.seconds / cores, self.writing)


def scale(runs: int, size: int, time: Cost, disk: Cost) -> Scale:
    """The scale of so many runs, in chunks of a size."""
    results = -(-runs // size)
    return Scale(runs, results, time.of(results, runs), disk.of(results, runs))


def advised(runs: int, time: Cost, disk: Cost) -> int:
    """The size of chunks, as small as it can be, that wastes no more than a fifth of the writing on handling them.

    >>> advised(10**9, Cost(0.01, 0.0009), Cost(20_000, 2400))
    8192
    >>> advised(10**9, Cost(0.01, 0.0009), Cost(20_000, 300))
    16384
    """
    size = LEAST
    while size < MOST and scale(runs, size, time, disk).results * HANDLING > scale(runs, size, time, disk).writing / 5:
        size *= 2
    return size


def thinned(study: Study) -> Study:
    """The same study with so few points that they are quickly laid out; itself if it has no more than that."""
    experiment, design = study.experiment, study.experiment.design
    options = KINDS[design.kind].defaults | design.options
    if options.get("points", 0) <= ENOUGH:
        return study
    return Study(replace(experiment, design=replace(design, options=design.options | {"points": ENOUGH})), large=True)


def number_of_tasks(study: Study, size: int) -> int:
    """How many chunks of a size a study has, whose points are not laid out for that."""
    few = thinned(study)
    return sum(-(-few.length(at) * study.runs // (few.runs * size)) for at in range(len(few.configurations)))
