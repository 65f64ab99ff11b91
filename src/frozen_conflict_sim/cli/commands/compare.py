"""``compare``: two results, run by run."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .. import candidates, options


@click.command(short_help="Compare two results run by run: differences, where runs part, the exchange rate.")
@click.argument("left", metavar="A", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.argument("right", metavar="B", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option("--all", "everything", is_flag=True, help="Every outcome, not only the headlines.")
@click.option("--where-a", multiple=True, metavar="KEY=VALUE", help="Only runs of A such as patron.policy=salami; repeatable.")
@click.option("--where-b", multiple=True, metavar="KEY=VALUE", help="Only such runs of B.")
@options.as_json
@options.quiet
def compare(left, right, everything, where_a, where_b, as_json, quiet):
    """Compare results A and B, each run with the run of the other that uses the same random numbers.

    Says what differs (B minus A, with 90 % intervals clustered by stream number), at which decision runs part first, and how much
    western alignment comes with each unit of integration. Two policies of one experiment: the same folder twice, with
    --where-a and --where-b.
    """
    from ...analysis.comparison.compare import compare as compared
    from ...analysis.comparison.pairing import where
    from ...results import open_results
    from ...scenario.overrides import settings

    opened = open_results(left)
    sides = opened, opened if right == left else open_results(right)
    chosen = [where(side, settings(pairs)) for side, pairs in zip(sides, (where_a, where_b))]
    comparison = compared(*sides, among=tuple(chosen))
    if as_json:
        click.echo(json.dumps(comparison.to_dict(), ensure_ascii=False, indent=1))
        return
    from ..screen.comparison_tables import show

    show(comparison, None if everything else opened.names("outcome", key_outcomes=True), quiet)
