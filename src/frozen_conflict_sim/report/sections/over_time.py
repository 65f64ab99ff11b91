"""Over time: the main quantities, what actors choose, and when treaties are signed."""

from __future__ import annotations

from ..document import Picture, Section
from ..pictures import picture
from ..subject import Subject

MOST = 4


def over_time(subject: Subject) -> Section | None:
    """Fans of the main quantities, by what is compared."""
    results, plot = subject.results, "fan_by" if subject.lever else "fan"
    found: list[Picture | None] = [picture(results, plot, name) for name in subject.trajectories[:MOST]]
    found.append(picture(results, "treaties"))
    shown = tuple(each for each in found if each is not None)
    return Section("over-time", "Over time", shown) if shown else None
