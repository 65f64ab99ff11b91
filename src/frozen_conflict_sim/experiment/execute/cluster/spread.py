"""The workers of a Dask cluster in the place of local ones: the same jobs, the same answers, one process that keeps them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence

from .crew import Crew
from .queue import Ledger
from .scheduler import Scheduler, hushed, thread_of_its_own


def spread_over(
    scheduler: Scheduler, task: Callable, jobs: Sequence, *, lost: Callable, stop: Callable[[], bool] = bool
) -> Iterator:
    """Yield ``task(job)`` of every job, in the order in which they are done; task, jobs and answers travel pickled.

    A job whose worker leaves is given to another; if they leave again and again, ``lost(job)`` is yielded in its place. Once
    ``stop()`` says yes no job is begun any more.
    """
    ledger = Ledger(len(jobs), stop)
    crew = Crew(scheduler, task, jobs, ledger)
    with hushed(), thread_of_its_own() as wait_for:
        working = wait_for(_begun(crew.work()))
        try:
            while over := wait_for(ledger.next()):
                number, done, answer = over
                yield answer if done else lost(jobs[number])
        finally:
            wait_for(_ended(working))


async def _begun(coroutine) -> asyncio.Task:
    return asyncio.create_task(coroutine)


async def _ended(task: asyncio.Task) -> None:
    task.cancel()
    await asyncio.wait({task})
