"""Sums, maxima and conditions on symbols, in the order in which the array back end adds and compares."""

from __future__ import annotations

from ... import numerics
from .primitives import PRIMITIVES

select, both, at_least, at_most = (
    PRIMITIVES[primitive] for primitive in (numerics.either, numerics.both, numerics.at_least, numerics.at_most)
)


def pairwise_sum(values: list):
    """The pairwise sum, as :func:`~...numerics.ordered_sum` computes it."""
    while len(values) > 1:
        half = len(values) // 2
        values = [one + other for one, other in zip(values[0 : 2 * half : 2], values[1::2])] + values[2 * half :]
    return values[0]


def largest(values: list):
    """The largest value."""
    found = values[0]
    for value in values[1:]:
        found = at_least(value, found)
    return found


AGGREGATE = {"sum": pairwise_sum, "mean": lambda values: pairwise_sum(values) / float(len(values)), "largest": largest}


def as_condition(value):
    """A condition as a ``bool`` if it is known at compile time, else as a symbol."""
    return bool(value) if isinstance(value, (bool, int, float)) else value


def and_(this, that):
    """Conjunction; folded at compile time where one side is a ``bool``."""
    if isinstance(this, bool) or isinstance(that, bool):
        this, that = (this, that) if isinstance(this, bool) else (that, this)
        return that if this else False
    return both(this, that)


def not_(this):
    """Negation; folded at compile time where possible."""
    return (not this) if isinstance(this, bool) else this.body.logic("xor", this, True)


def or_(this, that):
    """Disjunction."""
    return not_(and_(not_(this), not_(that)))


def any_(cases: list):
    """Disjunction of any number of conditions."""
    found = False
    for case in cases:
        found = or_(found, case)
    return found


def argmax(scores: list, considered: list):
    """The index of the first highest score among the considered options."""
    lowest = float("-inf")
    chosen, best = 0.0, select(considered[0], scores[0], lowest)
    for index, (score, case) in enumerate(zip(scores[1:], considered[1:]), 1):
        score = select(case, score, lowest)
        better = score > best
        chosen, best = select(better, float(index), chosen), select(better, score, best)
    return chosen
