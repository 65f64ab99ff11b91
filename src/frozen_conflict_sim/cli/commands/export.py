"""``export``: results for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import say

SUFFIXES = (".csv", ".dta", ".xlsx", ".nc")


@click.command(short_help="Write results for other programs: CSV, Stata, netCDF, a summary workbook.")
@click.argument("results", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option(
    "--to", type=click.Choice(["csv", "stata", "xlsx", "netcdf"]), default="csv", show_default=True, help="The file format."
)
@click.option("--out", type=click.Path(path_type=Path), help="The folder for the files; by default RESULTS/export/<format>.")
@click.option(
    "--trajectories", is_flag=True, help="Also write every stored quantity and decision, a row for each run and turn."
)
@click.option("--european", is_flag=True, help="With csv: semicolons between cells, and decimal commas.")
@options.quiet
def export(results, to, out, trajectories, european, quiet):
    """Write RESULTS for other programs, with a codebook that explains each variable.

    csv and stata write a table with one row for each run; xlsx writes a workbook with summary, classes and codebook; netcdf
    writes trajectories and decisions into one file by the CF conventions, which describes itself.
    """
    from ...analysis.export import export as exported
    from ...files.problems import InputError, Position, Problem
    from ...results import open_results
    from ..run_study import say_notes

    opened = open_results(results)
    if out and out.suffix in SUFFIXES and not out.is_dir():
        raise InputError([Problem(Position("--out"), "", f"{out} is named like a file; name a folder, and the format by --to")])
    written = exported(opened, out or results / "export" / to, to, trajectories=trajectories, european=european)
    for path in written:
        click.echo(path)
    if not quiet:
        say_notes(opened, quiet)
        say(f"{len(written)} files; codebook.csv explains each variable" if len(written) > 1 else "the file explains itself")
