"""``calibrate``: which parameter values are plausible given the record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, say


@click.command(short_help="Fit uncertain values to patterns of the record (approximate Bayesian computation).")
@click.argument("experiment", shell_complete=candidates.experiments)
@options.results_folder
@click.option("--pattern", "names", multiple=True, metavar="NAME", help="Fit to this pattern, by default to all; repeatable.")
@click.option("--scenario", metavar="NAME", help="The shipped scenario whose patterns apply; by default the one of that title.")
@click.option("--points", type=click.IntRange(min=1), help="Number of sets of values to try.")
@click.option("--replicates", type=click.IntRange(min=2), help="Number of runs of each set.")
@click.option("--accept", type=click.FloatRange(0.0, 1.0), default=0.05, show_default=True, help="Share of the sets to accept.")
@click.option(
    "--search",
    "trials",
    type=click.IntRange(min=0),
    default=0,
    help="Number of further trials near the best sets.",
)
@click.option(
    "--runs",
    type=click.IntRange(min=0),
    default=1024,
    show_default=True,
    help="Runs that predict a pattern left out.",
)
@options.workers
@options.overrides
@options.as_json
@options.quiet
def calibrate(experiment, out, names, scenario, points, replicates, accept, trials, runs, workers, overrides, as_json, quiet):
    """Run EXPERIMENT, whose uncertainties are the values to fit, and accept the sets of values that come closest to the record.

    EXPERIMENT is a file, a shipped name, or the results folder of an earlier calibration, which is judged again without new
    runs. Writes posterior.csv, from which any experiment can draw (uncertainties: {from_posterior: posterior.csv}), and
    calibration.json. Finished runs are kept and not run again.
    """
    from ...experiment.execute.workers import processors
    from ...record.calibration.calibration import calibrate as fit
    from ...record.calibration.requirements import needed_trajectories, patterns_to_fit, scenario_of_patterns
    from ...record.calibration.statistics import check
    from ...scenario.load import settings
    from ..run_study import run_study

    sizes = {"design.points": points, "replicates": replicates}
    values = settings(overrides) | {key: value for key, value in sizes.items() if value is not None}
    loaded, folder = _experiment(experiment, values)
    check(loaded)
    patterns = patterns_to_fit(scenario or scenario_of_patterns(loaded.scenario), names)
    out = out or folder or Path("results") / Path(experiment).stem
    if folder and not values:
        from ...results import open_results

        results = open_results(folder)
    else:
        from ...experiment.study.study import Study

        loaded = replace(loaded, keep=needed_trajectories(patterns, loaded.scenario))
        results = run_study(Study(loaded), out, workers, quiet)
    if not quiet:
        say(f"judging {len(patterns)} patterns at each point")
    found = fit(results, patterns, acceptance=accept, runs=runs, workers=workers or processors())
    if trials:
        from ...record.calibration.search import search

        asked = results.experiment
        searched = search(found.points, patterns, asked.scenario, asked.seed, asked.keep, trials, out)
        found = replace(found, searched=searched)
    path = found.write(out)
    if as_json:
        print_json(found.to_dict())
        return
    from ..screen.calibration_tables import print_calibration

    print_calibration(found)
    say(f"plausible sets:  {path}")


def _experiment(name: str, overrides: dict):
    """The experiment, and its results folder if ``name`` is one."""
    from ...experiment.load import load_experiment
    from ...experiment.store.manifest import NAME

    folder = Path(name)
    if (folder / NAME).exists():
        return load_experiment(folder / "experiment.yaml", overrides), folder
    return load_experiment(name, overrides), None
