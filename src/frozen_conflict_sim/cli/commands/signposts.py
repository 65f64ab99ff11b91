"""``signposts``: what to watch for while one policy is followed, and when to switch to another."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json


@click.command(short_help="What to watch for while one policy is followed, and when another would be better.")
@click.argument("results", metavar="RESULTS", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.argument("first", metavar="POLICY")
@click.argument("second", metavar="OTHER")
@click.option("--outcome", default="", metavar="NAME", help="What the actor wants; by default its own utility.")
@click.option(
    "--better", type=click.Choice(["higher", "lower"]), default="higher", show_default=True, help="Which way is better."
)
@options.as_json
@options.quiet
def signposts(results, first, second, outcome, better, as_json, quiet):
    """Tell what to watch for while POLICY is followed, and beyond which value OTHER would be better.

    RESULTS is a study whose lever has both policies, with uncertainties. The threshold is chosen in half of the random streams
    and judged in the other half. What a switch really brings, a policy with the condition tells: write it into a scenario,
    as in {option: treatment.ask_for_deeper_integration, when: parents.georgia.alienation > 0.45}, and run it.
    """
    from ...analysis.choice.signposts import signposts as found_in
    from ...results import open_results
    from ..run_study import say_notes

    opened = open_results(results)
    say_notes(opened, quiet)
    found = found_in(opened, first, second, outcome, better)
    if as_json:
        print_json(found.to_dict())
        return
    from ..screen.choice.signpost_tables import print_signposts

    print_signposts(found)
