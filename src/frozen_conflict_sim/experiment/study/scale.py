"""Costs of large studies: tasks, files, hours, and the throughput of the one process that writes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..designs import KINDS
from .study import Study

LARGE = 1_000_000
ENOUGH = 1024
# Measured with two workers beside the batch on one small machine (docs/cluster.md): seconds to hand out a task, take its result
# back and write it, and the rate at which bytes are written. A faster disk writes more.
HANDLING, BYTES_A_SECOND = 0.04, 100e6
LEAST, MOST = 1024, 16_384  # runs of a task; the largest takes about 3 GB of memory
FILES = 3


@dataclass(frozen=True)
class Cost:
    """The fixed cost of a task, and the cost of each of its runs."""

    task: float
    run: float

    def of(self, tasks: int, runs: int) -> float:
        """The cost of so many tasks with so many runs together."""
        return self.task * tasks + self.run * runs


@dataclass(frozen=True)
class Scale:
    """A number of runs in a number of tasks, with the ``seconds`` of one core and the ``bytes`` on disk that they take."""

    runs: int
    tasks: int
    seconds: float
    bytes: float

    @property
    def files(self) -> int:
        """The number of files in the folder."""
        return FILES * self.tasks

    @property
    def writing(self) -> float:
        """Seconds that one process needs to hand out the tasks and to write their results.

        >>> Scale(10**9, 976_563, 9e5, 2.4e12).writing / 3600
        17.517366666666668
        """
        return self.tasks * HANDLING + self.bytes / BYTES_A_SECOND

    @property
    def cores(self) -> int:
        """The number of cores that keep the writing process fully busy; more do not help.

        >>> Scale(10**9, 976_563, 9e5, 2.4e12).cores
        14
        """
        return max(1, int(self.seconds / self.writing))

    def duration(self, cores: int) -> float:
        """Seconds that the study takes on so many cores."""
        return max(self.seconds / cores, self.writing)


def scale(runs: int, task_size: int, time: Cost, disk: Cost) -> Scale:
    """The scale of so many runs in tasks of ``task_size`` runs."""
    tasks = -(-runs // task_size)
    return Scale(runs, tasks, time.of(tasks, runs), disk.of(tasks, runs))


def advised_task_size(runs: int, time: Cost, disk: Cost) -> int:
    """The smallest task size for which handling the tasks is at most a fifth of the writing.

    >>> advised_task_size(10**9, Cost(0.01, 0.0009), Cost(20_000, 2400))
    8192
    >>> advised_task_size(10**9, Cost(0.01, 0.0009), Cost(20_000, 300))
    16384
    """
    size = LEAST
    while size < MOST and scale(runs, size, time, disk).tasks * HANDLING > scale(runs, size, time, disk).writing / 5:
        size *= 2
    return size


def thinned(study: Study) -> Study:
    """The same study with few enough points to lay out quickly; the study itself if it has no more than that."""
    experiment, design = study.experiment, study.experiment.design
    options = KINDS[design.kind].defaults | design.options
    if options.get("points", 0) <= ENOUGH:
        return study
    return Study(replace(experiment, design=replace(design, options=design.options | {"points": ENOUGH})), large=True)


def number_of_tasks(study: Study, task_size: int) -> int:
    """The number of tasks of a study, without laying out all its points."""
    few = thinned(study)
    return sum(-(-few.length(at) * study.runs // (few.runs * task_size)) for at in range(len(few.configurations)))
