"""Tables of what turns findings around."""

from __future__ import annotations

from collections.abc import Sequence

from ....analysis.summary import CAVEAT
from ....findings.overturn import Overturned
from ..tables import console, number, table

UNIT = "1 unit: how far a value of its grade may be off (half if assumed, a quarter if estimated, a tenth if documented)"


def print_overturned(found: Sequence[Overturned]) -> None:
    """Print how far each finding is from turning, the easiest to turn first, and by which changes."""
    out = console()
    ordered = sorted(found, key=lambda one: one.point.distance)
    rows = [[one.finding.name, "yes" if one.holds else "no", _distance(one), _leading(one)] for one in ordered]
    columns = {"finding": "left", "holds": "left", "units away": "right", "above all by": "left"}
    out.print(table("What you must believe to turn a finding around", columns, rows))
    out.print(f"{UNIT}\n")
    for one in ordered:
        out.print(f"{one.finding.name}: {one.finding.sentence}\n  {one.sentence}")
    out.print(f"\n{CAVEAT}")


def _distance(one: Overturned) -> str:
    return number(one.point.distance) if one.point.turns else "none found"


def _leading(one: Overturned) -> str:
    return ", ".join(f"{support.key} {'−' if by < 0 else '+'}{abs(by):.1f}" for support, by, _ in one.changes[:2])
