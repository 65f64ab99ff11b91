"""``calibrate``: which values are plausible in the light of the record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import say


@click.command(short_help="Fit uncertain values to patterns of the record: the sets that are plausible.")
@click.argument("experiment", shell_complete=candidates.experiments)
@click.option("--out", type=click.Path(path_type=Path), help="The results folder; by default results/<name of the experiment>.")
@click.option("--pattern", "names", multiple=True, metavar="NAME", help="Fit to this pattern; repeatable. By default to all.")
@click.option("--as", "place", metavar="SCENARIO", help="The scenario whose patterns apply; by default the one of that title.")
@click.option("--points", type=click.IntRange(min=1), help="How many sets of values are tried.")
@click.option("--replicates", type=click.IntRange(min=2), help="How many runs of each set.")
@click.option("--kept", type=click.FloatRange(0.0, 1.0), default=0.05, show_default=True, help="The share of the sets to keep.")
@click.option("--search", "trials", type=click.IntRange(min=0), default=0, help="Further trials where it looks promising.")
@click.option("--runs", type=click.IntRange(min=0), default=1024, show_default=True, help="Runs for each pattern left out.")
@options.workers
@options.given
@options.as_json
@options.quiet
def calibrate(experiment, out, names, place, points, replicates, kept, trials, runs, workers, given, as_json, quiet):
    """Run EXPERIMENT, whose uncertainties are the free values, and keep those sets of values that come near the record.

    EXPERIMENT is a file, a shipped name, or a results folder of an earlier calibration, which is then judged without a new
    run. Writes posterior.csv, from which any experiment can draw (uncertainties: {from_posterior: posterior.csv}), and
    calibration.json. What was run is kept and not run again.
    """
    from ...experiment.execute.workers import processors
    from ...record.calibration.calibration import calibrated, keep
    from ...record.calibration.requirements import needed_trajectories, patterns_to_fit, scenario_of_patterns
    from ...record.calibration.statistics import check
    from ...scenario.overrides import settings
    from ..run_study import played

    asked = {"design.points": points, "replicates": replicates}
    overrides = settings(given) | {key: value for key, value in asked.items() if value is not None}
    loaded, folder = _experiment(experiment, overrides)
    check(loaded)
    patterns = patterns_to_fit(place or scenario_of_patterns(loaded.scenario), names)
    out = out or folder or Path("results") / Path(experiment).stem
    if folder and not overrides:
        from ...results import open_results

        results = open_results(folder)
    else:
        from ...experiment.study.study import Study

        loaded = replace(loaded, keep=needed_trajectories(patterns, loaded.scenario))
        results = played(Study(loaded), out, workers, quiet)
    if not quiet:
        say(f"judging {len(patterns)} patterns at each point")
    found = calibrated(results, patterns, kept=kept, runs=runs, workers=workers or processors())
    if trials:
        from ...record.calibration.search import search

        asked = results.experiment
        searched = search(found.evidence, patterns, asked.scenario, asked.seed, asked.keep, trials, out)
        found = replace(found, searched=searched)
    report = found.to_dict()
    path = keep(out, found.evidence.keys, found.sets, report)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    from ..screen.calibration_tables import show

    show(found)
    say(f"plausible sets:  {path}")


def _experiment(name: str, overrides: dict):
    """The experiment, and the folder if it is one of results."""
    from ...experiment.load import load_experiment
    from ...experiment.store.manifest import NAME

    folder = Path(name)
    if (folder / NAME).exists():
        return load_experiment(folder / "experiment.yaml", overrides), folder
    return load_experiment(name, overrides), None
