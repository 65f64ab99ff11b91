"""``plot``: pictures of stored results."""

from __future__ import annotations

from pathlib import Path

import click

from . import options
from .failures import say


@click.command(short_help="Draw pictures of stored results.")
@click.argument("results", type=click.Path(path_type=Path))
@click.argument("kinds", nargs=-1, metavar="[KIND …]")
@click.option(
    "--outcome",
    "wanted",
    multiple=True,
    metavar="NAME",
    help="Only of this column, such as georgia.alienation; may be repeated.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to put the pictures; by default RESULTS/plots.")
@options.formats
@options.quiet
def plot(results, kinds, wanted, out, formats, quiet):
    """Draw pictures of RESULTS: fan, distribution, ecdf, classes, decisions; without KIND, all of them."""
    from ..plots.album import draw
    from ..results import open_results

    opened = open_results(results)
    written = draw(opened, out or results / "plots", kinds, wanted, options.chosen_formats(formats))
    for path in written:
        click.echo(path)
    if not quiet:
        say(f"{len(written)} pictures")
