"""``poll``: which parameter is worth measuring next, for whose choice."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json

NAME = "poll"


@click.command(short_help="Which poll next? What knowing each parameter is worth for each actor's choice.")
@click.argument("results", metavar="RESULTS", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option("--outcome", default="", metavar="NAME", help="What every actor wants; by default its own utility.")
@click.option(
    "--better", type=click.Choice(["higher", "lower"]), default="higher", show_default=True, help="Which way is better."
)
@click.option("--out", type=click.Path(path_type=Path), help="A folder for the values as data and as a plot.")
@options.formats
@options.as_json
@options.quiet
def poll(results, outcome, better, out, formats, as_json, quiet):
    """Estimate what it is worth to know each uncertain parameter before choosing, for the actor of each lever in RESULTS.

    The expected value of partial perfect information: how much better the best choice for each value of the parameter is
    than the choice that is best on average, beside the parameter's grade and what measuring it would take. RESULTS is a study
    with a lever that belongs to an actor, such as patron.policy, and at least 32 points of uncertainties.
    """
    wanted = options.chosen_formats(formats)
    from ...analysis.doubt.poll import poll as polled
    from ...results import open_results
    from ..run_study import say_notes

    opened = open_results(results)
    say_notes(opened, quiet)
    found = polled(opened, outcome, better)
    if as_json:
        print_json(found.to_dict())
    else:
        from ..screen.choice.poll_tables import print_poll

        print_poll(found)
    if out:
        from ...plots.choice.poll import poll as draw
        from ...plots.choice.poll import provenance
        from ..store_found import store

        store(out, NAME, found.to_dict(), draw(found), provenance(found), wanted, quiet)
