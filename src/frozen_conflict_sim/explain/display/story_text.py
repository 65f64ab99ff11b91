"""The story of a run as text, and beside it that of the same run without something."""

from __future__ import annotations

from ..story import RARE, Happening, Story, TurningPoint
from ..without import Removal
from .text import lower, number, signed, wrapped

CERTAIN = 0.995


def story_lines(story: Story) -> list[str]:
    """A run in about ten lines."""
    lines = wrapped(": ".join(opening(story)), "  ", "")
    for point in story.turning_points:
        moved = moved_in_words(point)
        lines += wrapped(f"{happenings_in_words(point)}.{f' {moved}.' if moved else ''}", " " * 9, f"{point.date}  ")
    moved = "; ".join(f"{label} {brief(start)} → {brief(end)}" for label, start, end in story.ends[:3])
    scale = f", on scales from {story.scale[0]:g} to {story.scale[1]:g}" if story.scale and None not in story.scale else ""
    early = f" The run ended then, after {story.end_turn} of {story.turns} {story.turn_name}."
    lines += wrapped(f"In all{scale}: {moved}.{early if story.end_turn < story.turns else ''}", " " * 9, f"{story.end}  ")
    return lines + (wrapped(surprise(story), " " * 9, "") if story.least_likely else [])


def opening(story: Story) -> tuple[str, str]:
    """How the run ended and how many do so, and what that means."""
    number_of = f"Run {story.run}" if story.run is not None else "This run"
    often = f" (so do {_share(story.share)} of {story.runs:,} runs)" if story.share is not None else ""
    return f"{number_of} of “{story.title}” {story.ending}{often}", story.meaning


def brief(value: float) -> str:
    """A number for a story: two decimals below ten.

    >>> brief(0.417), brief(-0.001), brief(53.5)
    ('0.42', '0', '53.5')
    """
    if abs(value) < 0.005:
        return "0"
    return f"{value:.2f}" if abs(value) < 10 else number(value)


def surprise(story: Story) -> str:
    """The least likely act of the run, if any was unlikely; empty if nothing was done."""
    if not story.least_likely:
        return ""
    date, act = story.least_likely
    if act.odds < RARE:
        return f"Least likely: {act.text} in {date} ({in_words(act.odds)})."
    return f"No act was a surprise: each had odds of {100 * act.odds:.0f} % or more."


def _share(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else "under 1 %"


def happenings_in_words(point: TurningPoint) -> str:
    """What happened at a turning point, without a full stop."""
    first, *others = map(_happening, point.happenings)
    return "; ".join([first, *(_continued(one, told) for one, told in zip(point.happenings[1:], others))])


def moved_in_words(point: TurningPoint) -> str:
    """What moved around a turning point, without a full stop; empty if hardly anything did."""
    if brief(point.before) == brief(point.after) or abs(point.after - point.before) < 0.02:
        return ""
    return f"{point.moved} {brief(point.before)} → {brief(point.after)}"


def _continued(one: Happening, told: str) -> str:
    """A sentence that goes on after a semicolon: in lower case, unless it begins with a name."""
    return told if one.kind == "act" and not told.startswith("The ") else lower(told)


def _happening(one: Happening) -> str:
    return f"{one.text} ({in_words(one.odds, one.kind)})" if one.odds is not None else one.text


def without_lines(
    removal: Removal, dates: list[str], mine: Story, other: Story, rows: list[tuple[str, float, float]]
) -> list[str]:
    """What was taken out, the class with and without it, and key quantities at the end."""
    times = "" if removal.channels or removal.event else f" ({_listed(dates)})"
    lines = wrapped(f"The same run, with the same random numbers, without {removal.named}{times}:", "  ", "")
    lines += wrapped(ending_without(mine, other), "  ", "")
    lines.append(f"  {'at the end':<44}{'as it was':>10}{'without':>12}{'caused':>11}")
    for label, end, instead in sorted(rows, key=lambda row: -abs(row[1] - row[2])):
        lines.append(f"  {label:<44}{number(end):>10}{number(instead):>12}{signed(end - instead):>11}")
    return lines


def ending_without(mine: Story, other: Story) -> str:
    """How a run ends without something, beside how it ended."""
    if mine.end_class == other.end_class:
        return f"It {mine.ending} all the same, in {other.end}."
    return f"It {other.ending} instead of {mine.end_class}: {other.meaning}"


def _listed(dates: list[str]) -> str:
    dates = list(dict.fromkeys(dates))
    return ", ".join(dates) if len(dates) <= 4 else f"{', '.join(dates[:3])} and {len(dates) - 3} other turns"


def in_words(odds: float | None, kind: str = "act") -> str:
    """Odds as a reader takes them; those of a chance event are called so.

    >>> in_words(0.999), in_words(0.61), in_words(0.004), in_words(None), in_words(0.12, "chance")
    ('nearly certain', 'odds 61 %', 'odds under 1 %', '', 'by chance, 12 %')
    """
    if odds is None:
        return ""
    if odds > CERTAIN:
        return "nearly certain"
    share = "under 1 %" if odds < 0.01 else f"{100 * odds:.0f} %"
    return f"by chance, {share}" if kind == "chance" else f"odds {share}"
