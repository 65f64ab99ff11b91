"""Run a study into a folder from the command line: workers, progress, Ctrl-C, and what is reported afterwards."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .screen.messages import OUT_OF_MEMORY, progress, say

if TYPE_CHECKING:
    from ..experiment.execute.cluster.scheduler import Scheduler
    from ..experiment.execute.stopping import Stopping
    from ..experiment.perform import Performed
    from ..experiment.study.study import Study
    from ..results import Results

WORTH_A_PROCESS = 50_000_000  # resident-turns that take about as long as starting a process
SHORT_LIMIT = 120.0  # seconds; below this, tasks are small, because the first start before it is known how long they take
MOST_NOTES = 5


def worker_count(study: Study, workers: int | None) -> int:
    """The number of processes: ``workers`` if given, else one for each processor, as far as the work outweighs their start."""
    from ..experiment.execute.tasks import default_task_size
    from ..experiment.execute.workers import processors
    from ..experiment.study.scale import number_of_tasks
    from ..model.residents import residents_of

    worth = study.runs * study.scenario.turns * residents_of(study.scenario) // WORTH_A_PROCESS
    return workers or max(1, min(processors(), worth, number_of_tasks(study, default_task_size(study))))


def connect(address: str | None, workers: int | None, quiet: bool) -> Scheduler | None:
    """Connect to the Dask scheduler at ``address``; None without an address."""
    if address is None:
        return None
    if workers:
        raise click.UsageError("--workers is for processes on this machine; with --scheduler, the cluster has its own workers")
    from ..experiment.execute.cluster.scheduler import Scheduler

    scheduler = Scheduler(address, (lambda message: None) if quiet else say)
    scheduler.reach()
    return scheduler


def run_study(
    study: Study,
    out: Path,
    workers: int | None,
    quiet: bool,
    scheduler: Scheduler | None = None,
    task_size: int | None = None,
    time_limit: float | None = None,
    reuse: tuple[Path, ...] = (),
    debug: bool = False,
) -> Results:
    """Run what the folder ``out`` lacks of ``study``, within ``time_limit`` seconds if given, and open the folder.

    With ``debug`` all runs are played in this process, and the first error opens the debugger.
    """
    from ..experiment.errors import ClusterGone, is_out_of_memory
    from ..experiment.execute.simulate import simulate_for_debugger
    from ..experiment.execute.stopping import Stopping
    from ..experiment.execute.tasks import LEAST
    from ..experiment.perform import perform_into

    @cache
    def compiling():
        if not quiet:
            say("compiling the rules for this scenario and machine; the result is kept for the next time")

    stopping = Stopping(time_limit)
    how = {"workers": worker_count(study, workers), "scheduler": scheduler, "stopping": stopping, "compiling": compiling}
    if debug:
        if scheduler or (workers or 1) > 1:
            raise click.UsageError("--debug plays all runs in this process: leave out --workers and --scheduler")
        how |= {"workers": 1, "play": simulate_for_debugger}
    size = task_size or (LEAST if time_limit is not None and time_limit < SHORT_LIMIT else None)
    try:
        with progress(study.runs, quiet or debug) as done, debugger() if debug else _stop_on_signal(stopping, quiet):
            performed = perform_into(out, study, progress=done, task_size=size, reuse=reuse, **how)
    except KeyboardInterrupt:
        _report_progress(out, "interrupted at once")
        raise click.exceptions.Exit(130) from None
    except ClusterGone as gone:
        _report_progress(out, str(gone))
        raise click.exceptions.Exit(1) from None
    except EOFError:
        _report_progress(out, "the server of the worker processes was killed")
        raise click.exceptions.Exit(1) from None
    except OSError as error:
        say(OUT_OF_MEMORY if is_out_of_memory(error) else f"{error.filename or out}: {error.strerror or error}")
        if kept := _kept(out):
            say(f"not finished: {kept}")
        raise click.exceptions.Exit(1) from None
    if performed.taken and not quiet:
        say(f"{performed.taken:,} finished runs were taken from {', '.join(map(str, reuse))}")
    return _open_after(performed, out, stopping, quiet)


def _open_after(performed: Performed, out: Path, stopping: Stopping, quiet: bool) -> Results:
    """Report what was and was not run, and open the folder; ends with an exit code if there is nothing to look at."""
    from ..results import open_results

    for note in performed.notes[:MOST_NOTES]:
        say(f"note: {note}")
    if len(performed.notes) > MOST_NOTES:
        say(f"note: and {len(performed.notes) - MOST_NOTES} more such files")
    if stopping.requested and performed.missing:
        _report_progress(out, "interrupted")
        raise click.exceptions.Exit(130)
    if performed.lost:
        _report_progress(out, f"{performed.lost:,} runs were lost with the processes that played them, killed or out of memory")
        raise click.exceptions.Exit(1)
    if performed.missing:
        _report_progress(out, "the time limit is reached")
    results = open_results(out)
    if performed.missing and not _recorded(results):
        raise click.exceptions.Exit(1)
    if not (performed.played or performed.taken or performed.missing or quiet):
        say(f"{out} already holds these runs ({_recorded(results):,} in all): nothing was run")
    return results


@contextmanager
def debugger() -> Iterator[None]:
    """Open pdb at the first error inside this, then end with exit code 1; errors of files and of the request pass."""
    from bdb import BdbQuit
    from pdb import post_mortem
    from traceback import print_exception

    from ..experiment.errors import ResultsError

    try:
        yield
    except (OSError, ResultsError):
        raise
    except BdbQuit:
        raise click.exceptions.Exit(1) from None
    except Exception as error:
        print_exception(error)
        post_mortem(error.__traceback__)
        raise click.exceptions.Exit(1) from None


@contextmanager
def _stop_on_signal(stopping: Stopping, quiet: bool) -> Iterator[None]:
    """On SIGINT (Ctrl-C) or SIGTERM let the running tasks finish; a second signal interrupts at once."""
    before = signal.getsignal(signal.SIGINT)
    interrupt = before if callable(before) else signal.default_int_handler

    def ask(number, frame):
        if stopping.requested:
            interrupt(number, frame)
            return
        stopping.requested = True
        if not quiet:
            # A signal may arrive in the middle of other output: write directly to the file descriptor.
            with suppress(OSError):
                os.write(2, b"\nfinishing the running tasks; Ctrl-C once more stops at once\n")

    with _handler(signal.SIGINT, ask), _handler(signal.SIGTERM, ask):
        yield


@contextmanager
def _handler(number: int, handler: Callable) -> Iterator[None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def _report_progress(out: Path, why: str) -> None:
    """Report why a study is not finished and, if the folder holds any of it, how much."""
    kept = _kept(out)
    say(f"{why}: {kept}" if kept else why)


def _kept(out: Path) -> str:
    """How many runs the folder has, and that the same command continues; nothing if it is no results folder."""
    from ..experiment.errors import ResultsError
    from ..results import open_results

    try:
        results = open_results(out)
    except (ResultsError, OSError):
        return ""
    planned = results.manifest["counts"]["planned"]
    return f"{_recorded(results):,} of {planned:,} runs are kept in {out}; the same command continues from there"


def _recorded(results: Results) -> int:
    counts = results.manifest["counts"]
    return counts["finished"] + counts["failed"]


def say_notes(results: Results, quiet: bool) -> None:
    """Say what is incomplete in results that were stored earlier."""
    for note in () if quiet else results.notes:
        say(f"note: {note}")


def report_failures(results: Results) -> None:
    """Report how many runs failed and why the first did; end with exit code 1 if any did."""
    counts = results.manifest["counts"]
    if not counts["failed"]:
        return
    first = results.failures[0]
    reason = first["traceback"].strip().splitlines()[-1]
    say(f"{counts['failed']} of {_recorded(results)} runs failed; see {results.path / 'failures.jsonl'}")
    say(f"the first, run {first['run']}, failed at {first['stage']}: {reason}")
    raise click.exceptions.Exit(1)
