"""``batch``: an experiment."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from time import monotonic

import click

from .. import candidates, options
from ..screen.messages import print_json, say

QUICK = 500  # with so few runs, the time is not estimated before they start
RESERVE = 10.0  # seconds kept for the analysis after the runs


@click.command(short_help="Run an experiment: plan, runs, effects.")
@click.argument("experiment", shell_complete=candidates.experiments)
@options.results_folder
@options.overwrite
@click.option("--points", type=click.IntRange(min=1), help="Number of points of the design, instead of that in the file.")
@click.option(
    "--replicates", type=click.IntRange(min=1), help="Number of replicates of each point, instead of that in the file."
)
@click.option(
    "--task-size", type=click.IntRange(1, 65536), help="Runs that a worker plays as one task; by default 128 to 1024."
)
@click.option(
    "--time-limit",
    type=options.Duration(),
    help="Stop within this time (90s, 10m, 2h): start no task that would not finish. The same command continues later.",
)
@click.option(
    "--reuse",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Take identical finished runs from this results folder; repeatable.",
)
@click.option("--dry-run", is_flag=True, help="Print the plan with estimated time and disk space, and run nothing.")
@click.option("--yes", is_flag=True, help="Allow more than ten million runs.")
@options.workers
@options.scheduler
@options.debug
@options.overrides
@options.as_json
@options.quiet
def batch(
    experiment, out, overwrite, points, replicates, task_size, time_limit, reuse, dry_run, yes, workers, scheduler, debug,
    overrides, as_json, quiet,
):  # fmt: skip
    """Run EXPERIMENT, a file or the name of a shipped one. A folder that already has some of its runs gets the others.

    Ctrl-C finishes the running tasks and stops; a second Ctrl-C stops at once. Finished runs are kept. Exit codes: 0 done, or
    stopped by --time-limit; 1 runs failed; 2 the request was wrong; 130 interrupted.

    --set overrides the experiment (replicates=5, design.points=32, levers.patron.policy=[swallow]) or its scenario.
    """
    start = monotonic()
    from ...experiment.load import load_experiment
    from ...experiment.plan import plan
    from ...experiment.study.study import Study
    from ...scenario.load import settings
    from ..results_folder import RESULTS, results_folder
    from ..run_study import connect, report_failures, run_study

    sizes = {"design.points": points, "replicates": replicates}
    values = settings(overrides) | {key: value for key, value in sizes.items() if value is not None}
    loaded = load_experiment(experiment, values)
    for note in () if quiet else loaded.scenario.notes:
        say(f"note: {note}")
    study = Study(loaded, large=yes)
    cluster = connect(scheduler, workers, quiet)
    if dry_run:
        out = out or RESULTS / Path(experiment).stem
    else:
        out = results_folder(study, out, Path(experiment).stem, overwrite, quiet)
    planned = plan(study)
    report = {"results": str(out), "plan": planned.to_dict()}
    if dry_run or not (quiet or as_json):
        report |= _print_plan(study, planned, workers, cluster, task_size, dry_run, as_json)
    if dry_run:
        if as_json:
            print_json(report)
        return
    if time_limit is not None:
        time_limit = max(0.0, time_limit - (monotonic() - start) - min(RESERVE, time_limit / 5))
    results = run_study(study, out, workers, quiet, cluster, task_size, time_limit, reuse, debug)
    _print_results(results, report, as_json)
    if not quiet:
        say(f"results:  {out}")
    report_failures(results)


def _print_results(results, report: dict, as_json: bool) -> None:
    """Print effects and paired contrasts, and if the experiment asks for them choice rules and convergence."""
    from ...analysis.comparison.lever_contrasts import lever_contrasts
    from ...analysis.convergence import convergence
    from ...analysis.effects import effects
    from ...analysis.robustness import by_choice_rule

    found, by_rule, (contrasts, crossings) = effects(results), by_choice_rule(results), lever_contrasts(results)
    known = convergence(results) if results.experiment.until else None
    if as_json:
        report |= {"convergence": known.to_dict()} if known else {}
        report |= {"contrasts": [line.to_dict() for line in contrasts]} if contrasts else {}
        report |= {"crossings": [asdict(line) for line in crossings]} if crossings else {}
        report |= {"by_choice_rule": [asdict(line) for line in by_rule]} if by_rule else {}
        print_json({**report, **found.to_dict()})
    else:
        from ..screen.choice_rule_tables import print_choice_rules
        from ..screen.comparison.effect_tables import print_convergence, print_effects
        from ..screen.exploration.contrast_tables import print_contrasts

        print_effects(found)
        print_contrasts(contrasts, crossings)
        print_choice_rules(by_rule)
        if known:
            print_convergence(known)


def _print_plan(study, planned, workers: int | None, cluster, task_size: int | None, dry_run: bool, as_json: bool) -> dict:
    """Print the plan, on standard output for a dry run, else on standard error; returns the estimate for JSON."""
    from ...experiment.execute.tasks import default_task_size
    from ...experiment.plan import estimate
    from ...experiment.study.scale import LARGE, number_of_tasks
    from ..run_study import worker_count
    from ..screen.plan_text import plan_lines, scale_lines

    workers = max(1, cluster.reach()) if cluster else worker_count(study, workers)
    task_size = task_size or default_task_size(study)
    expected = estimate(study, workers, task_size) if dry_run or study.runs > QUICK else None
    lines = plan_lines(planned, expected, workers)
    if dry_run and (cluster or study.runs >= LARGE):
        lines += scale_lines(study.runs, expected, task_size)
    for line in () if as_json else lines:
        click.echo(line, err=not dry_run)
    if not expected:
        return {}
    cost = {"seconds": round(expected.seconds, 1), "bytes": expected.bytes, "workers": workers}
    return {"estimate": cost | {"task_size": task_size, "tasks": number_of_tasks(study, task_size)}}
