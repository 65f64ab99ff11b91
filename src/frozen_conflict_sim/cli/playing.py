"""Play a study into a folder, for a person at the keyboard: progress, Ctrl-C, what was there already, what failed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .failures import say
from .progress import progress

if TYPE_CHECKING:
    from ..experiment.scheduler import Scheduler
    from ..experiment.study import Study
    from ..results import Results
    from ..scenario import Scenario

WORTH_A_PROCESS = 50_000_000  # resident-turns: they take about as long as a process takes to start


def workers_for(study: Study, workers: int | None) -> int:
    """How many processes: as many as asked, or one for each processor that has enough to do to be worth its start."""
    from ..experiment.pieces import usual_size
    from ..experiment.scale import number_of_chunks
    from ..experiment.workers import processors

    worth = study.runs * study.scenario.turns * residents(study.scenario) // WORTH_A_PROCESS
    return workers or max(1, min(processors(), worth, number_of_chunks(study, usual_size(study.runs))))


def residents(scenario: Scenario) -> int:
    """How many residents a run of a scenario has, all territories together."""
    from ..politics.declarations import declared

    usual = declared.quantities["residents"].default
    given = [scenario.values.get(("public", name, "residents", "")) for name in scenario.entities["territory"]]
    return int(sum(max(value.numbers) if value else usual for value in given))


def scheduler_at(address: str | None, workers: int | None, quiet: bool) -> Scheduler | None:
    """The scheduler at an address, if one is given; it is there."""
    if address is None:
        return None
    if workers:
        raise click.UsageError("--workers counts processes on this machine; with --scheduler the cluster has its own")
    from ..experiment.scheduler import Scheduler

    scheduler = Scheduler(address, (lambda message: None) if quiet else say)
    scheduler.reach()
    return scheduler


def played(
    study: Study, out: Path, workers: int | None, quiet: bool, scheduler: Scheduler | None = None, size: int | None = None
) -> Results:
    """Play what the folder lacks, and open it."""
    from ..experiment.errors import ClusterGone
    from ..experiment.manifest import NAME
    from ..experiment.perform import perform_into
    from ..results import open_results

    def compiling():
        if not quiet:
            say("compiling the rules for this machine; the next time they are ready")

    try:
        with progress(study.runs, quiet) as done:
            count = workers_for(study, workers)
            fresh = perform_into(out, study, workers=count, scheduler=scheduler, size=size, progress=done, compiling=compiling)
    except (KeyboardInterrupt, ClusterGone) as end:
        if not (out / NAME).exists():
            raise
        counts = open_results(out).manifest["counts"]
        kept = counts["finished"] + counts["failed"]
        why, code = ("interrupted", 130) if isinstance(end, KeyboardInterrupt) else (end, 1)
        say(f"{why}: {kept} of {study.runs} runs are kept in {out}; the same command goes on from there")
        raise click.exceptions.Exit(code) from None
    results = open_results(out)
    if not fresh and not quiet:
        say(f"{out} already holds these runs ({results.manifest['counts']['planned']:,} of them): nothing was run")
    return results


def tell_failures(results: Results) -> None:
    """Say how many runs failed and why the first did; exit code 1 if any did."""
    counts = results.manifest["counts"]
    if not counts["failed"]:
        return
    first = results.failures[0]
    reason = first["traceback"].strip().splitlines()[-1]
    say(f"{counts['failed']} of {counts['finished'] + counts['failed']} runs failed; see {results.path / 'failures.jsonl'}")
    say(f"the first, run {first['run']}, failed at {first['stage']}: {reason}")
    raise click.exceptions.Exit(1)
