"""Worker processes on this machine: one thread each; they ignore Ctrl-C and SIGTERM, and end when their parent ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import wait as wait_for

_PRELOAD = ["frozen_conflict_sim.experiment.execute.simulate", "frozen_conflict_sim.model.simulation"]
# One thread each; and a file in the current folder called like a module (random.py, mesa.py) is not imported in its place.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1",
    "PYTHONSAFEPATH": "1",
    # Arrays of one task lie where those of the task before lay: fresh pages of the system cost a fiftieth of the time.
    "MALLOC_TRIM_THRESHOLD_": str(1 << 28), "MALLOC_MMAP_THRESHOLD_": str(1 << 25),
}  # fmt: skip
_PATIENCE = 2
SEVERAL = "forkserver" in multiprocessing.get_all_start_methods()


def processors() -> int:
    """The number of processors that this process may use for workers."""
    if not SEVERAL:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def never() -> bool:
    """The ``stop`` of work that is always completed."""
    return False


def spread(play: Callable, tasks: Sequence, workers: int, lost: Callable, stop: Callable[[], bool] = never) -> Iterator:
    """Yield ``play(task)`` of every task, in the order in which they complete.

    With one worker, and on systems without fork servers, this process plays. A task whose worker dies is tried again, the last
    time alone; then ``lost(task)`` is yielded in its place. A task is looked up when it is started. Once ``stop()`` is true no
    task is started, and those in flight are finished; closing the iterator ends them at once.
    """
    if workers == 1 or len(tasks) == 1 or not SEVERAL:
        for at in range(len(tasks)):
            if stop():
                return
            yield play(tasks[at])
        return
    deaths = dict.fromkeys(range(len(tasks)), 0)
    waiting = list(reversed(deaths))
    while waiting and not stop():
        alone = deaths[waiting[-1]] >= _PATIENCE
        batch = [waiting.pop()] if alone else waiting
        started: set[int] = set()
        with _pool(1 if alone else workers) as pool:
            try:
                for at, result in _in_flight(pool, play, tasks, batch, started, workers, stop):
                    del deaths[at]
                    yield result
            except BrokenProcessPool:
                _kill(pool)  # a worker that was just being started does not know, and would be waited for forever
                suspects = [at for at in started if at in deaths]
                for at in suspects:
                    deaths[at] += 1
        for at in [at for at in deaths if deaths[at] > _PATIENCE]:
            del deaths[at]
            yield lost(tasks[at])
        waiting = sorted(deaths, key=lambda at: (deaths[at], at), reverse=True)


def _in_flight(pool, play, tasks, batch, started, workers, stop):
    """Keep a few tasks in flight, so that an interruption loses little and memory stays small."""
    batch, futures = list(batch), {}
    while batch or futures:
        while batch and len(futures) < workers + 1 and not stop():
            at = batch.pop()
            started.add(at)
            with _delayed_signals(), _without_main():
                futures[pool.submit(play, tasks[at])] = at
        if not futures:
            return
        done, _ = wait(futures, return_when=FIRST_COMPLETED)
        for future in done:
            yield futures.pop(future), future.result()


@contextmanager
def _pool(workers: int):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    with _environment():
        resource_tracker.ensure_running()
    with _environment(), _unheard():
        forkserver.ensure_running()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_die_with_parent)
    try:
        yield pool
    except BaseException:
        _kill(pool)
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _kill(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):
        process.kill()


@contextmanager
def _environment():
    """Processes started inside this have the environment of workers."""
    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def _unheard():
    """Processes started inside this hear neither Ctrl-C nor SIGTERM, which their parent handles for the whole group."""
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


@contextmanager
def _delayed_signals():
    """Delay Ctrl-C and SIGTERM until the block ends: they would orphan a process that is being started."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    handlers = {number: handler for number, handler in handlers.items() if callable(handler)}
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught = []
    for number in handlers:
        signal.signal(number, lambda *what: caught.append(what))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    for number, frame in caught:
        handlers[number](number, frame)


@contextmanager
def _without_main():
    """Processes started inside this do not import the user's script: they need nothing from it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _die_with_parent() -> None:
    warnings.filterwarnings("ignore", message="the model plays on arrays")  # the parent has said it
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    sentinel = multiprocessing.parent_process().sentinel

    def watch():
        wait_for([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
