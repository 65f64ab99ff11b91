"""``batch``: an experiment."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from time import monotonic

import click

from .. import candidates, options
from ..durations import Duration
from ..screen.messages import say

QUICK = 500
SUMMARY = 10.0  # seconds that are left for what comes after the runs


@click.command(short_help="Run an experiment: the plan first, then its runs, then what they say.")
@click.argument("experiment", shell_complete=candidates.experiments)
@click.option("--out", type=click.Path(path_type=Path), help="The results folder; by default results/<name of the experiment>.")
@click.option("--points", type=click.IntRange(min=1), help="How many points the design has, in place of what the file says.")
@click.option("--replicates", type=click.IntRange(min=1), help="How often each point is run, in place of what the file says.")
@click.option("--chunk", type=click.IntRange(1, 65536), help="How many runs a worker plays at a time; by default 128 to 1024.")
@click.option(
    "--within",
    type=Duration(),
    help="End within this time (90s, 10m, 2h): begin no part that would not be done by then. The same command goes on later.",
)
@click.option(
    "--reuse",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Take finished runs that are the same from this results folder; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Show the plan with estimated time and disk, and run nothing.")
@click.option("--yes", is_flag=True, help="Run also more than ten million runs.")
@options.workers
@options.scheduler
@options.given
@options.as_json
@options.quiet
def batch(experiment, out, points, replicates, chunk, within, reuse, dry_run, yes, workers, scheduler, given, as_json, quiet):
    """Run EXPERIMENT (a file, or the bare name of a shipped one). A folder that holds a part of it is completed, or grows.

    Ctrl-C finishes what is in hand, a second one stops at once; what was finished is kept. The exit code is 0 if all is
    done or the time given by --within is up, 1 if runs failed, 2 if nothing could be run as asked, 130 if interrupted.

    --set overrides the experiment (replicates=5, design.points=32, levers.patron.policy=[swallow]) or its scenario.
    """
    begun = monotonic()
    from ...experiment.load import load_experiment
    from ...experiment.plan import plan
    from ...experiment.study.study import Study
    from ...scenario.overrides import settings
    from ..run_study import played, scheduler_at, tell_failures

    asked = {"design.points": points, "replicates": replicates}
    overrides = settings(given) | {key: value for key, value in asked.items() if value is not None}
    loaded = load_experiment(experiment, overrides)
    for note in () if quiet else loaded.scenario.notes:
        say(f"note: {note}")
    study = Study(loaded, large=yes)
    cluster = scheduler_at(scheduler, workers, quiet)
    out = out or Path("results") / Path(experiment).stem
    planned = plan(study)
    told = {"results": str(out), "plan": planned.to_dict()}
    if dry_run or not (quiet or as_json):
        told |= _tell(study, planned, workers, cluster, chunk, dry_run, as_json)
    if dry_run:
        if as_json:
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    left = None if within is None else max(0.0, within - (monotonic() - begun) - min(SUMMARY, within / 5))
    results = played(study, out, workers, quiet, cluster, chunk, left, reuse)
    from ...analysis.convergence import convergence
    from ...analysis.effects import effects
    from ...analysis.robustness import theories

    found, by_rule = effects(results), theories(results)
    known = convergence(results) if loaded.until else None
    if as_json:
        told |= {"convergence": known.to_dict()} if known else {}
        told |= {"theories": [asdict(line) for line in by_rule]} if by_rule else {}
        click.echo(json.dumps({**told, **found.to_dict()}, ensure_ascii=False, indent=1))
    else:
        from ..screen import choice_rule_tables as under_each_rule
        from ..screen.effect_tables import show, show_convergence

        show(found)
        under_each_rule.show(by_rule)
        if known:
            show_convergence(known)
    if not quiet:
        say(f"results:  {out}")
    tell_failures(results)


def _tell(study, planned, workers: int | None, cluster, chunk: int | None, dry_run: bool, as_json: bool) -> dict:
    """Show the plan: on standard output if that is all that was asked for, else on the side."""
    from ...experiment.execute.tasks import default_task_size
    from ...experiment.plan import estimate
    from ...experiment.study.scale import LARGE, number_of_chunks
    from .. import scales
    from ..run_study import workers_for
    from ..screen.plan_text import lines

    workers = max(1, cluster.reach()) if cluster else workers_for(study, workers)
    chunk = chunk or default_task_size(study)
    expected = estimate(study, workers, chunk) if dry_run or study.runs > QUICK else None
    told = lines(planned, expected, workers)
    if dry_run and (cluster or study.runs >= LARGE):
        told += scales.lines(study.runs, expected, chunk)
    for line in () if as_json else told:
        click.echo(line, err=not dry_run)
    if not expected:
        return {}
    reckoned = {"seconds": round(expected.seconds, 1), "bytes": expected.bytes, "workers": workers, "chunk": chunk}
    return {"estimate": reckoned | {"chunks": number_of_chunks(study, chunk)}}
