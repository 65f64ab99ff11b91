"""``sensitivity``: what the outcomes are due to."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, progress, say


@click.command(short_help="Attribute the variance of the outcomes to its sources.")
@click.argument("results", metavar="RESULTS", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    metavar="NAME",
    help="Only this outcome, such as alienation_at_end or georgia.alienation_at_end; repeatable.",
)
@options.contrast
@options.as_json
def sensitivity(results, outcomes, contrast, as_json):
    """Attribute the variance of each outcome to its sources; intervals are 90 %.

    With the design saltelli: Sobol indices of each uncertainty (or of all parameters of a grade) and of chance. With the design
    morris: elementary effects of each uncertainty. With levers and at least two replicates: the shares of the model's structure
    (the levers), of the parameters, and of chance. With --contrast: the same of the difference between two choices.
    """
    from ...analysis.sensitivity.method import sensitivity as analysed
    from ...experiment.errors import ResultsError
    from ..screen.sensitivity_tables import pooled, print_sensitivity, reasons

    opened = options.opened(results, contrast)
    with progress(None, as_json, "analysing"):
        found = analysed(opened, opened.outcomes_called(outcomes))
    if as_json:
        print_json(found.to_dict())
    if not found.lines:
        raise ResultsError("\n".join(reasons(found, opened)))
    if not as_json:
        print_sensitivity(found)
    for reason in (*pooled(found, opened), *reasons(found, opened)):
        say(f"note: {reason}")
