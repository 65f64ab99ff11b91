"""Functions of numbers and arrays from which rules are written.

A rule is written once, for numbers, and also works on arrays with one number a run. The results for plain numbers are plain
numbers. NumPy's ``exp`` and ``log`` differ between processors and its sums between array shapes, so the engine has its own:
a run is bit for bit the same alone and among a thousand.
"""

from __future__ import annotations

import math

import numpy as np

_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10
NEGLIGIBLE = 1e-9  # what lies below differs from nothing by rounding only
_EXP_TERMS = [1.0 / math.factorial(n) for n in range(13, -1, -1)]
_ATANH_TERMS = [2.0 / n for n in range(21, 0, -2)]


def _plain(*values) -> bool:
    for value in values:  # noqa: SIM110 - asked so often that a generator would cost
        if isinstance(value, np.ndarray):
            return False
    return True


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
    """The value, but at least the floor.

    >>> at_least(-0.2, 0.0)
    0.0
    """
    return max(value, floor) if _plain(value, floor) else np.maximum(value, floor)


def at_most(value, ceiling):
    """The value, but at most the ceiling."""
    return min(value, ceiling) if _plain(value, ceiling) else np.minimum(value, ceiling)


def between(value, floor, ceiling):
    """The value, cut off at floor and ceiling.

    >>> between(1.7, 0.0, 1.0)
    1.0
    """
    return at_most(at_least(value, floor), ceiling)


def ratio(part, whole):
    """The ratio of a part to a whole, 0 where there is no whole.

    >>> ratio(1.0, 4.0), ratio(1.0, 0.0)
    (0.25, 0.0)
    """
    there = whole > 0.0
    return either(there, part / either(there, whole, 1.0), 0.0)


def distance(this, that):
    """The absolute difference of two values."""
    return abs(this - that)


def whole_part(x):
    """The largest whole number not above ``x``."""
    return math.floor(x) if _plain(x) else np.floor(x)


def doubled(x, times):
    """``x`` times 2 to the power ``times``."""
    return math.ldexp(x, int(times)) if _plain(x, times) else np.ldexp(x, times.astype(np.int32))


def halved(x):
    """The mantissa of ``x``, from one half to one, and its exponent to the base 2."""
    if _plain(x):
        return math.frexp(x)
    mantissa, exponent = np.frexp(x)
    return mantissa, exponent.astype(mantissa.dtype)


def square_root(x):
    """The square root."""
    return math.sqrt(x) if _plain(x) else np.sqrt(x)


def everywhere(condition) -> bool:
    """Whether a condition holds in all runs, so that the other cases need no computation."""
    return bool(np.all(condition))


def exp(x):
    """The exponential, identical on every processor (relative error below 1e-15).

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
    """The natural logarithm of a positive number, identical on every processor.

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
    """The logistic function: 1 / (1 + exp(-x)).

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + exp(-x))


def total(items):
    """The sum of several items (of a treaty's clauses, say), added in their order.

    >>> total([0.5, 0.25, 0.25])
    1.0
    """
    amount = items[0]
    for item in items[1:]:
        amount = amount + item
    return amount


def average(items):
    """The mean of several items.

    >>> average([1.0, 0.0])
    0.5
    """
    return total(items) / len(items)


def shares_of(parts: np.ndarray) -> np.ndarray:
    """Each part's share of the whole, along the first axis; equal shares where all parts are zero.

    >>> shares_of(np.array([[1.0, 0.0], [3.0, 0.0]])).tolist()
    [[0.25, 0.5], [0.75, 0.5]]
    """
    whole = total(list(parts))
    return np.where(whole > 0.0, parts / np.where(whole > 0.0, whole, 1.0), 1.0 / len(parts))


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
    """The entry of a table at a row and a column.

    >>> entry([[0.0, 0.1], [0.2, 0.3]], 1, 0)
    0.2
    """
    if _plain(row, column):
        return table[int(row)][int(column)]
    return table.take((row * table.shape[-1] + column).astype(np.int64))


def interpolated(table, row, share):
    """The linear interpolation in a row of a table at a share of its length; the share must be below 1.

    >>> interpolated([[0.0, 0.5, 2.0]], 0, 0.75)
    1.25
    """
    place = share * (len(table[0]) - 1)
    before = whole_part(place)
    low, high = entry(table, row, before), entry(table, row, before + 1)
    return low + (place - before) * (high - low)


def of_shape(values, shape: tuple[int, ...]) -> np.ndarray:
    """Values broadcast to a shape, which costs nothing if they have it."""
    return values if getattr(values, "shape", None) == shape else np.broadcast_to(values, shape)


def ordered_sum(values: np.ndarray) -> np.ndarray:
    """The sum over the first axis, neighbour by neighbour in rounds, which does not depend on the lengths of the other axes."""
    while len(values) > 1:
        even = len(values) // 2 * 2
        folded = values[0:even:2] + values[1:even:2]
        values = np.concatenate([folded, values[even:]]) if len(values) % 2 else folded
    return values[0]


def ordered_mean(values: np.ndarray) -> np.ndarray:
    """Mean over the first axis, see :func:`ordered_sum`."""
    return ordered_sum(values) / len(values)


def largest_step(acceptable, halvings: int = 12):
    """The largest acceptable share of a step, from 0 to 1, found by bisection.

    ``acceptable(share)`` must hold at 0 and, if it fails at a share, fail at all larger ones.

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
