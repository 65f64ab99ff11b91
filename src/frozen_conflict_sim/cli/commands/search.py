"""``search``: policies that are good in several outcomes at once, over many futures."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, progress, say

NAME = "search"


@click.command(short_help="Search for policies on a frontier of several outcomes, and judge them by regret and other criteria.")
@click.argument("experiment", shell_complete=candidates.experiments)
@options.results_folder
@click.option("--trials", type=click.IntRange(min=1), help="Number of policies to try; by default as the experiment says.")
@click.option("--points", type=click.IntRange(min=1), help="Number of futures, if the design samples them.")
@click.option("--replicates", type=click.IntRange(min=1), help="Number of runs of each future.")
@click.option(
    "--sampler", type=click.Choice(["tpe", "nsga2", "nsga3", "random"]), default="tpe", show_default=True,
    help="Optuna's sampler that proposes policies.",
)  # fmt: skip
@options.workers
@options.overrides
@options.formats
@options.as_json
@options.quiet
def search(experiment, out, trials, points, replicates, sampler, workers, overrides, formats, as_json, quiet):
    """Search for policies in EXPERIMENT, which has a section search: objectives, numbers to choose, candidate policies.

    Every policy meets the same futures: the points of the design, with the same random numbers. Those on the frontier are
    judged again in futures that the search did not see. Repeat the command to resume an interrupted search: the trials are
    the same. Needs optuna: pip install 'frozen-conflict-sim[search]'.
    """
    wanted = options.chosen_formats(formats)
    from ...analysis.choice.frontier import MOST, frontier
    from ...analysis.choice.search import search as searched
    from ...analysis.choice.space import check
    from ...experiment.execute.workers import processors
    from ...experiment.load import load_experiment
    from ...scenario.load import settings

    sizes = {"design.points": points, "replicates": replicates}
    values = settings(overrides) | {key: value for key, value in sizes.items() if value is not None}
    loaded = load_experiment(experiment, values)
    number = trials or check(loaded).trials
    out, workers = out or Path("results") / Path(experiment).stem, workers or processors()
    with progress(number + MOST, quiet, "policies") as done:
        found = searched(loaded, number, folder=out, sampler=sampler, workers=workers, progress=done)
        judged = frontier(loaded, found, workers=workers, progress=done)
    if as_json:
        print_json(judged.to_dict())
    else:
        from ..screen.choice.search_tables import print_frontier

        print_frontier(judged)
    if len(found) < number and not quiet:
        say(f"note: there are only {len(found)} different policies, and all were tried")
    _store(judged, out, wanted, quiet)


def _store(judged, out: Path, formats, quiet: bool) -> None:
    from ...plots.choice.frontier_of_policies import frontier_of_policies, provenance
    from ..store_found import store

    store(out, NAME, judged.to_dict(), frontier_of_policies(judged), provenance(judged), formats, quiet)
