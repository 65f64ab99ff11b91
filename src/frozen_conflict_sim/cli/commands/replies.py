"""``replies``: best replies of actors to one another, and whether they settle."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json


@click.command(short_help="Best replies of the actors to one another, again and again: do they settle, and where?")
@click.argument("results", metavar="RESULTS", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option("--outcome", default="", metavar="NAME", help="What every actor wants; by default its own utility.")
@click.option(
    "--better", type=click.Choice(["higher", "lower"]), default="higher", show_default=True, help="Which way is better."
)
@options.as_json
@options.quiet
def replies(results, outcome, better, as_json, quiet):
    """Let each actor in turn choose what is best for it, given what the others chose, until nobody moves or they go round.

    RESULTS is a study that crosses levers of two actors or more, such as patron.policy and west.policy. Every actor wants its
    own utility, unless an outcome is named. No foresight: each replies to what the others do now.
    """
    from ...analysis.choice.replies import replies as found_in
    from ...results import open_results
    from ..run_study import say_notes

    opened = open_results(results)
    say_notes(opened, quiet)
    found = found_in(opened, outcome, better)
    if as_json:
        print_json(found.to_dict())
        return
    from ..screen.choice.reply_tables import print_replies

    print_replies(found)
