"""``compare``: two results folders, run by run."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, progress


@click.command(short_help="Compare two results run by run: differences, first divergence, exchange rate.")
@click.argument("left", metavar="A", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.argument("right", metavar="B", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option("--all", "everything", is_flag=True, help="Print every outcome, not only the key outcomes.")
@click.option("--filter-a", multiple=True, metavar="KEY=VALUE", help="Use only these runs of A, such as patron.policy=salami.")
@click.option("--filter-b", multiple=True, metavar="KEY=VALUE", help="Use only these runs of B. Both are repeatable.")
@click.option(
    "--attribute",
    is_flag=False,
    flag_value="",
    metavar="[OUTCOME]",
    help="Instead, share the difference of an outcome among the inputs that differ; without OUTCOME, of key outcomes.",
)
@click.option(
    "--pairs", type=click.IntRange(min=2), default=200, show_default=True, help="With --attribute: use at most so many pairs."
)
@options.as_json
@options.quiet
def compare(left, right, everything, filter_a, filter_b, attribute, pairs, as_json, quiet):
    """Compare results A and B: each run with the run of the other that uses the same random numbers.

    Prints what differs in the inputs, the differences B minus A of the outcomes (90 % intervals, clustered by random stream),
    the decisions at which runs first diverge, and the change of western alignment per unit of integration. To compare two
    policies of one experiment, name its folder twice and choose the runs with --filter-a and --filter-b. Of a study with
    arms the base is compared, unless a filter chooses another arm.

    --attribute plays runs between A and B, which have some of the differing inputs from A and the others from B, and prints
    how much of the difference each input makes (Shapley values, which sum to it), and which inputs work together.
    """
    from ...analysis.comparison.compare import compare as compared
    from ...results import open_results
    from ...scenario.load import settings
    from ..run_study import say_notes

    opened = open_results(left)
    sides = opened, opened if right == left else open_results(right)
    for side in dict.fromkeys(sides):
        say_notes(side, quiet)
    filters = settings(filter_a), settings(filter_b)
    if attribute is not None:
        _attribute(sides, filters, [attribute] if attribute else None, pairs, as_json, quiet)
        return
    with progress(None, quiet, "comparing"):
        comparison = compared(*sides, filters=filters)
    if as_json:
        print_json(comparison.to_dict())
        return
    from ..screen.comparison.comparison_tables import print_comparison

    print_comparison(comparison, None if everything else opened.names("outcome", key_outcomes=True), quiet)


def _attribute(sides, filters, outcomes, pairs, as_json, quiet) -> None:
    """Print how much of the differences each input makes."""
    from ...analysis.comparison.attribution import attribute

    with progress(None, quiet) as done:
        found = attribute(*sides, outcomes, filters=filters, most_pairs=pairs, progress=done)
    if as_json:
        print_json(found.to_dict())
        return
    from ..screen.comparison.attribution_tables import print_attribution

    print_attribution(found, outcomes is not None, quiet)
