"""What an atlas says, in sentences: where a contrast pushes which way, when it turns, how far a scenario is from the line."""

from __future__ import annotations

import numpy as np

from ..comparison.difference_results import written
from ..wording import begun, percent, possessive, share_with_interval
from .maps import DOWN_THEN_UP, UP_THEN_DOWN, AtlasMap, Horizon
from .surface import Axis
from .zero_line import zero_lines

STRAIGHT = 0.05  # of the range of an axis: a line this close to a straight one is described as straight


def sentences(drawn: AtlasMap) -> list[str]:
    """The findings of a map: shares of the plane by horizon, the line at the end, the same without, the turn, the own place."""
    return [_shares(drawn), *line_in_words(drawn), *_elsewhere(drawn), *_turn(drawn), _place(drawn)]


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
    return share_with_interval(at.sides.positive, at.sides.interval)


def _elsewhere(drawn: AtlasMap) -> list[str]:
    """The mean effect at the last horizon, beside that in the other arms, such as with the coupling off."""
    if not drawn.others:
        return []
    last = drawn.horizons[-1]
    beside = "; ".join(f"{other.where} {_effect(other.means[-1], other.intervals[-1])}" for other in drawn.others)
    return [f"{begun(last.called)} the effect is on average {_effect(last.mean, last.interval)} over the plane; {beside}."]


def _effect(value: float, interval: tuple[float, float] | None) -> str:
    if not value and interval is None:
        return "exactly 0"
    shown = [f"{round(number, 3) + 0.0:+.3f}" for number in (value, *(interval or ()))]
    return shown[0] + (f" ({shown[1]} to {shown[2]})" if interval else "")


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
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


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
            found.append(f"On {percent(share)} of the plane it {words}; it turns there in {int(year)} (median).")
    return found or ["It turns nowhere on the plane: where its sign is clear at all, it stays the same throughout."]


def _place(drawn: AtlasMap) -> str:
    last, surface = drawn.horizons[-1], drawn.surface
    near = last.distance
    own = f"At its own place ({_short(surface.across)} {near.place[0]:g}, {_short(surface.up)} {near.place[1]:g})"
    low, high = near.value_interval
    effect = f"{own} the effect is {_effect(near.value, (low, high))} {last.called}"
    if near.distance is None or near.interval is None:
        return f"{effect}; no line of zero effect crosses the plane."
    reach = f"{abs(near.distance):.2f} ranges from the line"
    around = sorted(map(abs, near.interval)) if near.interval[0] * near.interval[1] > 0 else [0.0, max(map(abs, near.interval))]
    zeros = {_short(axis): near.along[axis.name] for axis in (surface.across, surface.up)}
    moves = [f"{name} {zero:.2f}" for name, zero in zeros.items() if zero is not None]
    alone = f"; alone, {' or '.join(moves)} would bring it to zero" if moves else ""
    return f"{effect}, {reach} ({around[0]:.2f} to {around[1]:.2f}){alone}."
