"""Tables of an experiment: one for each lever and outcome, the main effects, and the convergence of replicates."""

from __future__ import annotations

from itertools import groupby

from ....analysis.convergence import Convergence
from ....analysis.effects import NOTHING, Effect, Effects
from ....analysis.main_effects import MainEffect
from ....analysis.summary import CAVEAT
from ..tables import console, interval, number, percent, table


def print_effects(found: Effects) -> None:
    """Print each outcome under each value of a lever, and the difference from each arm."""
    out = console()
    counted = f"{found.runs:,} runs with {found.streams:,} streams of random numbers"
    out.print(f"{found.question}\n{counted}; intervals are 90 %, clustered by {found.clustered_by}\n")
    ordered = sorted(found.effects, key=lambda effect: _place(effect, found))
    for (lever, _), lines in groupby(ordered, key=lambda effect: (_subject(effect), effect.outcome)):
        lines = list(lines)
        versus = list(dict.fromkeys(name for line in lines for name in line.versus))
        columns = {lever or "": "left", "mean or share": "right", "90 % interval": "right"}
        for name in versus:
            what = "change" if name == NOTHING else f"minus {name}"
            columns |= {what: "right", f"90 % interval, {what}": "right"}
        first = lines[0]
        title = first.label if first.unit == "yes or no" else f"{first.label} ({first.unit})"
        out.print(table(title, columns, (_row(line, versus) for line in lines)))
    for _, main_effects in groupby(found.main_effects, key=lambda main_effect: main_effect.outcome):
        _print_main_effects(out, list(main_effects))
    if found.main_effects:
        out.print(f"Main effects are exploratory. {by_chance(len(found.main_effects))}\n")
    out.print(CAVEAT)


def by_chance(intervals: int) -> str:
    """What to expect of many 90 % intervals.

    >>> by_chance(30)
    'Each of the 30 intervals holds by itself: if nothing had an effect, about 3 of them would still exclude zero.'
    """
    share = round(intervals / 10)
    some = f"about {share} of them" if share else "one in ten"
    return f"Each of the {intervals} intervals holds by itself: if nothing had an effect, {some} would still exclude zero."


def _print_main_effects(out, main_effects: list[MainEffect]) -> None:
    shown = percent if main_effects[0].unit == "yes or no" else number
    rows = (
        [line.uncertainty, shown(line.low), shown(line.high), shown(line.difference), interval(line.interval, shown)]
        for line in main_effects
    )
    headings = ("lowest third", "highest third", "difference", "90 % interval")
    out.print(table(f"Main effects on {main_effects[0].label}", {"": "left"} | dict.fromkeys(headings, "right"), rows))


def _subject(effect: Effect) -> str:
    return "changed" if effect.lever == NOTHING or NOTHING in effect.versus else effect.lever


def _place(effect: Effect, found: Effects) -> tuple[int, int]:
    subjects = list(dict.fromkeys(map(_subject, found.effects)))
    outcomes = list(dict.fromkeys(line.outcome for line in found.effects))
    return subjects.index(_subject(effect)), outcomes.index(effect.outcome)


def _row(line: Effect, versus: list[str]) -> list[str]:
    shown = percent if line.unit == "yes or no" else number
    value = line.value if isinstance(line.value, str) else "all runs" if line.value is None else number(line.value)
    if _subject(line) == "changed":
        value = NOTHING if line.lever == NOTHING else f"{line.lever} = {value}"
    cells = [value, shown(line.estimate), interval(line.interval, shown)]
    for name in versus:
        difference = line.versus.get(name)
        cells += [shown(difference.difference), interval(difference.interval, shown)] if difference else ["", ""]
    return cells


def print_convergence(found: Convergence) -> None:
    """Print how many replicates were needed for the requested precision, and what stopping there does to the intervals."""
    out = console()
    columns = {"": "left"} | dict.fromkeys(("points", "replicates", "half width", "precise enough"), "right")
    rows = [
        [
            line.group,
            f"{line.points:,}",
            _range(line.replicates, lambda count: f"{count:g}"),
            _range(line.half_width, number),
            "" if line.enough is None else percent(line.enough),
        ]
        for line in found.groups
    ]
    out.print(table(f"Replicates until {found.asked} (least, median, most)", columns, rows))
    if found.held is not None:
        numbers = "normal numbers" if found.share is None else f"events that happen in {percent(found.share)} of the runs"
        truth = "mean" if found.share is None else "share"
        out.print(
            f"Stopping as soon as an interval is narrow makes it slightly too narrow: in a simulation of {numbers} with this "
            f"stopping rule, {percent(found.held)} of the 90 % intervals contained the true {truth}.\n"
        )


def _range(values: tuple, shown) -> str:
    least, middle, most = map(shown, values)
    return least if least == most else f"{least} – {middle} – {most}"
