"""``paths``: when things happen first, and when runs take their class."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, progress, say


@click.command(short_help="Times to the first treaty, exit and railway, and classes over time.")
@click.argument("results", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option("--by", metavar="COLUMN", help="Compare runs by this column, such as patron.policy or arm.")
@options.as_json
@options.quiet
def paths(results, by, as_json, quiet):
    """Print how often each event of RESULTS has happened by some years, and when, for each policy; and the same of the classes.

    Runs that end early stay in the denominator: what has not happened in them by then never does. The picture is that of
    plot RESULTS paths.
    """
    from ...analysis.paths import paths as found_paths
    from ...results import open_results
    from ..run_study import say_notes
    from ..screen.exploration.path_tables import print_paths

    opened = open_results(results)
    say_notes(opened, quiet)
    with progress(None, quiet, "groups") as done:
        found = found_paths(opened, by, done)
    if as_json:
        print_json(found.to_dict())
    else:
        print_paths(found)
    for note in () if quiet else found.notes:
        say(f"note: {note}")
