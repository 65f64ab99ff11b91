"""``report``: results as one file for people who do not run programs."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
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
@options.quiet
def report(results, other, out, validation, quiet):
    """Write one file about RESULTS that can be mailed, read on a phone and printed: no scripts, nothing from elsewhere.

    It has the question, the answer in computed sentences with intervals and beside the same with the coupling off, frontier
    and map, how runs end, fans over time, two runs that diverged and why, what the answer hangs on, theories of choice, the
    texts and the record, and how to make it again. The same results give the same file.

    With OTHER it compares two results run by run, as compare does; differences are OTHER minus RESULTS.
    """
    from ...experiment.store.files import make_folder, write_atomically
    from ...files.problems import InputError, Position, Problem
    from ...report import report as reported
    from ...report import report_of_two
    from ...results import open_results
    from ..run_study import say_notes

    if other is not None and validation is not None:
        why = "shows how the model compares with the record, in the report of one results folder: leave it out"
        raise InputError([Problem(Position("--validation"), "", why)])
    sides = [open_results(path) for path in (results, other) if path is not None]
    for side in sides:
        say_notes(side, quiet)
    out = out or results / (NAME if other is None else f"report_against_{other.name}.html")
    make_folder(out.parent)
    text = report_of_two(*sides) if other is not None else reported(sides[0], validation=validation)
    write_atomically(out, text.encode())
    click.echo(out)
    if not quiet:
        say(f"{len(text.encode()) / 1000:,.0f} kB; open it in a browser, mail it, print it")
