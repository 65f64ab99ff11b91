"""The line on which a contrast is zero: its course, how sure it is, and how far a place lies from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..intervals import LEVEL
from .surface import Surface

GRID = 61
TAILS = (50 * (1 - LEVEL), 50 * (1 + LEVEL))


@dataclass(frozen=True)
class Distance:
    """How far a place lies from the zero line, in ranges of the axes: positive where the contrast is positive.

    ``nearest`` is the nearest place on the line; ``along`` says at which value of each parameter alone the contrast would be
    zero, None where it would nowhere on the plane. Everything is None if no line crosses the plane; the ``interval`` is over
    the draws in which one does, and ``crossed`` is their share.
    """

    place: tuple[float, float]
    value: float
    value_interval: tuple[float, float]
    distance: float | None
    interval: tuple[float, float] | None
    nearest: tuple[float, float] | None
    along: dict[str, float | None]
    crossed: float


@dataclass(frozen=True)
class Sides:
    """Shares of the plane: where the contrast is positive, with a 90 % interval, and where its interval excludes zero."""

    positive: float
    interval: tuple[float, float]
    surely_positive: float
    surely_negative: float


def lattice(surface: Surface, count: int = GRID) -> tuple[np.ndarray, np.ndarray]:
    """The places of a lattice over the plane, ``across`` varying fastest."""
    x, y = np.meshgrid(surface.across.spaced(count), surface.up.spaced(count))
    return x.ravel(), y.ravel()


def zero_lines(surface: Surface, quantity: int, values: np.ndarray | None = None, count: int = GRID) -> list[np.ndarray]:
    """The pieces of the zero line, each an array of shape ``(place, 2)``."""
    from contourpy import contour_generator

    if values is None:
        values = surface.at(*lattice(surface, count))[:, quantity]
    x, y = surface.across.spaced(count), surface.up.spaced(count)
    return contour_generator(x, y, values.reshape(count, count)).lines(0.0)


def sides(surface: Surface, quantity: int) -> Sides:
    """The shares of the plane on both sides of the zero line."""
    places = lattice(surface)
    basis = surface.basis(*places)
    values, reach = surface.at(*places)[:, quantity], surface.reach(*places)[:, quantity]
    shares = (basis @ surface.draws[:, :, quantity].T > 0).mean(axis=0)
    low, high = np.percentile(shares, TAILS)
    positive = float((values > 0).mean())
    around = min(float(low), positive), max(float(high), positive)
    return Sides(positive, around, float((values > reach).mean()), float((values < -reach).mean()))


def distance(surface: Surface, quantity: int, place: tuple[float, float]) -> Distance:
    """How far ``place`` lies from the zero line of a quantity."""
    x, y = np.array([place[0]]), np.array([place[1]])
    value, reach = float(surface.at(x, y)[0, quantity]), float(surface.reach(x, y)[0, quantity])
    around = value - reach, value + reach
    along = {axis.name: _along(surface, quantity, place, at) for at, axis in enumerate((surface.across, surface.up))}
    grid = 41
    found, _ = _nearest(surface, surface.coefficients[:, quantity], place, grid)
    drawn = [_nearest(surface, draw, place, grid)[0] for draw in surface.draws[::4, :, quantity]]
    known = [each for each in drawn if each is not None]
    interval = tuple(float(end) for end in np.percentile(known, TAILS)) if known else None
    nearest = _nearest(surface, surface.coefficients[:, quantity], place, grid)[1]
    return Distance(
        place, value, around, found, interval if found is not None else None, nearest, along, len(known) / len(drawn)
    )


def _nearest(surface: Surface, coefficients: np.ndarray, place: tuple[float, float], count: int):
    """The signed distance to the zero line of these coefficients, and the nearest place on it; None, None without a line."""
    values = surface.basis(*lattice(surface, count)) @ coefficients
    pieces = zero_lines(surface, 0, values, count)
    if not pieces:
        return None, None
    line = np.concatenate(pieces)
    spans = np.array([axis.high - axis.low for axis in (surface.across, surface.up)])
    away = np.sqrt((((line - np.array(place)) / spans) ** 2).sum(axis=1))
    sign = np.sign(surface.basis(np.array([place[0]]), np.array([place[1]])) @ coefficients)[0]
    at = int(np.argmin(away))
    return float(sign * away[at]), (float(line[at, 0]), float(line[at, 1]))


def _along(surface: Surface, quantity: int, place: tuple[float, float], at: int) -> float | None:
    """The value of one parameter, nearest to that of the place, at which the contrast is zero if the other stays."""
    axis = (surface.across, surface.up)[at]
    values = axis.spaced(401)
    other = np.full(len(values), place[1 - at])
    x, y = (values, other) if at == 0 else (other, values)
    heights = surface.at(x, y)[:, quantity]
    crossing = np.flatnonzero(np.sign(heights[1:]) != np.sign(heights[:-1]))
    if not len(crossing):
        return None
    parts = heights[crossing] / (heights[crossing] - heights[crossing + 1])
    zeros = values[crossing] + parts * (values[crossing + 1] - values[crossing])
    return float(zeros[np.argmin(np.abs(zeros - place[at]))])
