"""Sums, choices and conditions on symbols, in the order in which arrays would be added and compared."""

from __future__ import annotations

from ...numerics import at_least, at_most, both, either
from .symbols import MEANINGS

pick_either, pick_both, pick_at_least, pick_at_most = (MEANINGS[word] for word in (either, both, at_least, at_most))


def folded(values: list):
    """The sum by halving, see :func:`~..words.ordered_sum`."""
    while len(values) > 1:
        half = len(values) // 2
        values = [one + other for one, other in zip(values[:half], values[half : 2 * half])] + values[2 * half :]
    return values[0]


def largest(values: list):
    """The largest of some values."""
    found = values[0]
    for value in values[1:]:
        found = pick_at_least(value, found)
    return found


AGGREGATE = {"sum": folded, "mean": lambda values: folded(values) / float(len(values)), "largest": largest}


def truth(value):
    """A condition, known beforehand or not."""
    return bool(value) if isinstance(value, (bool, int, float)) else value


def and_(this, that):
    """Both conditions, known beforehand or not."""
    if isinstance(this, bool) or isinstance(that, bool):
        this, that = (this, that) if isinstance(this, bool) else (that, this)
        return that if this else False
    return pick_both(this, that)


def not_(this):
    """The opposite."""
    return (not this) if isinstance(this, bool) else this.body.logic("xor", this, True)


def or_(this, that):
    """At least one of both."""
    return not_(and_(not_(this), not_(that)))


def any_(cases: list):
    """At least one of all."""
    found = False
    for case in cases:
        found = or_(found, case)
    return found


def picked(scores: list, considered: list):
    """The place of the first of the highest scores among the considered."""
    lowest = float("-inf")
    chosen, best = 0.0, pick_either(considered[0], scores[0], lowest)
    for index, (score, case) in enumerate(zip(scores[1:], considered[1:]), 1):
        score = pick_either(case, score, lowest)
        better = score > best
        chosen, best = pick_either(better, float(index), chosen), pick_either(better, score, best)
    return chosen
