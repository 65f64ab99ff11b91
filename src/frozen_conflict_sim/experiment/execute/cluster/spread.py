"""The tasks of a study on the workers of a Dask cluster: submitted a few at a time, their results returned as they complete."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from time import monotonic, sleep
from typing import TYPE_CHECKING

from .scheduler import Scheduler, quiet
from .versions import Remote, Workers

if TYPE_CHECKING:
    from distributed import Client, Future

LOOK = 1  # seconds between two looks at the workers
AHEAD = 2  # tasks of a worker: one that it plays, one that is ready
RETRIES = 1  # submissions of a task after Dask has given it up, each of which may cost four workers


def spread_over(
    scheduler: Scheduler, play: Callable, tasks: Sequence, *, lost: Callable, stop: Callable[[], bool] = bool
) -> Iterator:
    """Yield ``play(task)`` of every task, in the order in which they complete; all of it travels pickled.

    Dask gives the task of a worker that died to another one. A task that Dask gives up, since its workers died again and
    again, is submitted once more; then ``lost(task)`` is yielded in its place. Once ``stop()`` is true no task is submitted.
    """
    queue = _Queue(scheduler, play, tasks, stop)
    with quiet():
        while not queue.finished:
            with scheduler.connected() as client:
                for number, answer in queue.play(client):
                    yield lost(tasks[number]) if answer is _LOST else answer


_LOST = object()


class _Queue:
    """The tasks that wait and those in flight, which outlive a connection: a restarted scheduler knows nothing of them."""

    def __init__(self, scheduler: Scheduler, function: Callable, tasks: Sequence, stop: Callable[[], bool]):
        self.scheduler, self.function, self.tasks, self.stop = scheduler, function, tasks, stop
        self.workers, self.fit, self.looked = Workers(scheduler), set(), -float(LOOK)
        self.waiting = list(reversed(range(len(tasks))))
        self.in_flight: dict[Future, int] = {}
        self.given_up: Counter[int] = Counter()
        self.gone = False

    @property
    def finished(self) -> bool:
        """Whether nothing more will complete."""
        return not self.in_flight and (not self.waiting or self.stop())

    def play(self, client: Client) -> Iterator[tuple[int, object]]:
        """Yield number and answer of every task that completes, until all have or the scheduler is gone."""
        if self.gone:
            self.scheduler.say("it is back; the tasks that were in flight are played again")
            self.gone = False
        while not self.finished:
            try:
                self._look(client)
                self._submit(client)
                done = self._next_done(client)
            except (OSError, CancelledError):
                self._take_back()
                self.gone = True
                self.scheduler.say(f"the scheduler at {self.scheduler.address} is gone; waiting for it to come back")
                return
            if done:
                yield from self._answer(*done)

    def _look(self, client: Client) -> None:
        """Find out, once in a while, which workers may be used.

        Dask does not hand a task that waits for a resource to a worker that offers it only later. So if none of the workers
        that could be used is left, the tasks in flight are taken back and submitted anew.
        """
        if monotonic() - self.looked < LOOK:
            return
        fit = self.workers.usable(client)
        if not self.fit & fit:
            self._take_back()
        self.fit, self.looked = fit, monotonic()

    def _submit(self, client: Client) -> None:
        while self.waiting and len(self.in_flight) < AHEAD * len(self.fit) and not self.stop():
            number = self.waiting.pop()
            call = pickle.dumps(Remote(self.function, self.tasks[number]))
            future = client.submit(pickle.loads, call, resources={self.workers.resource: 1}, pure=False)
            self.in_flight[future] = number

    def _take_back(self) -> None:
        self.waiting = sorted([*self.waiting, *self.in_flight.values()], reverse=True)
        self.in_flight.clear()

    def _next_done(self, client: Client) -> tuple[int, object, BaseException | None] | None:
        """Number, answer and error of one completed task; ``None`` if none completes within a moment."""
        from distributed import wait

        if not self.in_flight:
            sleep(LOOK / 10)
            return None
        try:
            with client.as_current():
                future = next(iter(wait(list(self.in_flight), timeout=LOOK, return_when="FIRST_COMPLETED").done))
        except TimeoutError:
            return None
        error = future.exception() if future.status == "error" else None
        answer = None if error else future.result()
        return self.in_flight.pop(future), answer, error

    def _answer(self, number: int, answer: object, error: BaseException | None) -> Iterator[tuple[int, object]]:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            self.given_up[number] += 1
            if self.given_up[number] <= RETRIES:
                self.waiting.append(number)
            else:
                yield number, _LOST
        elif error:
            raise error
        else:
            yield number, answer
