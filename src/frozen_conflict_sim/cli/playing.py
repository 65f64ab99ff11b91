"""Play a study into a folder, for a person at the keyboard: progress, Ctrl-C, what was there already, what failed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .failures import say
from .progress import progress

if TYPE_CHECKING:
    from ..experiment.study import Study
    from ..results import Results


def workers_for(study: Study, workers: int | None) -> int:
    """How many processes: as many as asked, or one for each processor that has something to do."""
    from ..experiment.pieces import usual_size
    from ..experiment.workers import processors

    return workers or min(processors(), -(-study.runs // usual_size(study.runs)))


def played(study: Study, out: Path, workers: int | None, quiet: bool) -> Results:
    """Play what the folder lacks, and open it."""
    from ..experiment.manifest import NAME
    from ..experiment.perform import perform_into
    from ..results import open_results

    def compiling():
        if not quiet:
            say("compiling the rules for this machine; the next time they are ready")

    try:
        with progress(study.runs, quiet) as done:
            fresh = perform_into(out, study, workers=workers_for(study, workers), progress=done, compiling=compiling)
    except KeyboardInterrupt:
        if not (out / NAME).exists():
            raise
        counts = open_results(out).manifest["counts"]
        kept = counts["finished"] + counts["failed"]
        say(f"interrupted: {kept} of {study.runs} runs are kept in {out}; the same command goes on from there")
        raise click.exceptions.Exit(130) from None
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
