"""``run``: an ensemble of one scenario."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import say


@click.command(short_help="Run an ensemble of one scenario: summary, pictures, results folder.")
@click.argument("scenario", shell_complete=candidates.scenarios)
@click.option("--runs", type=click.IntRange(1, 10_000_000), default=200, show_default=True, help="How many runs.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The seed of all chance.")
@click.option("--out", type=click.Path(path_type=Path), help="The results folder; by default results/<name of the scenario>.")
@click.option("--no-plots", is_flag=True, help="Draw no pictures.")
@options.workers
@options.scheduler
@options.given
@options.formats
@options.as_json
@options.quiet
def run(scenario, runs, seed, out, no_plots, workers, scheduler, given, formats, as_json, quiet):
    """Run SCENARIO (a file, or the bare name of a shipped one) many times: summary, pictures, results folder."""
    wanted = options.chosen_formats(formats)
    from ...ensemble import ensemble_of
    from ...experiment.study.study import Study
    from ...scenario import load_scenario
    from ...scenario.overrides import settings
    from ..run_study import played, scheduler_at, tell_failures

    loaded = load_scenario(scenario, settings(given) if given else None)
    for note in () if quiet else loaded.notes:
        say(f"note: {note}")
    out = out or Path("results") / Path(scenario).stem

    study = Study(ensemble_of(loaded, runs, seed))
    results = played(study, out, workers, quiet, scheduler_at(scheduler, workers, quiet))
    from ...analysis.summary import summary

    summarised = summary(results)
    if as_json:
        click.echo(json.dumps({"results": str(out), **summarised.to_dict()}, ensure_ascii=False, indent=1))
    else:
        from ..screen.summary_tables import show

        show(summarised, results)
    if not no_plots:
        from ...plots.album import draw_first

        pictures = draw_first(results, out / "plots", wanted)
        if not quiet:
            say(f"pictures: {out / 'plots'} ({len(pictures)}; frozen-conflict-sim plot {out} draws all others)")
    if not quiet:
        say(f"results:  {out}")
    tell_failures(results)
