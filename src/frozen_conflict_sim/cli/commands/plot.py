"""``plot``: plots of stored results."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import progress, say


class _PlotCommand(click.Command):
    """A command whose help ends with the list of plots."""

    def format_epilog(self, context, formatter):
        with formatter.section("Plots"):
            formatter.write_dl(list(candidates.plot_summaries().items()))


@click.command(cls=_PlotCommand, short_help="Draw plots of stored results.")
@click.argument("results", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.argument("names", nargs=-1, metavar="[PLOT …]", shell_complete=candidates.plots)
@click.option(
    "--outcome",
    "columns",
    multiple=True,
    metavar="NAME",
    shell_complete=candidates.columns,
    help="Draw only this column, such as georgia.alienation_at_end; repeatable.",
)
@click.option(
    "--by",
    multiple=True,
    metavar="COLUMN",
    help="Compare runs by this column, such as patron.policy or arm; give two for a heat map.",
)
@options.contrast
@click.option("--out", type=click.Path(path_type=Path), help="The folder for the plots; by default RESULTS/plots.")
@options.formats
@options.dpi
@options.size
@options.quiet
def plot(results, names, columns, by, contrast, out, formats, dpi, size, quiet):
    """Draw the named plots of RESULTS, or all that apply.

    Plots whose name ends in _by, and frontier, compare groups: by default what an experiment compares, such as its policies, or
    the groups of --by. heat_map needs two numbers that an experiment varies, tornado single changes.

    With --contrast patron.policy swallow status_quo all plots show the difference between two choices, run by run.
    """
    chosen, opened = options.chosen_formats(formats), options.opened(results, contrast)
    from ...plots.drawing.batch import draw

    with progress(None, quiet, "plots") as done:
        folder = out or results / _folder(contrast)
        written, unsuitable = draw(opened, folder, names, columns, chosen, by, done, size, dpi)
    for path in written:
        click.echo(path)
    if not quiet:
        say(f"{len(written)} plots")
    for reason in unsuitable:
        say(reason)
    if unsuitable:
        raise click.exceptions.Exit(2)


def _folder(contrast: tuple[str, str, str] | None) -> str:
    """The folder of the plots; those of a contrast have one of their own."""
    from ...files.printable import file_name

    return file_name(f"plots-{contrast[1]}-minus-{contrast[2]}") if contrast else "plots"
