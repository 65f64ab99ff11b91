"""Tables of a calibration: what the record constrains, and how well the fitted sets predict patterns that were left out."""

from __future__ import annotations

from math import isfinite

from ...record.calibration.calibration import Calibration
from ...record.scoreboard import CAVEAT
from .messages import say
from .tables import console, interval, number, percent, table


def print_calibration(found: Calibration) -> None:
    """Print the tables; warnings go to standard error."""
    out, points, posterior = console(), found.points, found.posterior
    tried = (
        f"{len(points.values):,} sets of values, {points.runs_per_point} runs each; {len(posterior.accepted.accepted)} accepted"
    )
    headings = {"value": "left"} | dict.fromkeys(("tried, 90 %", "plausible, 90 %", "width left", "coverage"), "right")
    headings |= {"the record": "left", "most informative pattern": "left"}
    rows = [
        [
            line.key,
            interval(line.before, number),
            interval(line.after, number),
            percent(line.width_left),
            percent(line.coverage),
            {"constrained": "constrains it", "a little": "constrains it a little", "hardly": "hardly constrains it"}[
                line.verdict
            ],
            f"{line.most_informative} ({line.correlation:+.2f})" if line.most_informative else "none",
        ]
        for line in posterior.constraints
    ]
    out.print(table(tried, headings, rows))
    if found.leave_one_out:
        _print_left_out(out, found)
    if found.searched:
        searched = found.searched
        best = ", ".join(f"{key} {value:.3g}" for key, value in zip(points.keys, searched.values[0]))
        out.print(f"Search: {len(searched.distance):,} trials, {searched.near} as good as the best, which is {best}.\n")
    for warning in found.warnings:
        say(f"note: {warning}")
    for line in CAVEAT:
        out.print(line)


def _print_left_out(out, found: Calibration) -> None:
    headings = {
        "left out": "left",
        "target": "right",
        "defaults": "right",
        "fitted to the others": "right",
        "90 % interval": "right",
        "likelihood ratio": "right",
    }
    rows = [
        [
            f"{line.pattern}: {line.part}" if line.part else line.pattern,
            str(line.target),
            *(number(found.value) if isfinite(found.value) else "–" for found in (line.defaults, line.fitted)),
            interval((line.fitted.low, line.fitted.high), number) if line.fitted.runs else "",
            f"{line.likelihood_ratio:.2f}" if isfinite(line.likelihood_ratio) else "",
        ]
        for line in found.leave_one_out
    ]
    out.print(table("Each pattern, predicted by sets of values that were fitted to all other patterns", headings, rows))
    if found.verdict:
        out.print(found.verdict)
    defaults, fitted = found.distances
    out.print(
        f"On average the fitted sets miss a target by {fitted:.3f} standard deviations, the defaults by {defaults:.3f}.\n"
    )
