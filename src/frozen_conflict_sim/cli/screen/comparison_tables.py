"""A comparison on the screen."""

from __future__ import annotations

from ...analysis.compare import Comparison
from ...analysis.exchange_rate import ExchangeRate
from ...analysis.first_divergence import DivergingDecision, FirstDivergence
from ...analysis.pairing import Difference
from ...analysis.summary import CAVEAT
from .messages import say
from .tables import console, interval, number, percent, table

DIFFERENCES = {
    "outcome": "left",
    "A": "right",
    "B": "right",
    "B − A": "right",
    "90 % interval": "right",
    "unit": "left",
    "pairs": "right",
    "that differ": "right",
    "variance cut": "right",
}
LONGEST_LABEL = 42
DIVERGENCES = {
    "decision": "left",
    "turn": "right",
    "quarter": "left",
    "of pairs": "right",
    "A mostly": "left",
    "B mostly": "left",
}
RATES = {"parent": "left", "when": "left"} | dict.fromkeys(("alignment", "integration", "rate", "90 % interval"), "right")


def show(comparison: Comparison, outcomes: list[str] | None, quiet: bool) -> None:
    """Print the differences of some outcomes (all, if none are named), where runs part, and the exchange rates."""
    out = console()
    out.print(f"A  {comparison.left}\nB  {comparison.right}\n")
    rows = (_difference(line) for line in comparison.differences if outcomes is None or line.outcome in outcomes)
    made = table(f"What differs within {comparison.pairs:,} pairs of runs with the same luck", DIFFERENCES, rows)
    made.columns[0].max_width = LONGEST_LABEL  # rather than numbers, long names break over lines
    out.print(made)
    out.print("variance cut: how many times larger the variance of the difference would be without pairing\n")
    if comparison.first_divergence:
        _show_divergence(out, comparison.first_divergence)
    if comparison.exchange_rates:
        rows = (_rate(rate) for rate in comparison.exchange_rates)
        out.print(table("Western alignment that comes with a unit of integration", RATES, rows))
        for rate in comparison.exchange_rates:
            if rate.rate is None:
                out.print(f"{rate.label}, {rate.when}: no rate, because integration may not differ at all")
    out.print(CAVEAT)
    for note in () if quiet else comparison.notes:
        say(f"note: {note}")


def _difference(line: Difference) -> list[str]:
    shown = percent if line.unit == "yes or no" else number
    cut = "–" if line.gain is None else f"× {line.gain:.1f}"
    unit = "of runs" if line.unit == "yes or no" else line.unit
    means = [shown(line.left), shown(line.right), shown(line.difference), interval(line.interval, shown)]
    return [line.label, *means, unit, f"{line.pairs:,}", percent(line.changed), cut]


def _show_divergence(out, first_divergence: FirstDivergence) -> None:
    if not first_divergence.diverged:
        out.print("No pair parts: every decision is the same on both sides.\n")
        return
    title = f"{percent(first_divergence.share)} of the pairs part; the decisions at which most of them do so first"
    out.print(table(title, DIVERGENCES, (_diverging(diverging) for diverging in first_divergence.first)))


def _diverging(diverging: DivergingDecision) -> list[str]:
    options = (option.replace("_", " ") for option in (diverging.left, diverging.right))
    return [diverging.label, str(diverging.turn), diverging.date, percent(diverging.share), *options]


def _rate(rate: ExchangeRate) -> list[str]:
    defined = "undefined" if rate.rate is None else number(rate.rate)
    return [rate.label, rate.when, number(rate.alignment), number(rate.integration), defined, interval(rate.interval)]
