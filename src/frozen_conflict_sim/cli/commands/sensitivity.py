"""``sensitivity``: what the variance of the outcomes is owed to."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from .. import candidates, options


@click.command(short_help="Say what the variance of the outcomes is owed to.")
@click.argument("results", metavar="RESULTS", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="Only this outcome; repeatable.")
@options.as_json
def sensitivity(results, outcomes, as_json):
    """Say which share of each outcome's variance is owed to what.

    Of a study with the design saltelli: Sobol indices of each uncertainty (or of all values of a grade), and of luck. Of a
    study with levers and replicates: the shares of the structures that the levers choose, of the parameters, and of luck.
    Intervals are 90 %.
    """
    from ...analysis.sensitivity import indices
    from ...analysis.variance_shares import variance_shares
    from ...results import open_results

    opened = open_results(results)
    design = opened.experiment.design.kind
    found = indices(opened, outcomes) if design == "saltelli" else variance_shares(opened, outcomes)
    if as_json:
        click.echo(json.dumps([asdict(line) for line in found], ensure_ascii=False, indent=1))
        return
    _show_indices(found) if design == "saltelli" else _show_shares(found)


def _show_indices(found) -> None:
    from ..screen.tables import console, interval, number, table

    out = console()
    headings = {"": "left"} | dict.fromkeys(("by itself", "90 % interval", "with all else", "90 % interval "), "right")
    for _, lines in groupby(found, key=lambda line: line.outcome):
        lines = list(lines)
        rows = [
            [
                line.source,
                number(line.first[0]),
                interval(line.first[1], number),
                number(line.total[0]) if line.total else "",
                interval(line.total[1], number) if line.total else "",
            ]
            for line in lines
        ]
        left_out = f", {lines[0].left_out} left out" if lines[0].left_out else ""
        out.print(table(f"{lines[0].label}: share of the variance, {lines[0].pairs} pairs of points{left_out}", headings, rows))
    _caveat(out)


def _show_shares(found) -> None:
    from ..screen.tables import console, interval, number, table

    out = console()
    headings = {"": "left"} | dict.fromkeys(
        ("structure", "90 % interval", "parameters", "90 % interval ", "luck", "90 % interval  "), "right"
    )
    rows = []
    for line in found:
        shares = line.structure, line.parameters, line.luck
        rows.append([line.label, *(cell for share, ends in shares for cell in (number(share), interval(ends, number)))])
    first = found[0]
    title = f"Share of the variance: {first.structures} structures at {first.points} points, {first.replicates} replicates each"
    out.print(table(title, headings, rows))
    if len(first.levers) > 1:
        levers = {"": "left"} | dict.fromkeys(first.levers, "right")
        rows = (
            [line.label, *(f"{number(share)} ({interval(ends)})" for share, ends in line.levers.values())] for line in found
        )
        out.print(table("Of the structure, each lever by itself", levers, rows))
    _caveat(out)


def _caveat(out) -> None:
    from ...analysis.summary import CAVEAT

    out.print(CAVEAT)
