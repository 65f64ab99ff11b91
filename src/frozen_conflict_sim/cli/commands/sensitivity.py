"""``sensitivity``: which share of the variance of the outcomes is due to what."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from .. import candidates, options


@click.command(short_help="Attribute the variance of the outcomes to its sources.")
@click.argument("results", metavar="RESULTS", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="Only this outcome; repeatable.")
@options.as_json
def sensitivity(results, outcomes, as_json):
    """Attribute the variance of each outcome to its sources; intervals are 90 %.

    With the design saltelli: Sobol indices of each uncertainty (or of all parameters of a grade) and of chance. With levers and
    at least two replicates: the shares of the model's structure (the levers), of the parameters, and of chance.
    """
    from ...analysis.sobol_indices import sobol_indices
    from ...analysis.variance_shares import variance_shares
    from ...results import open_results

    opened = open_results(results)
    design = opened.experiment.design.kind
    found = sobol_indices(opened, outcomes) if design == "saltelli" else variance_shares(opened, outcomes)
    if as_json:
        click.echo(json.dumps([asdict(line) for line in found], ensure_ascii=False, indent=1))
        return
    from ..screen.variance_tables import print_indices, print_shares

    print_indices(found) if design == "saltelli" else print_shares(found)
