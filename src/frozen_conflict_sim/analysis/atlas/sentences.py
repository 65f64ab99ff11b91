"""What an atlas says, in sentences: where a contrast pushes which way, when it turns, how far a scenario is from the line."""

from __future__ import annotations

import numpy as np

from ..comparison.difference_results import written
from .maps import DOWN_THEN_UP, UP_THEN_DOWN, AtlasMap, Horizon
from .surface import Axis
from .zero_line import zero_lines

STRAIGHT = 0.05  # of the range of an axis: a line this close to a straight one is described as straight


def sentences(drawn: AtlasMap) -> list[str]:
    """The findings of a map: shares of the plane at each horizon, the line at the end, the turn, the scenario's own place."""
    return [_shares(drawn), *line_in_words(drawn), *_turn(drawn), _place(drawn)]


def _shares(drawn: AtlasMap) -> str:
    first, *others = drawn.horizons
    parts = [f"on {_share(first)} of the plane {first.called}", *(f"on {_share(at)} {at.called}" for at in others)]
    about = f"{written(drawn.contrast.choice)} rather than {written(drawn.contrast.reference)}"
    return begun(f"{about} raises {possessive(drawn.label)} {_joined(parts)}.")


def at_the_end_in_words(drawn: AtlasMap) -> str:
    """On how much of the plane the contrast is positive at the last horizon, in a sentence."""
    last = drawn.horizons[-1]
    about = f"{written(drawn.contrast.choice)} rather than {written(drawn.contrast.reference)}"
    return begun(f"{about} raises {possessive(drawn.label)} on {_share(last)} of the plane {last.called}.")


def _share(at: Horizon) -> str:
    return f"{_percent(at.sides.positive)} ({_range(at.sides.interval)})"


def begun(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def possessive(label: str) -> str:
    """The label of a column within a sentence.

    >>> possessive("Tbilisi: western alignment"), possessive("share")
    ("Tbilisi's western alignment", 'share')
    """
    owner, colon, name = label.partition(": ")
    return f"{owner}'s {name}" if colon else label


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _range(interval: tuple[float, float]) -> str:
    low, high = (f"{100 * end:.0f}" for end in interval)
    return f"{low} to {high} %"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"


def line_in_words(drawn: AtlasMap) -> list[str]:
    """The zero line at the last horizon, as a straight one if it is nearly that."""
    last, surface = drawn.horizons[-1], drawn.surface
    pieces = zero_lines(surface, last.turn)
    if not pieces:
        return [f"{begun(last.called)} no line of zero effect crosses this plane: {_everywhere(last)}."]
    line = np.concatenate(pieces)
    slope, start = np.polyfit(line[:, 1], line[:, 0], 1) if np.ptp(line[:, 1]) else (0.0, float(line[:, 0].mean()))
    miss = np.abs(start + slope * line[:, 1] - line[:, 0]).max() / (surface.across.high - surface.across.low)
    positive_right = _rises_to_the_right(drawn, last)
    if miss > STRAIGHT:
        ends = f"from {_at(line[0], drawn)} to {_at(line[-1], drawn)}"
        return [f"{begun(last.called)} the line of zero effect bends {ends}."]
    side = "above" if positive_right else "below"
    rises = f"{'+' if slope >= 0 else '−'} {abs(slope):.2f} × {_short(surface.up)}"
    rule = f"{_short(surface.across)} is {side} {_signed(start)} {rises}"
    return [f"{begun(last.called)} it does so where {rule}."]


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _everywhere(last: Horizon) -> str:
    return "the effect is positive everywhere" if last.sides.positive > 0.5 else "the effect is negative everywhere"


def _rises_to_the_right(drawn: AtlasMap, last: Horizon) -> bool:
    surface = drawn.surface
    ends = np.array([surface.across.low, surface.across.high])
    middle = np.full(2, (surface.up.low + surface.up.high) / 2)
    low, high = surface.at(ends, middle)[:, last.turn]
    return bool(high > low)


def _at(place: np.ndarray, drawn: AtlasMap) -> str:
    return f"({_short(drawn.surface.across)} {place[0]:.2f}, {_short(drawn.surface.up)} {place[1]:.2f})"


def _short(axis: Axis) -> str:
    return axis.name.rpartition(".")[2].replace("_", " ")


def _turn(drawn: AtlasMap) -> list[str]:
    if drawn.turning is None:
        return []
    found = []
    for kind, words in (
        (UP_THEN_DOWN, "raises it at first and lowers it later"),
        (DOWN_THEN_UP, "lowers it first, raises it later"),
    ):
        share, year = drawn.turning.shares[kind], drawn.turning.median_year(kind)
        if year is not None and share >= 0.005:
            found.append(f"On {_percent(share)} of the plane it {words}; it turns there in {int(year)} (median).")
    return found or ["It turns nowhere on the plane: where its sign is clear at all, it stays the same throughout."]


def _place(drawn: AtlasMap) -> str:
    last, surface = drawn.horizons[-1], drawn.surface
    near = last.distance
    own = f"At its own place ({_short(surface.across)} {near.place[0]:g}, {_short(surface.up)} {near.place[1]:g})"
    low, high = near.value_interval
    effect = f"{own} the effect is {near.value:+.3f} ({low:+.3f} to {high:+.3f}) {last.called}"
    if near.distance is None or near.interval is None:
        return f"{effect}; no line of zero effect crosses the plane."
    reach = f"{abs(near.distance):.2f} ranges from the line"
    around = sorted(map(abs, near.interval)) if near.interval[0] * near.interval[1] > 0 else [0.0, max(map(abs, near.interval))]
    zeros = {_short(axis): near.along[axis.name] for axis in (surface.across, surface.up)}
    moves = [f"{name} {zero:.2f}" for name, zero in zeros.items() if zero is not None]
    alone = f"; alone, {' or '.join(moves)} would bring it to zero" if moves else ""
    return f"{effect}, {reach} ({around[0]:.2f} to {around[1]:.2f}){alone}."
