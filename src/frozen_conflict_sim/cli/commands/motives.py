"""``motives``: what an actor hopes to get, from all coalitions of its motives."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, progress

NAME = "motives"


@click.command(short_help="What does an actor hope to get? All coalitions of its motives, with Shapley shares.")
@click.argument("scenario", shell_complete=candidates.scenarios)
@click.option(
    "--motive", "motives", multiple=True, metavar="NAME", help="Only this motive, such as prestige; repeatable. By default all "
    "that speak for the option in the scenario.",
)  # fmt: skip
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="A yes-or-no outcome; by default treaty_signed.")
@click.option("--option", metavar="ADDRESS", help="The option; by default patron.treatment.ask_for_deeper_integration.")
@click.option(
    "--runs", type=click.IntRange(2, 100_000), default=256, show_default=True, help="Number of runs of each coalition."
)
@click.option(
    "--enough", type=click.FloatRange(0, 1, max_open=True), default=0.5, show_default=True,
    help="A set of motives suffices if the outcome happens in a larger share of runs.",
)  # fmt: skip
@options.seed
@click.option("--out", type=click.Path(path_type=Path), help="A folder for the lattice as data and as a plot.")
@options.workers
@options.overrides
@options.formats
@options.as_json
@options.quiet
def motives(scenario, motives, outcomes, option, runs, enough, seed, out, workers, overrides, formats, as_json, quiet):
    """Play SCENARIO once for each coalition of an actor's motives, all with the same random numbers.

    Prints the Shapley share of each motive in the probability of a treaty, by territory, the smallest sets of motives that
    suffice, and those that are necessary. A motive that is left out has the weight zero; costs and fears remain.
    """
    wanted = options.chosen_formats(formats)
    from ...analysis.lattice.motives import OPTION, OUTCOME, lattice
    from ...experiment.execute.workers import processors
    from ...scenario import load_scenario
    from ...scenario.load import settings

    loaded = load_scenario(scenario, settings(overrides) if overrides else None)
    how = {"option": option or OPTION, "runs": runs, "seed": seed, "enough": enough, "workers": workers or processors()}
    with progress(None, quiet, "coalitions") as done:
        found = lattice(loaded, motives, outcomes or (OUTCOME,), **how, progress=done)
    if as_json:
        print_json(found.to_dict())
    else:
        from ..screen.choice.motive_tables import print_motives

        print_motives(found)
    if out:
        from ...plots.choice.motives import motives as draw
        from ...plots.choice.motives import provenance
        from ..store_found import store

        store(out, NAME, found.to_dict(), draw(found), provenance(found), wanted, quiet)
