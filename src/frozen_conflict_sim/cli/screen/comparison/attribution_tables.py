"""Tables of an attribution: how much of a difference each input makes, and which inputs work together."""

from __future__ import annotations

from ....analysis.comparison.attribution import Attribution, SharedDifference
from ....analysis.comparison.inputs import Change
from ....analysis.summary import CAVEAT
from ..messages import say
from ..tables import console, interval, number, percent, table
from .comparison_tables import print_changes

SHARES = {"changed": "left"} | dict.fromkeys(("share", "90 % interval", "alone", "last"), "right")
MOST, MOST_INTERACTIONS = 5, 3
SHOWN = 0.005  # shares of the difference below this are summed up in one line


def print_attribution(attribution: Attribution, named: bool, quiet: bool) -> None:
    """Print the outcomes that were ``named``, or else those that differ most clearly."""
    out = console()
    out.print(f"A  {attribution.left}\nB  {attribution.right}\n")
    changes = [Change(share.key, share.left, share.right, "") for share in attribution.outcomes[0].shares]
    print_changes(changes, "What differs", "")
    shown = [one for one in attribution.outcomes if named or _clear(one) > 1.0]
    shown = shown if named else sorted(shown, key=_clear, reverse=True)[:MOST]
    for one in shown:
        _print_shared(one)
    if not named:
        differ = sum(_clear(one) > 1.0 for one in attribution.outcomes)
        out.print(f"{len(shown)} of the {differ} key outcomes that clearly differ; for one of your choice: --attribute OUTCOME")
    how = "all sets of changes" if attribution.exact else "random orders of the changes"
    out.print(
        f"{attribution.pairs:,} of {attribution.of_pairs:,} pairs with the same random numbers; {how}, played in "
        f"{attribution.runs:,} runs. share: what a change adds, averaged over all orders; alone: without the others; last: "
        "after all others."
    )
    out.print(CAVEAT)
    for note in () if quiet else attribution.notes:
        say(f"note: {note}")


def _clear(one: SharedDifference) -> float:
    """How many times as large as half its interval a difference is; 0 if it has none."""
    if one.interval is None or one.difference == 0.0:
        return 0.0
    return abs(one.difference) / max((one.interval[1] - one.interval[0]) / 2, 1e-300)


def _print_shared(one: SharedDifference) -> None:
    out, shown = console(), percent if one.unit == "yes or no" else number
    unit = "share of runs" if one.unit == "yes or no" else one.unit
    out.print(f"{one.label} ({unit}): {shown(one.left)} in A, {shown(one.right)} in B; {one.pairs:,} pairs")
    least = SHOWN * max((abs(share.share) for share in one.shares), default=0.0)
    large = [share for share in one.shares if abs(share.share) > least]
    small = [share for share in one.shares if abs(share.share) <= least]
    rows = [
        [share.key, shown(share.share), interval(share.interval, shown), shown(share.alone), shown(share.last)]
        for share in large
    ]
    if small:
        many = f"{len(small)} more" if len(small) > 1 else small[0].key
        rows.append([many, shown(sum(share.share for share in small)), "", "", ""])
    rows.append(["all together", shown(one.difference), interval(one.interval, shown), "", ""])
    made = table("", SHARES, rows)
    made.title = None
    for at, column in enumerate(made.columns):
        column.no_wrap = at > 0
    out.print(made)
    clear = [both for both in one.interactions if both.interval and (both.interval[0] > 0 or both.interval[1] < 0)]
    for both in clear[:MOST_INTERACTIONS]:
        out.print(
            f"{both.keys[0]} and {both.keys[1]} {_together(one, both.amount)}: {shown(both.amount)} "
            f"({interval(both.interval, shown)})"
        )
    out.print()


def _together(one: SharedDifference, amount: float) -> str:
    same = (amount > 0) == (one.difference > 0)
    return "add more together than one by one" if same else "add less together than one by one"
