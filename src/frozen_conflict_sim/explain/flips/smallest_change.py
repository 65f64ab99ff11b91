"""The smallest change of one number, within its range, after which an answer is another: for many numbers at once.

Answers jump, so what they hang on is followed instead: *crossings*, continuous functions whose signs decide the answer. Where
the sign of one changes between two points, the place is closed in on from both sides. Then the nearest point with another
answer is known even if the answer changes back soon after it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

MOST_LANES = 4096
CLOSING_IN, HALVINGS = 8, 52
NEAR = 1e-7


class Range(NamedTuple):
    """The value of a number, the range in which it may be changed, and the number of points at which to look on each side."""

    value: float
    low: float
    high: float
    points: int


class Change(NamedTuple):
    """The nearest value with another answer (``becomes``), and the value just short of it, with the same answer as before."""

    short: float
    to: float
    becomes: int


Ask = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def smallest_changes(ranges: list[Range], answer: int, ask: Ask) -> list[Change | None]:
    """For each range the smallest change; None where no change within it changes the answer.

    ``ask(which, at)`` gives the answers, and the crossings as rows, if the number ``which`` were ``at``; all arrays have one
    entry a question.
    """
    if not ranges:
        return []
    which = np.concatenate([np.full(len(points), index) for index, points in enumerate(map(_looked_at, ranges))])
    at = np.concatenate([_looked_at(one) for one in ranges])
    answers, crossings = ask(which, at)
    where, more = _closed_in(which, at, crossings, ask)
    if len(where):
        which, at = np.concatenate([which, where]), np.concatenate([at, more])
        answers = np.concatenate([answers, ask(where, more)[0]])
    brackets = [
        bracket
        for index, one in enumerate(ranges)
        for bracket in _nearest(index, one.value, at[which == index], answers[which == index], answer)
    ]
    return _smallest(ranges, _halved(brackets, answer, ask))


def _looked_at(one: Range) -> np.ndarray:
    """Points in order: the value, both ends, zero between them, and evenly spaced ones between value and ends."""
    low, high = np.linspace(one.low, one.value, one.points + 1), np.linspace(one.value, one.high, one.points + 1)
    zero = [0.0] if one.low < 0.0 < one.high else []
    return np.unique(np.concatenate([low, high, zero]))


def _closed_in(which: np.ndarray, at: np.ndarray, crossings: np.ndarray, ask: Ask) -> tuple[np.ndarray, np.ndarray]:
    """Points close to both sides of each place at which a crossing changes its sign, in pairs."""
    pairs = (which[1:] == which[:-1]) & (np.sign(crossings[:, 1:]) != np.sign(crossings[:, :-1]))
    row, first = np.nonzero(pairs)
    of, left, right = which[first], at[first], at[first + 1]
    at_left, at_right = crossings[row, first], crossings[row, first + 1]
    for _ in range(CLOSING_IN if len(of) else 0):
        width = right - left
        with np.errstate(divide="ignore", invalid="ignore"):
            straight = left - at_left * width / (at_right - at_left)
        straight = np.where(np.isfinite(straight), straight, left + width / 2)
        pad = NEAR * width
        tried = np.sort(np.clip([straight - pad, straight + pad, left + width / 2], left, right), axis=0)
        _, found = ask(np.tile(of, 3), tried.ravel())
        values = found[np.tile(row, 3), np.arange(tried.size)].reshape(tried.shape)
        ends, seen = np.vstack([left, tried, right]), np.vstack([at_left, values, at_right])
        begin = (np.sign(seen[1:]) != np.sign(seen[:-1])).argmax(axis=0)
        lanes = np.arange(len(of))
        left, right = ends[begin, lanes], ends[begin + 1, lanes]
        at_left, at_right = seen[begin, lanes], seen[begin + 1, lanes]
    return np.tile(of, 2), np.concatenate([left, right])


def _nearest(index: int, value: float, at: np.ndarray, answers: np.ndarray, answer: int):
    """On each side of the value: the index, the last point with the same answer, and the first with another."""
    for side in (-1.0, 1.0):
        distance = (at - value) * side
        order = np.argsort(distance[distance > 0.0])
        points, found = at[distance > 0.0][order], answers[distance > 0.0][order]
        other = np.flatnonzero(found != answer)
        if len(other):
            yield index, points[other[0] - 1] if other[0] else value, points[other[0]]


def _halved(brackets: list[tuple], answer: int, ask: Ask) -> list[tuple[int, float, float, int]]:
    """The brackets, halved until rounding; each with the answer at its far end."""
    if not brackets:
        return []
    which = np.array([bracket[0] for bracket in brackets])
    same, other = (np.array([bracket[end] for bracket in brackets], float) for end in (1, 2))
    for _ in range(HALVINGS):
        middle = same + (other - same) / 2
        stays = ask(which, middle)[0] == answer
        same, other = np.where(stays, middle, same), np.where(stays, other, middle)
        if (np.abs(other - same) <= 4e-16 * np.maximum(np.abs(same), 1e-3)).all():
            break
    return list(zip(which, same, other, ask(which, other)[0]))


def _smallest(ranges: list[Range], brackets: list[tuple[int, float, float, int]]) -> list[Change | None]:
    found: list[Change | None] = [None] * len(ranges)
    for index, same, other, becomes in brackets:
        value, before = ranges[index].value, found[index]
        if before is None or abs(other - value) < abs(before.to - value):
            found[index] = Change(float(same), float(other), int(becomes))
    return found
