"""``verify``: whether a results folder is intact."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, say


@click.command(short_help="Verify that a results folder is intact: checksums, counts, gaps, duplicates.")
@click.argument("results", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@options.as_json
@options.quiet
def verify(results, as_json, quiet):
    """Verify RESULTS: list what is wrong with the folder, and what would be run again to repair it.

    The exit code is 0 if it is intact, 1 if it is not.
    """
    from ...experiment.store.verify import verify as verify_folder

    found = verify_folder(results)
    if as_json:
        answer = {name: getattr(found, name) for name in ("intact", "problems", "notes", "remedy")}
        print_json({**answer, "again": found.again.tolist()})
    else:
        for problem in found.problems:
            click.echo(problem)
        click.echo(f"{results} is intact: {found.planned:,} runs" if found.intact else found.remedy)
    for note in () if quiet else found.notes:
        say(f"note: {note}")
    if not found.intact:
        raise click.exceptions.Exit(1)
