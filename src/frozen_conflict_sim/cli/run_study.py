"""Play a study into a folder, for a person at the keyboard: progress, Ctrl-C, what was there already, what failed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .screen.messages import progress, say

if TYPE_CHECKING:
    from ..experiment.execute.cluster.scheduler import Scheduler
    from ..experiment.execute.stopping import Stopping
    from ..experiment.study.study import Study
    from ..results import Results

WORTH_A_PROCESS = 50_000_000  # resident-turns: they take about as long as a process takes to start


# With less time than this, pieces are kept small: the first ones are begun before it is known how long they take.
LITTLE = 120.0
FEW = 5


def workers_for(study: Study, workers: int | None) -> int:
    """How many processes: as many as asked, or one for each processor that has enough to do to be worth its start."""
    from ..experiment.execute.tasks import residents, usual_size
    from ..experiment.execute.workers import processors
    from ..experiment.study.scale import number_of_chunks

    worth = study.runs * study.scenario.turns * residents(study.scenario) // WORTH_A_PROCESS
    return workers or max(1, min(processors(), worth, number_of_chunks(study, usual_size(study))))


def scheduler_at(address: str | None, workers: int | None, quiet: bool) -> Scheduler | None:
    """The scheduler at an address, if one is given; it is there."""
    if address is None:
        return None
    if workers:
        raise click.UsageError("--workers counts processes on this machine; with --scheduler the cluster has its own")
    from ..experiment.execute.cluster.scheduler import Scheduler

    scheduler = Scheduler(address, (lambda message: None) if quiet else say)
    scheduler.reach()
    return scheduler


def played(
    study: Study,
    out: Path,
    workers: int | None,
    quiet: bool,
    scheduler: Scheduler | None = None,
    size: int | None = None,
    within: float | None = None,
    reuse: tuple[Path, ...] = (),
) -> Results:
    """Play what the folder lacks, as far as there is time, and open it."""
    from ..experiment.errors import ClusterGone
    from ..experiment.execute.stopping import Stopping
    from ..experiment.execute.tasks import LEAST
    from ..experiment.perform import perform_into
    from ..results import open_results

    def compiling():
        if not quiet:
            say("compiling the rules for this scenario and machine; the next time they are ready")

    stopping = Stopping(within)
    told = {"workers": workers_for(study, workers), "scheduler": scheduler, "stopping": stopping, "compiling": compiling}
    size = size or (LEAST if within is not None and within < LITTLE else None)
    try:
        with progress(study.runs, quiet) as done, _ctrl_c_asks(stopping, quiet):
            performed = perform_into(out, study, progress=done, size=size, reuse=reuse, **told)
    except KeyboardInterrupt:
        _say_what_is_kept(out, "interrupted at once")
        raise click.exceptions.Exit(130) from None
    except ClusterGone as gone:
        _say_what_is_kept(out, str(gone))
        raise click.exceptions.Exit(1) from None
    except OSError as error:
        say(f"{error.filename or out}: {error.strerror or error}")
        _say_what_is_kept(out, "not finished")
        raise click.exceptions.Exit(1) from None
    for note in performed.notes[:FEW]:
        say(f"note: {note}")
    if len(performed.notes) > FEW:
        say(f"note: and {len(performed.notes) - FEW} more such files")
    if performed.taken and not quiet:
        say(f"{performed.taken:,} finished runs are taken from {', '.join(map(str, reuse))}")
    if stopping.asked and performed.missing:
        _say_what_is_kept(out, "interrupted")
        raise click.exceptions.Exit(130)
    if performed.missing:
        _say_what_is_kept(out, "the time is up")
    results = open_results(out)
    if performed.missing and not _there(results):
        raise click.exceptions.Exit(1)
    if not (performed.played or performed.taken or performed.missing or quiet):
        say(f"{out} already holds these runs ({_there(results):,} in all): nothing was run")
    return results


@contextmanager
def _ctrl_c_asks(stopping: Stopping, quiet: bool) -> Iterator[None]:
    """Ctrl-C, and a polite request to end, let what is in hand be finished; the second one ends at once."""

    def ask(number, frame):
        if stopping.asked:
            raise KeyboardInterrupt
        stopping.asked = True
        if not quiet:
            # A handler may come in the middle of other output: write around it.
            os.write(2, b"\nfinishing what is in hand; Ctrl-C once more stops at once\n")

    with _answered(signal.SIGINT, ask), _answered(signal.SIGTERM, ask):
        yield


@contextmanager
def _answered(number: int, handler: Callable) -> Iterator[None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def _say_what_is_kept(out: Path, why: str) -> None:
    """Say how far the folder has come, if there is one; what is missing is what the same command will do."""
    from ..experiment.errors import ResultsError
    from ..results import open_results

    try:
        results = open_results(out)
    except (ResultsError, OSError):
        return
    planned = results.manifest["counts"]["planned"]
    say(f"{why}: {_there(results):,} of {planned:,} runs are kept in {out}; the same command goes on from there")


def _there(results: Results) -> int:
    counts = results.manifest["counts"]
    return counts["finished"] + counts["failed"]


def tell_failures(results: Results) -> None:
    """Say how many runs failed and why the first did; exit code 1 if any did."""
    counts = results.manifest["counts"]
    if not counts["failed"]:
        return
    first = results.failures[0]
    reason = first["traceback"].strip().splitlines()[-1]
    say(f"{counts['failed']} of {_there(results)} runs failed; see {results.path / 'failures.jsonl'}")
    say(f"the first, run {first['run']}, failed at {first['stage']}: {reason}")
    raise click.exceptions.Exit(1)
