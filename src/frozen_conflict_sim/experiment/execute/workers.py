"""Worker processes: one thread each, deaf to Ctrl-C, gone when their parent is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import wait as wait_for

_PRELOAD = ["frozen_conflict_sim.experiment.execute.simulate", "frozen_conflict_sim.politics.model"]
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
_PATIENCE = 2


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def never() -> bool:
    """Do not stop before all is done."""
    return False


def spread(task: Callable, jobs: Sequence, workers: int, lost: Callable, stop: Callable[[], bool] = never) -> Iterator:
    """Yield ``task(job)`` of every job, in the order in which they are done.

    One worker means this process. A job whose worker dies is tried again, at last on its own; then ``lost(job)`` is
    yielded in its place. A job is looked up when its turn comes. Once ``stop()`` says yes none is begun any more, those in
    hand are finished, and that is all; whoever closes the iterator ends them at once.
    """
    if workers == 1 or len(jobs) == 1:
        for job in range(len(jobs)):
            if stop():
                return
            yield task(jobs[job])
        return
    deaths = dict.fromkeys(range(len(jobs)), 0)
    waiting = list(reversed(deaths))
    while waiting and not stop():
        alone = deaths[waiting[-1]] >= _PATIENCE
        batch = [waiting.pop()] if alone else waiting
        started: set[int] = set()
        with _pool(1 if alone else workers) as pool:
            try:
                for at, result in _in_flight(pool, task, jobs, batch, started, workers, stop):
                    del deaths[at]
                    yield result
            except BrokenProcessPool:
                _kill(pool)  # one that was being started just then knows of nothing, and would be waited for for ever
                suspects = [at for at in started if at in deaths]
                for at in suspects:
                    deaths[at] += 1
        for at in [at for at in deaths if deaths[at] > _PATIENCE]:
            del deaths[at]
            yield lost(jobs[at])
        waiting = sorted(deaths, key=lambda at: (deaths[at], at), reverse=True)


def _in_flight(pool, task, jobs, batch, started, workers, stop):
    """Keep a few jobs in flight, so that an interruption loses little and memory stays small."""
    batch, futures = list(batch), {}
    while batch or futures:
        while batch and len(futures) < workers + 1 and not stop():
            at = batch.pop()
            started.add(at)
            with _ctrl_c_later(), _nobody_else():
                futures[pool.submit(task, jobs[at])] = at
        if not futures:
            return
        done, _ = wait(futures, return_when=FIRST_COMPLETED)
        for future in done:
            yield futures.pop(future), future.result()


@contextmanager
def _pool(workers: int):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    resource_tracker.ensure_running()
    with _started_quietly():
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
def _started_quietly():
    """Processes started inside this are deaf to Ctrl-C (their parent answers it, afterwards) and use one thread."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def _ctrl_c_later():
    """Ctrl-C waits until this is over: a process that is being started would otherwise be left to itself."""
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(handler):
        yield
        return
    caught = []
    signal.signal(signal.SIGINT, lambda *what: caught.append(what))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if caught:
        handler(*caught[0])


@contextmanager
def _nobody_else():
    """Processes started inside this do not run the user's script again: they need nothing from it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _die_with_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sentinel = multiprocessing.parent_process().sentinel

    def watch():
        wait_for([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
