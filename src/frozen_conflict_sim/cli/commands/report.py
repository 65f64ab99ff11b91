"""``report``: results as one file for people who do not run programs."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..live_page import live_page
from ..screen.messages import say

NAME = "report.html"


@click.command(short_help="Write one HTML file about results: the answer in sentences, pictures, how to reproduce.")
@click.argument("results", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.argument("other", type=click.Path(path_type=Path), required=False, shell_complete=candidates.folders)
@click.option("--out", type=click.Path(path_type=Path), help=f"The file; by default RESULTS/{NAME}.")
@click.option(
    "--validation",
    type=click.Path(path_type=Path),
    help="Show the texts and the record, from this folder of validate --out.",
)
@click.option("--live", is_flag=True, help="Add a page on which the scenario is played, as explore --export writes it: 2 MB.")
@options.quiet
def report(results, other, out, validation, live, quiet):
    """Write one file about RESULTS that can be mailed, read on a phone and printed: no scripts, nothing from elsewhere.

    It has the question, the answer in computed sentences with intervals and beside the same with the coupling off, frontier
    and map, how runs end, fans over time, two runs that diverged and why, what the answer hangs on, theories of choice, the
    texts and the record, and how to make it again. The same results give the same file.

    With OTHER it compares two results run by run, as compare does; differences are OTHER minus RESULTS.

    With --live the file has scripts, for the part that is played with; it still asks nothing of any other machine.
    """
    from ...experiment.store.files import keep_out_of_results, make_folder, write_atomically
    from ...report import report as reported
    from ...report import report_of_two
    from ...results import open_results
    from ..run_study import say_notes

    _refuse_for_two(other, {"--validation": validation, "--live": live})
    sides = [open_results(path) for path in (results, other) if path is not None]
    for side in sides:
        say_notes(side, quiet)
    page = live_page(sides[0].scenario, sides[0].manifest["seed"], quiet) if live else ""
    out = out or results / (NAME if other is None else f"report_against_{other.name}.html")
    keep_out_of_results(out)
    make_folder(out.parent)
    text = report_of_two(*sides) if other is not None else reported(sides[0], validation=validation, live=page)
    write_atomically(out, text.encode())
    click.echo(out)
    if not quiet:
        size = f"{len(text.encode()) / 1000:,.0f} kB"
        say(f"{size}; open it in a browser, hand it over" if live else f"{size}; open it in a browser, mail it, print it")


def _refuse_for_two(other, asked: dict[str, object]) -> None:
    """Raise ``InputError`` for an option that belongs to the report of one results folder."""
    from ...files.problems import InputError, Position, Problem

    for option, given in asked.items():
        if other is not None and given:
            why = f"adds a part to the report of one results folder: leave out {option}, or OTHER"
            raise InputError([Problem(Position(option), "", why)])
