"""The few words that rules need.

A rule is written once, for numbers, and also runs on arrays with one number per run. Plain numbers stay plain numbers.
NumPy's ``exp`` and ``log`` differ between processors and its sums between array shapes, so the engine has its own: a run
is the same, bit for bit, alone and among a thousand.
"""

from __future__ import annotations

import math

import numpy as np

_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10
_EXP_TERMS = [1.0 / math.factorial(n) for n in range(13, -1, -1)]
_ATANH_TERMS = [2.0 / n for n in range(21, 0, -2)]


def _plain(*values) -> bool:
    return not any(isinstance(value, np.ndarray) for value in values)


def either(condition, this, otherwise):
    """``this`` where the condition holds, ``otherwise`` where it does not.

    >>> either(0.3 > 0.2, 1.0, 0.0)
    1.0
    """
    if _plain(condition, this, otherwise):
        return this if condition else otherwise
    return np.where(condition, this, otherwise)


def both(this, that):
    """Whether both conditions hold."""
    return (this and that) if _plain(this, that) else np.logical_and(this, that)


def one_of(this, that):
    """Whether at least one of the two conditions holds."""
    return (this or that) if _plain(this, that) else np.logical_or(this, that)


def opposite(this):
    """Whether the condition does not hold."""
    return (not this) if _plain(this) else np.logical_not(this)


def at_least(value, floor):
    """The value, or the floor where it lies below.

    >>> at_least(-0.2, 0.0)
    0.0
    """
    return max(value, floor) if _plain(value, floor) else np.maximum(value, floor)


def at_most(value, ceiling):
    """The value, or the ceiling where it lies above."""
    return min(value, ceiling) if _plain(value, ceiling) else np.minimum(value, ceiling)


def between(value, floor, ceiling):
    """The value, held between floor and ceiling.

    >>> between(1.7, 0.0, 1.0)
    1.0
    """
    return at_most(at_least(value, floor), ceiling)


def distance(this, that):
    """How far apart two values are."""
    return abs(this - that)


def whole_part(x):
    """The largest whole number that is not above ``x``."""
    return math.floor(x) if _plain(x) else np.floor(x)


def doubled(x, times):
    """``x``, doubled some times."""
    return math.ldexp(x, int(times)) if _plain(x, times) else np.ldexp(x, times.astype(np.int32))


def halved(x):
    """``x``, halved until it lies between one half and one, and how many times it was."""
    return math.frexp(x) if _plain(x) else np.frexp(x)


def square_root(x):
    """The square root."""
    return math.sqrt(x) if _plain(x) else np.sqrt(x)


def everywhere(condition) -> bool:
    """Whether a condition holds in all runs at once, so that nothing else need be looked at."""
    return bool(np.all(condition))


def exp(x):
    """The exponential, the same on every processor (relative error below 1e-15).

    >>> abs(exp(1.0) - math.e) < 1e-15
    True
    """
    x = between(x, -700.0, 700.0)
    powers = whole_part(x * _LOG2_E + 0.5)
    rest = (x - powers * _LN2_HIGH) - powers * _LN2_LOW
    polynomial = rest * 0.0
    for term in _EXP_TERMS:
        polynomial = polynomial * rest + term
    return doubled(polynomial, powers)


def log(x):
    """The natural logarithm of a positive number, the same on every processor.

    >>> abs(log(10.0) - math.log(10.0)) < 1e-15
    True
    """
    mantissa, powers = halved(x)
    small = mantissa < 0.7071067811865476
    mantissa = either(small, mantissa * 2.0, mantissa)
    powers = either(small, powers - 1, powers)
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    square = ratio * ratio
    series = square * 0.0
    for term in _ATANH_TERMS:
        series = series * square + term
    return series * ratio + powers * _LN2_LOW + powers * _LN2_HIGH


def logistic(x):
    """A probability that rises smoothly with ``x``, one half at zero.

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + exp(-x))


def total(items):
    """The sum over the items of a treaty (its clauses), added in their order.

    >>> total([0.5, 0.25, 0.25])
    1.0
    """
    amount = items[0]
    for item in items[1:]:
        amount = amount + item
    return amount


def average(items):
    """The mean over the items of a treaty.

    >>> average([1.0, 0.0])
    0.5
    """
    return total(items) / len(items)


def place_of_largest(items):
    """The place of the largest item, counted from 0; of equals the first.

    >>> place_of_largest([0.2, 0.7, 0.7])
    1.0
    """
    place, largest = items[0] * 0.0, items[0]
    for at, item in enumerate(items[1:], 1):
        place, largest = either(item > largest, float(at), place), at_least(item, largest)
    return place


def entry(table, row, column):
    """The entry of a table; the table is read as one long row.

    >>> entry([[0.0, 0.1], [0.2, 0.3]], 1, 0)
    0.2
    """
    if _plain(row, column):
        return table[int(row)][int(column)]
    return table.take((row * table.shape[-1] + column).astype(np.int64))


def interpolated(table, row, share):
    """What stands at a share of a row of a table, 0 its beginning and 1 its end; the share must lie below 1.

    >>> interpolated([[0.0, 0.5, 2.0]], 0, 0.75)
    1.25
    """
    place = share * (len(table[0]) - 1)
    before = whole_part(place)
    low, high = entry(table, row, before), entry(table, row, before + 1)
    return low + (place - before) * (high - low)


def ordered_sum(values: np.ndarray) -> np.ndarray:
    """Sum over the first axis by halving, so that the result does not depend on the other axes' lengths."""
    while len(values) > 1:
        half = len(values) // 2
        folded = values[:half] + values[half : 2 * half]
        values = np.concatenate([folded, values[2 * half :]]) if len(values) % 2 else folded
    return values[0]


def ordered_mean(values: np.ndarray) -> np.ndarray:
    """Mean over the first axis, see :func:`ordered_sum`."""
    return ordered_sum(values) / len(values)


def largest_step(acceptable, halvings: int = 12):
    """The largest share of a step, from 0 to 1, that is still acceptable, found by halving.

    ``acceptable`` tells of a share whether it is; it must hold at 0 and, once lost, stay lost.

    >>> round(largest_step(lambda share: share <= 0.25), 3)
    0.25
    """
    whole = acceptable(1.0)
    if everywhere(whole):
        return whole * 1.0
    low, high = whole * 0.0, whole * 0.0 + 1.0
    for _ in range(halvings):
        middle = (low + high) / 2.0
        fine = acceptable(middle)
        low, high = either(fine, middle, low), either(fine, high, middle)
    return either(whole, 1.0, low)
