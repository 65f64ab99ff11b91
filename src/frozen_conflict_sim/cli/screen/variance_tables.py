"""Tables of a sensitivity analysis: Sobol indices, or the shares of structure, parameters and chance."""

from __future__ import annotations

from itertools import groupby

from ...analysis.sobol_indices import SobolIndex
from ...analysis.summary import CAVEAT
from ...analysis.variance_shares import VarianceShares
from .tables import console, interval, number, table


def print_indices(found: tuple[SobolIndex, ...]) -> None:
    """Print the Sobol indices of each source, one table for each outcome."""
    out = console()
    headings = {"": "left"} | dict.fromkeys(("first order", "90 % interval", "total", "90 % interval "), "right")
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
    out.print(CAVEAT)


def print_shares(found: tuple[VarianceShares, ...]) -> None:
    """Print the shares of structure, parameters and chance, and of each lever by itself."""
    out = console()
    headings = {"": "left"} | dict.fromkeys(
        ("structure", "90 % interval", "parameters", "90 % interval ", "chance", "90 % interval  "), "right"
    )
    rows = []
    for line in found:
        shares = line.structure, line.parameters, line.chance
        rows.append([line.label, *(cell for share, ends in shares for cell in (number(share), interval(ends, number)))])
    first = found[0]
    title = f"Share of the variance: {first.structures} structures at {first.points} points, {first.replicates} replicates each"
    out.print(table(title, headings, rows))
    if len(first.levers) > 1:
        levers = {"": "left"} | dict.fromkeys(first.levers, "right")
        rows = (
            [line.label, *(f"{number(share)} ({interval(ends)})" for share, ends in line.levers.values())] for line in found
        )
        out.print(table("Share of each lever by itself", levers, rows))
    out.print(CAVEAT)
