"""The workers of a Dask cluster in the place of local ones: the same jobs, the same answers, one process that keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .crew import Crew
from .scheduler import Scheduler, hushed, thread_of_its_own


def spread_over(scheduler: Scheduler, task: Callable, jobs: Sequence, lost: Callable) -> Iterator:
    """Yield ``task(job)`` of every job, in the order in which they are done; task, jobs and answers are pickled.

    A job whose worker leaves is given to another; if they leave again and again, ``lost(job)`` is yielded in its place.
    """
    with hushed(), thread_of_its_own() as wait_for:
        crew = Crew(scheduler, task, jobs)
        try:
            for _ in range(len(jobs)):
                number, done, answer = wait_for(crew.next())
                yield answer if done else lost(jobs[number])
        finally:
            wait_for(crew.disband())
