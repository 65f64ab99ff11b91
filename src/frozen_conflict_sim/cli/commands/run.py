"""``run``: an ensemble of one scenario."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from .. import candidates, options
from ..screen.messages import print_json, say


@click.command(short_help="Run one scenario many times: summary, plots, results folder.")
@click.argument("scenario", shell_complete=candidates.scenarios)
@click.option("--runs", type=click.IntRange(1, 10_000_000), default=200, show_default=True, help="Number of runs.")
@options.seed
@options.results_folder
@options.overwrite
@click.option("--no-plots", is_flag=True, help="Draw no plots.")
@options.workers
@options.scheduler
@options.debug
@options.overrides
@options.formats
@options.dpi
@options.size
@options.as_json
@options.quiet
def run(
    scenario, runs, seed, out, overwrite, no_plots, workers, scheduler, debug, overrides, formats, dpi, size, as_json, quiet,
):  # fmt: skip
    """Run SCENARIO, a file or the name of a shipped one, many times: print a summary, draw plots, keep the results."""
    wanted = options.chosen_formats(formats)
    from ...ensemble import ensemble_of
    from ...experiment.study.study import Study
    from ...scenario import load_scenario
    from ...scenario.load import settings
    from ..results_folder import results_folder
    from ..run_study import connect, report_failures, run_study

    loaded = load_scenario(scenario, settings(overrides) if overrides else None)
    for note in () if quiet else loaded.notes:
        say(f"note: {note}")
    study = Study(ensemble_of(loaded, runs, seed))
    out = results_folder(study, out, Path(scenario).stem, overwrite, quiet)
    results = run_study(study, out, workers, quiet, connect(scheduler, workers, quiet), debug=debug)
    from ...analysis.summary import summary

    summarised = summary(results, key_outcomes=not as_json)
    if as_json:
        print_json({"results": str(out), **summarised.to_dict()})
    else:
        from ..screen.summary_tables import print_summary

        print_summary(summarised, results)
    if not no_plots:
        from ...plots.drawing.batch import draw_first

        drawn = draw_first(results, out / "plots", wanted, size, dpi)
        if not quiet:
            say(f"plots:    {out / 'plots'} ({len(drawn)}; for all others: frozen-conflict-sim plot {quote(str(out))})")
    if not quiet:
        say(f"results:  {out}")
    report_failures(results)
