"""Two runs side by side as text, and as plain data."""

from __future__ import annotations

from ..display.text import number, receipt_lines, signed, wrapped
from ..story import ending
from .pairs import LedgerOfDifference, RunPair

MOST_INPUTS, MOST_CAUSES, WIDEST = 8, 12, 44


def lines_of(pair: RunPair, why: str = "") -> list[str]:
    """What differs in the inputs, how both end, the first divergence with both receipts, and the ledger of the difference."""
    shared = "the same random numbers" if pair.same_streams else "different random numbers: they differ by chance too"
    lines = wrapped(f"A is {pair.names[0]}, B is {pair.names[1]}; they use {shared}.", "  ", "")
    inputs = pair.inputs
    lines += [f"  {change.key}: {change.left} in A, {change.right} in B" for change in inputs[:MOST_INPUTS]]
    lines += [f"  and {len(inputs) - MOST_INPUTS} more inputs differ"] if len(inputs) > MOST_INPUTS else []
    lines += [] if inputs else ["Nothing differs in what they play."]
    classes = [one.values["class"] for one in pair.replays]
    lines.append(
        f"Both runs {ending(classes[0], 2)}."
        if classes[0] == classes[1]
        else f"A {ending(classes[0])}, B {ending(classes[1])}."
    )
    lines.append(f"  {'at the end':<44}{'A':>10}{'B':>12}{'B - A':>11}")
    for _, label, left, right in pair.ends():
        lines.append(f"  {label:<44}{number(left):>10}{number(right):>12}{signed(right - left):>11}")
    return [*lines, *_parting(pair), *_ledger(pair.ledger(why))]


def to_dict(pair: RunPair, why: str = "") -> dict:
    """Plain data, for machines."""
    parting, ledger = pair.parting(), pair.ledger(why)
    return {
        "runs": [{"name": name, "run": one.run, "class": one.values["class"]} for name, one in zip(pair.names, pair.replays)],
        "same_random_numbers": pair.same_streams,
        "inputs": [change.to_dict() for change in pair.inputs],
        "at_end": [{"quantity": key, "label": label, "left": left, "right": right} for key, label, left, right in pair.ends()],
        "first_difference": pair.first_difference(),
        "first_divergence": parting and {"left": parting.left.to_dict(), "right": parting.right.to_dict()},
        "ledger": {
            "quantity": ledger.key,
            "left": ledger.left,
            "right": ledger.right,
            "causes": [{**vars(row), "difference": row.difference} for row in ledger.rows],
        },
    }


def _parting(pair: RunPair) -> list[str]:
    found, first = pair.parting(), pair.first_difference()
    if found is None:
        return wrapped("Every decision is the same in both.", "  ", "")
    lines = wrapped(f"The first number that differs is {first[1]}, in {first[0]}.", "  ", "") if first else []
    lines += wrapped(f"They first decide differently in {found.left.date}. In A:", "  ", "")
    lines += receipt_lines(found.left)
    return [*lines, "In B:", *receipt_lines(found.right)]


def _ledger(ledger: LedgerOfDifference) -> list[str]:
    change = f"{number(ledger.left)} in A, {number(ledger.right)} in B ({ledger.unit})"
    lines = wrapped(f"Ledger of the difference in {ledger.label}: {change}", "  ", "")
    lines.append(f"  {'booked under':<44}{'A':>10}{'B':>12}{'B - A':>11}")
    for row in ledger.rows[:MOST_CAUSES]:
        cause = row.cause.replace("_", " ")
        cause = cause if len(cause) < WIDEST else f"{cause[: WIDEST - 2]}…"
        lines.append(f"  {cause:<44}{signed(row.left):>10}{signed(row.right):>12}{signed(row.difference):>11}")
    rest = ledger.rows[MOST_CAUSES:]
    if rest:
        left, right = sum(row.left for row in rest), sum(row.right for row in rest)
        lines.append(f"  {f'{len(rest)} more causes':<44}{signed(left):>10}{signed(right):>12}{signed(right - left):>11}")
    return [*lines, f"  {'at the end':<44}{number(ledger.left):>10}{number(ledger.right):>12}"
            f"{signed(ledger.right - ledger.left):>11}"]  # fmt: skip
