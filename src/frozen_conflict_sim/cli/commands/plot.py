"""``plot``: pictures of stored results."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import say


@click.command(short_help="Draw pictures of stored results.")
@click.argument("results", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.argument("kinds", nargs=-1, metavar="[KIND …]", shell_complete=candidates.kinds)
@click.option(
    "--outcome",
    "wanted",
    multiple=True,
    metavar="NAME",
    shell_complete=candidates.columns,
    help="Only of this column, such as georgia.alienation; may be repeated.",
)
@click.option(
    "--by",
    multiple=True,
    metavar="COLUMN",
    help="Set runs side by side by this column, such as patron.policy or arm; twice for a heat map.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to put the pictures; by default RESULTS/plots.")
@options.formats
@options.quiet
def plot(results, kinds, wanted, by, out, formats, quiet):
    """Draw pictures of RESULTS; without KIND, all that apply.

    Of any results: fan, distribution, ecdf, classes, decisions, small_multiples. Of runs of one kind: courses, treaties. Of
    what an experiment compares: fan_by, distributions_by, classes_by, decisions_by, frontier. Of numbers that it varies:
    heat_map, tornado. Of replicates that were added until enough was known: convergence.
    """
    from ...results import open_results

    wanted_formats, opened = options.chosen_formats(formats), open_results(results)
    from ...plots.drawing.batch import draw

    written = draw(opened, out or results / "plots", kinds, wanted, wanted_formats, by)
    for path in written:
        click.echo(path)
    if not quiet:
        say(f"{len(written)} pictures")
