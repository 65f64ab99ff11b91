"""When to start no further task: on request, or because the remaining time would not be enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from ..study.rows import Task

MARGIN = 1.25


class Stopping:
    """Callable that says whether to stop. Tasks in flight are finished all the same.

    With a ``time_limit`` in seconds from now, a task is started only if one like the slowest so far would still finish in
    time. So it can overrun only during the first tasks.
    """

    def __init__(self, time_limit: float | None = None, clock: Callable[[], float] = monotonic):
        self.requested, self.clock = False, clock
        self.end = None if time_limit is None else clock() + time_limit
        self.slowest = 0.0
        self._started: dict[int, float] = {}

    def __call__(self) -> bool:
        """Whether to start no further task."""
        return self.requested or (self.end is not None and self.clock() + MARGIN * self.slowest > self.end)

    @property
    def in_flight(self) -> int:
        """The number of tasks that are started and not done."""
        return len(self._started)

    def start(self, task: Task) -> None:
        """Note that a task is handed out, perhaps again because its worker died."""
        self._started[int(task.rows.run.min())] = self.clock()

    def done(self, first: int) -> None:
        """Note that the task whose lowest run number is ``first`` is done."""
        self.slowest = max(self.slowest, self.clock() - self._started.pop(first))


class Watched(Sequence):
    """Tasks that tell ``stopping`` when each is handed out."""

    def __init__(self, tasks: Sequence[Task], stopping: Stopping):
        self.tasks, self.stopping = tasks, stopping

    def __len__(self):
        return len(self.tasks)

    def __getitem__(self, at) -> Task:
        task = self.tasks[at]
        self.stopping.start(task)
        return task
