"""Words that sentences about results share: shares with their intervals, owners of columns, arms of a comparison."""

from __future__ import annotations

from ..politics.dilemma import COUPLING_OFF
from ..results import Results

THE_COUPLING_OFF = "the coupling off"
Interval = tuple[float, float] | None


def percent(share: float) -> str:
    """A share as a percentage; with a decimal where it would seem to be none or all.

    >>> percent(0.345), percent(0.004), percent(0.9151), percent(1e-9)
    ('34 %', '0.4 %', '92 %', '0 %')
    """
    tenths = round(100 * share, 1)
    return f"{tenths:.1f} %" if 0 < tenths < 1 or 99 < tenths < 100 else f"{tenths:.0f} %"


def percent_range(interval: tuple[float, float]) -> str:
    """An interval of a share.

    >>> percent_range((0.9151, 0.93)), percent_range((0.0, 0.004)), percent_range((0.996, 1.0))
    ('92 to 93 %', '0 to 0.4 %', '99.6 to 100 %')
    """
    low, high = map(percent, interval)
    return f"{low.removesuffix(' %')} to {high}"


def share_with_interval(share: float, interval: Interval) -> str:
    """A share with its interval in brackets, if it has one.

    >>> share_with_interval(0.9151, (0.9, 0.93)), share_with_interval(0.5, None)
    ('92 % (90 to 93 %)', '50 %')
    """
    return percent(share) + (f" ({percent_range(interval)})" if interval else "")


def begun(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def joined(parts: list[str]) -> str:
    """Parts of a sentence in a row.

    >>> joined(["one"]), joined(["one", "two"]), joined(["one", "two", "three"])
    ('one', 'one and two', 'one, two and three')
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def possessive(label: str) -> str:
    """The label of a column within a sentence.

    >>> possessive("Tbilisi: western alignment"), possessive("share")
    ("Tbilisi's western alignment", 'share')
    """
    owner, colon, name = label.partition(": ")
    return f"{owner}'s {name}" if colon else label


def spoken_arm(results: Results, arm: str) -> str:
    """An arm of a comparison in words: an arm with both channels to the parent off is "the coupling off"."""
    return THE_COUPLING_OFF if results.experiment.arms.get(arm) == COUPLING_OFF else arm


def in_arm(results: Results, arm: str) -> str:
    """Where something is so: "with the coupling off", or in the arm of that name."""
    spoken = spoken_arm(results, arm)
    return f"with {spoken}" if spoken == THE_COUPLING_OFF or "=" in arm else f"in the arm {spoken}"
