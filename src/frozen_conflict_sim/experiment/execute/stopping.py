"""When to begin no further piece: somebody asked to stop, or the time that is left would not do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from ..study.study import Task

MARGIN = 1.25


class Stopping:
    """Answers whether to stop. Pieces in hand are finished all the same.

    ``within`` are the seconds from now in which all shall be done. A piece is begun only if one like the slowest so far,
    from its beginning to its end, would still be in time; so the first ones are begun in any case.
    """

    def __init__(self, within: float | None = None, clock: Callable[[], float] = monotonic):
        self.asked, self.clock = False, clock
        self.end = None if within is None else clock() + within
        self.slowest = 0.0
        self._begun: dict[int, float] = {}

    def __call__(self) -> bool:
        """Whether to begin no further piece."""
        return self.asked or (self.end is not None and self.clock() + MARGIN * self.slowest > self.end)

    @property
    def in_hand(self) -> int:
        """How many pieces are begun and not done."""
        return len(self._begun)

    def begins(self, task: Task) -> None:
        """Note that a piece is handed out; one whose worker died may be so again."""
        self._begun[int(task.rows.run.min())] = self.clock()

    def ends(self, first: int) -> None:
        """Note that the piece with this first run is done."""
        self.slowest = max(self.slowest, self.clock() - self._begun.pop(first))


class Watched(Sequence):
    """Pieces of which it is noted when each is handed out."""

    def __init__(self, tasks: Sequence[Task], stopping: Stopping):
        self.tasks, self.stopping = tasks, stopping

    def __len__(self):
        return len(self.tasks)

    def __getitem__(self, at) -> Task:
        task = self.tasks[at]
        self.stopping.begins(task)
        return task
