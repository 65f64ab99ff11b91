"""What a worker does with a task: play it, then do something with its result."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

from ...scenario.schema import declarations
from ..study.rows import Task
from .simulate import TaskResult, failed, simulate


@dataclass(frozen=True)
class TaskRunner:
    """Callable that plays a task and applies ``then`` to the result, in whichever process it is called.

    ``play`` is a function ``(scenario, seed, rows, keep) -> TaskResult`` to use in place of the simulation. ``additions`` are
    what a script declared besides the catalogue: a process that plays declares it too.
    """

    seed: int
    keep: tuple[str, ...] | None
    then: Callable[[TaskResult], object]
    play: Callable | None = None
    additions: bytes = field(default_factory=lambda: declarations().additions)

    def __call__(self, task: Task):
        """Play a task."""
        declarations().take(self.additions)
        with collected():
            result = (self.play or simulate)(task.scenario, self.seed, task.rows, self.keep)
        return self.then(result)

    def lost(self, task: Task):
        """The result in memory of a task whose process died again and again: all its runs count as failed."""
        reason = "The process that played this run died: killed, or out of memory."
        return self.then(failed(task.rows, self.seed, "running", reason))


@dataclass(frozen=True)
class Lost:
    """A task whose process died again and again: nothing of it is stored, so that the next command plays it.

    It has the lowest run number of the task, and the number of its runs.
    """

    first: int
    runs: int

    @classmethod
    def of(cls, task: Task) -> Lost:
        """The loss of a task."""
        return cls(int(task.rows.run.min()), len(task.rows))


@contextmanager
def collected():
    """Collect the reference cycles made inside this, such as a model and its agents: many of them would pile up.

    Objects that existed before are left out: to go through all that a process has imported takes a tenth of a second.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
