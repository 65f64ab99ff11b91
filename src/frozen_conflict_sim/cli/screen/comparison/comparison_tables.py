"""Tables of a comparison: differences, where pairs first diverge, exchange rates."""

from __future__ import annotations

from collections.abc import Sequence

from ....analysis.comparison.compare import Comparison
from ....analysis.comparison.exchange_rate import ExchangeRate
from ....analysis.comparison.first_divergence import DivergingDecision, FirstDivergence
from ....analysis.comparison.inputs import Change
from ....analysis.comparison.pairing import Difference
from ....analysis.summary import CAVEAT
from ..messages import say
from ..tables import console, interval, number, percent, table
from .effect_tables import by_chance

DIFFERENCES = {
    "outcome": "left",
    "A": "right",
    "B": "right",
    "B − A": "right",
    "90 % interval": "right",
    "unit": "left",
    "pairs": "right",
    "that differ": "right",
    "variance ratio": "right",
}
ONLY_WIDE = ("unit", "pairs", "that differ", "variance ratio")  # what is left out on a narrow screen
WIDE = 120
LONGEST_LABEL, LONGEST_KEY = 42, 52
DIVERGENCES = {
    "decision": "left",
    "turn": "right",
    "quarter": "left",
    "of pairs": "right",
    "A mostly": "left",
    "B mostly": "left",
}
RATES = {"parent": "left", "when": "left"} | dict.fromkeys(("alignment", "integration", "rate", "90 % interval"), "right")


def print_comparison(comparison: Comparison, outcomes: list[str] | None, quiet: bool) -> None:
    """Print the differences of the named outcomes (of all if None), where pairs first diverge, and the exchange rates."""
    out = console()
    out.print(f"A  {comparison.left}\nB  {comparison.right}\n")
    print_changes(comparison.inputs, "What differs in the inputs", "Nothing differs in the inputs.")
    wide = out.width >= WIDE
    shown = [at for at, name in enumerate(DIFFERENCES) if wide or name not in ONLY_WIDE]
    lines = [line for line in comparison.differences if outcomes is None or line.outcome in outcomes]
    rows = ([cells[at] for at in shown] for cells in map(_difference, lines))
    columns = {name: justify for at, (name, justify) in enumerate(DIFFERENCES.items()) if at in shown}
    made = table(f"Differences within {comparison.pairs:,} pairs of runs with the same random numbers", columns, rows)
    # Break long labels over lines rather than numbers.
    made.columns[0].max_width, made.columns[0].no_wrap = LONGEST_LABEL if wide else LONGEST_LABEL - 10, False
    for column in made.columns[1:-1]:
        column.no_wrap = True
    out.print(made)
    if wide:
        out.print("variance ratio: the variance of the difference without pairing, divided by that with pairing")
    out.print(f"{by_chance(made.row_count)}\n")
    if comparison.first_divergence:
        _print_divergence(out, comparison.first_divergence)
    if comparison.exchange_rates:
        rows = (_rate(rate) for rate in comparison.exchange_rates)
        out.print(table("Change of western alignment per unit of integration", RATES, rows))
        for rate in comparison.exchange_rates:
            if rate.rate is None:
                out.print(
                    f"{rate.label}, {rate.when}: no rate, because the interval of the difference in integration includes zero"
                )
    out.print(CAVEAT)
    for note in () if quiet else comparison.notes:
        say(f"note: {note}")


def print_changes(changes: Sequence[Change], title: str, none: str, sides: tuple[str, str] = ("A", "B")) -> None:
    """Print what differs in the inputs: one line a key where it fits."""
    out = console()
    if not changes:
        out.print(f"{none}\n")
        return
    made = table(title, dict.fromkeys(("key", *sides), "left"), ([one.key, one.left, one.right] for one in changes))
    made.columns[0].no_wrap, made.columns[0].min_width = False, min(LONGEST_KEY, max(len(one.key) for one in changes))
    out.print(made)


def _difference(line: Difference) -> list[str]:
    shown = percent if line.unit == "yes or no" else number
    ratio = "–" if line.variance_reduction is None else f"× {line.variance_reduction:.1f}"
    unit = "of runs" if line.unit == "yes or no" else line.unit
    means = [shown(line.left), shown(line.right), shown(line.difference), interval(line.interval, shown)]
    return [line.label, *means, unit, f"{line.pairs:,}", percent(line.changed), ratio]


def _print_divergence(out, first_divergence: FirstDivergence) -> None:
    if not first_divergence.diverged:
        out.print("No pair diverges: every decision is the same on both sides.\n")
        return
    title = f"{percent(first_divergence.share)} of pairs diverge; most often first at:"
    made = table(title, DIVERGENCES, (_diverging(diverging) for diverging in first_divergence.first))
    made.columns[0].no_wrap = False
    for column in made.columns[1:4]:
        column.no_wrap = True
    out.print(made)


def _diverging(diverging: DivergingDecision) -> list[str]:
    options = (option.replace("_", " ") for option in (diverging.left, diverging.right))
    return [diverging.label, str(diverging.turn), diverging.date, percent(diverging.share), *options]


def _rate(rate: ExchangeRate) -> list[str]:
    defined = "undefined" if rate.rate is None else number(rate.rate)
    return [rate.label, rate.when, number(rate.alignment), number(rate.integration), defined, interval(rate.interval)]
