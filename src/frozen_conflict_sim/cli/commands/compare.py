"""``compare``: two results folders, run by run."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json


@click.command(short_help="Compare two results run by run: differences, first divergence, exchange rate.")
@click.argument("left", metavar="A", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.argument("right", metavar="B", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option("--all", "everything", is_flag=True, help="Print every outcome, not only the key outcomes.")
@click.option("--filter-a", multiple=True, metavar="KEY=VALUE", help="Use only these runs of A, such as patron.policy=salami.")
@click.option("--filter-b", multiple=True, metavar="KEY=VALUE", help="Use only these runs of B. Both are repeatable.")
@options.as_json
@options.quiet
def compare(left, right, everything, filter_a, filter_b, as_json, quiet):
    """Compare results A and B: each run with the run of the other that uses the same random numbers.

    Prints what differs in the inputs, the differences B minus A of the outcomes (90 % intervals, clustered by random stream),
    the decisions at which runs first diverge, and the change of western alignment per unit of integration. To compare two
    policies of one experiment, name its folder twice and choose the runs with --filter-a and --filter-b.
    """
    from ...analysis.comparison.compare import compare as compared
    from ...results import open_results
    from ...scenario.load import settings
    from ..run_study import say_notes

    opened = open_results(left)
    sides = opened, opened if right == left else open_results(right)
    for side in dict.fromkeys(sides):
        say_notes(side, quiet)
    comparison = compared(*sides, filters=(settings(filter_a), settings(filter_b)))
    if as_json:
        print_json(comparison.to_dict())
        return
    from ..screen.comparison_tables import print_comparison

    print_comparison(comparison, None if everything else opened.names("outcome", key_outcomes=True), quiet)
