"""What was changed by something that is taken out of all runs, as text."""

from __future__ import annotations

from ..display.text import number, signed, wrapped
from .everywhere import Caused, Effect, TakenOut

MOST_ROWS, MOST_CLASSES = 20, 4


def lines_of(found: TakenOut, why: str = "") -> list[str]:
    """The runs, the classes, the key quantities at the end, and by turn the quantity ``why``, or the one that changed most."""
    share = 100 * len(found.runs) / found.of_runs
    lines = wrapped(
        f"Without {found.named}: {len(found.runs):,} of {found.of_runs:,} runs ({share:.0f} %) had it, and were played again "
        "with the same random numbers but without it.",
        "  ",
        "",
    )
    lines += _classes(found)
    lines.append(f"  {'on average at the end':<44}{'as it was':>10}{'without':>12}{'caused':>11}")
    for effect in sorted(found.effects, key=_size, reverse=True):
        caused = signed(effect.turns[-1].mean)
        lines.append(f"  {effect.column.label:<44}{number(effect.as_it_was):>10}{number(effect.without):>12}{caused:>11}")
    effect = found.effect(why) if why else max(found.effects, key=_size)
    return [*lines, *_by_turn(effect)]


def _size(effect: Effect) -> float:
    """The largest mean effect in any turn, as a share of the quantity's range."""
    column = effect.column
    width = (column.high or 1.0) - (column.low or 0.0)
    return max(abs(caused.mean) for caused in effect.turns) / width


def _classes(found: TakenOut) -> list[str]:
    if not found.turned:
        return wrapped("All of them end in the same class as before.", "  ", "")
    turned = [(pair, count) for pair, count in found.classes.items() if pair[0] != pair[1]]
    told = "; ".join(f"{count:,} as {after} instead of {before}" for (before, after), count in turned[:MOST_CLASSES])
    return wrapped(f"{found.turned:,} of them end in another class: {told}.", "  ", "")


def _by_turn(effect: Effect) -> list[str]:
    """What was changed, by turn: all turns, or evenly spaced ones and the last."""
    step = -(-len(effect.turns) // MOST_ROWS)
    shown = [caused for caused in effect.turns if (len(effect.turns) - caused.turn) % step == 0]
    lines = [*wrapped(f"{effect.column.label}: what it caused, over runs ({effect.column.unit})", "  ", "")]
    lines.append(f"  {'':<10}{'mean':>8}{'90 % interval':>20}{'5 %':>9}{'median':>9}{'95 %':>9}{'differ':>9}")
    return [*lines, *(_row(caused) for caused in shown)]


def _row(caused: Caused) -> str:
    reach = "–" if caused.interval is None else f"{number(caused.interval[0])} to {number(caused.interval[1])}"
    spread = "".join(f"{signed(caused.quantiles[name]):>9}" for name in ("p5", "p50", "p95"))
    return f"  {caused.date:<10}{signed(caused.mean):>8}{reach:>20}{spread}{100 * caused.changed:>7.0f} %"
