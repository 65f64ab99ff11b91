"""Tables of a sensitivity analysis: Sobol indices, elementary effects, or the shares of structure, parameters and chance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...analysis.sensitivity.elementary_effects import ElementaryEffect
from ...analysis.sensitivity.enough import CONVENTION
from ...analysis.sensitivity.method import EFFECTS, SOBOL, Sensitivity
from ...analysis.sensitivity.sobol_indices import ONE_STREAM, SobolIndex
from ...analysis.sensitivity.variance_shares import VarianceShares
from ...analysis.summary import CAVEAT
from ...results import Results
from .tables import console, interval, number, table


def print_sensitivity(found: Sensitivity) -> None:
    """Print the lines of an analysis, by outcome."""
    printing = {SOBOL: print_indices, EFFECTS: print_effects}.get(found.method, print_shares)
    printing(found.lines)
    console().print(CAVEAT)


def reasons(found: Sensitivity, results: Results) -> Iterator[str]:
    """A sentence for each outcome without a line."""
    for name, reason in found.without.items():
        yield f"{results.columns[name].label}: {reason}"


def pooled(found: Sensitivity, results: Results) -> Iterator[str]:
    """A sentence for each lever over which indices or effects are averaged."""
    if found.method in (SOBOL, EFFECTS):
        for lever in results.names("lever"):
            count = results.table([lever])[lever].nunique()
            if count > 1 and lever in results.experiment.levers:
                yield f"averaged over {count} values of {lever}; --contrast {lever} CHOICE REFERENCE compares two"


def print_indices(found: tuple[SobolIndex, ...]) -> None:
    """Print the Sobol indices of each source, one table for each outcome."""
    out = console()
    headings = {"": "left"} | dict.fromkeys(("first order", "90 % interval", "total", "90 % interval "), "right")
    for _, lines in groupby(found, key=lambda line: line.outcome):
        lines = list(lines)
        rows = [
            [
                line.source,
                *([number(line.first[0]), interval(line.first[1], number)] if line.first else ["", ""]),
                *([number(line.total[0]), interval(line.total[1], number)] if line.total else ["", ""]),
            ]
            for line in lines
        ]
        left_out = f", {lines[0].left_out} left out" if lines[0].left_out else ""
        out.print(table(f"{lines[0].label}: share of the variance, {lines[0].pairs} pairs of points{left_out}", headings, rows))
    out.print(f"{CONVENTION}\nfirst order: the source alone. total: with all its interactions.")
    if not all(line.first for line in found):
        out.print(ONE_STREAM)
    out.print()


def print_effects(found: tuple[ElementaryEffect, ...]) -> None:
    """Print the elementary effects of each source, one table for each outcome."""
    out = console()
    headings = {"": "left"} | dict.fromkeys(("mu*", "90 % interval", "mu", "sigma", "90 % interval "), "right")
    for _, lines in groupby(found, key=lambda line: line.outcome):
        lines = list(lines)
        rows = [
            [
                line.source,
                number(line.mu_star[0]),
                interval(line.mu_star[1]),
                number(line.mu[0]),
                number(line.sigma[0]),
                interval(line.sigma[1]),
            ]
            for line in lines
        ]
        unit = f" ({lines[0].unit})" if lines[0].unit else ""
        out.print(table(f"{lines[0].label}{unit}: elementary effects on {lines[0].paths} paths", headings, rows))
    out.print("An elementary effect is the change of the outcome over the range of one value, at one place of the others.")
    out.print("mu*: mean size of the effects. mu: mean effect. sigma: their standard deviation; large where an effect depends")
    out.print("on the other values, or is not linear.\n")


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
    out.print(f"{CONVENTION}\n")
