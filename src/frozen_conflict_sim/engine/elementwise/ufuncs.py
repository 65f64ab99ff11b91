"""What NumPy's functions and Python's operators mean in a rule: the same to the last bit on arrays and in compiled code.

NumPy's own ``exp``, ``log`` and ``power`` differ between processors and between lengths of an array. So each is written here
from the primitives of :mod:`~..numerics`, which both back ends compute alike.
"""

from __future__ import annotations

import math
import operator

import numpy as np

from ..numerics import at_least, at_most, between, both, either, exp, log, one_of, opposite, square_root, total, whole_part

SMALLEST, LARGEST = 2.2250738585072014e-308, 1.7976931348623157e308  # of the normal numbers
MOST_FACTORS = 64


def truth(x):
    """Whether a number is not 0; a condition as it is."""
    if isinstance(x, np.ndarray):
        return x if x.dtype == bool else x != 0
    return bool(x)


def exclusive(x, y):
    """Whether one of two holds, but not both.

    >>> exclusive(True, False), exclusive(1.0, 2.0)
    (True, False)
    """
    x, y = truth(x), truth(y)
    return either(x, opposite(y), y)


def logarithm(x):
    """The natural logarithm: minus infinity at 0, no number below.

    >>> logarithm(1.0), logarithm(0.0)
    (0.0, -inf)
    """
    return either(x > 0.0, log(between(x, SMALLEST, LARGEST)), either(x == 0.0, x * 0.0 - math.inf, x * math.nan))


def power(base, exponent):
    """``base`` to the power ``exponent``: by products for a whole number, else by logarithms; no number for a negative base.

    >>> power(3.0, 2), power(4.0, 0.5), power(2.0, -1)
    (9.0, 2.0, 0.5)
    """
    if isinstance(exponent, int | float):
        if exponent == 0.5:
            return square_root(base)
        if exponent == int(exponent) and abs(exponent) <= MOST_FACTORS:
            product = _product(base, abs(int(exponent)))
            return product if exponent >= 0 else 1.0 / product
    at_zero = either(exponent > 0.0, 0.0, either(exponent == 0.0, 1.0, math.inf))
    positive = exp(exponent * log(between(base, SMALLEST, LARGEST)))
    return either(base > 0.0, positive, either(base == 0.0, at_zero, math.nan))


def _product(base, times: int):
    """``base`` multiplied with itself, by repeated squaring."""
    if times == 0:
        return base * 0.0 + 1.0
    half = _product(base, times // 2) if times > 1 else None
    square = base if half is None else half * half
    return square * base if times > 1 and times % 2 else square


def sign(x):
    """1 for a positive number, -1 for a negative one, else 0."""
    return either(x > 0.0, 1.0, either(x < 0.0, -1.0, x * 0.0))


def ceiling(x):
    """The smallest whole number not below ``x``."""
    return -whole_part(-x)


def nearest_whole(x):
    """The nearest whole number; of two, the even one.

    >>> nearest_whole(2.5), nearest_whole(3.5)
    (2.0, 4.0)
    """
    up = whole_part(x + 0.5) * 1.0
    odd = up - 2.0 * whole_part(up / 2.0) == 1.0
    down = one_of(up - x > 0.5, both(up - x == 0.5, odd))
    return either(down, up - 1.0, up)


def rounded(x, decimals: int = 0):
    """``x`` rounded to some decimals."""
    factor = 10.0**decimals
    return nearest_whole(x * factor) / factor if decimals else nearest_whole(x)


def clipped(x, a_min=None, a_max=None, min=None, max=None):
    """``x`` cut off below and above."""
    low, high = (a_min if min is None else min), (a_max if max is None else max)
    x = x if low is None else at_least(x, low)
    return x if high is None else at_most(x, high)


def over_items(fold):
    """A function of NumPy that folds an array along its first axis, the items; other axes are the runs."""

    def folded(items, axis=None):
        if axis != 0:
            raise TypeError("it folds all runs together; with axis=0 it folds the items of one run")
        return fold(list(items))

    return folded


def _folded(two):
    def fold(items):
        found = items[0]
        for item in items[1:]:
            found = two(found, item)
        return found

    return over_items(fold)


def tanh(x):
    """The hyperbolic tangent.

    >>> tanh(0.0)
    0.0
    """
    return 1.0 - 2.0 / (exp(2.0 * x) + 1.0)


# Both back ends do these alike by themselves.
OPERATORS = {
    np.add: operator.add, np.subtract: operator.sub, np.multiply: operator.mul, np.divide: operator.truediv,
    np.negative: operator.neg, np.positive: operator.pos, np.absolute: abs, np.less: operator.lt, np.less_equal: operator.le,
    np.greater: operator.gt, np.greater_equal: operator.ge, np.equal: operator.eq, np.not_equal: operator.ne,
}  # fmt: skip
MEANINGS = {
    np.power: power, np.float_power: power, np.square: lambda x: x * x, np.reciprocal: lambda x: 1.0 / x, np.sqrt: square_root,
    np.exp: exp, np.expm1: lambda x: exp(x) - 1.0, np.exp2: lambda x: power(2.0, x), np.log: logarithm,
    np.log1p: lambda x: logarithm(1.0 + x), np.log2: lambda x: logarithm(x) / math.log(2.0),
    np.log10: lambda x: logarithm(x) / math.log(10.0), np.tanh: tanh, np.hypot: lambda x, y: square_root(x * x + y * y),
    np.fabs: abs, np.sign: sign, np.floor: whole_part, np.ceil: ceiling, np.rint: nearest_whole,
    np.trunc: lambda x: either(x < 0.0, ceiling(x), whole_part(x)),
    np.floor_divide: lambda x, y: whole_part(x / y), np.remainder: lambda x, y: x - y * whole_part(x / y),
    np.maximum: at_least, np.minimum: at_most, np.fmax: at_least, np.fmin: at_most,
    np.logical_and: lambda x, y: both(truth(x), truth(y)), np.logical_or: lambda x, y: one_of(truth(x), truth(y)),
    np.logical_not: lambda x: opposite(truth(x)), np.bitwise_and: lambda x, y: both(truth(x), truth(y)),
    np.bitwise_or: lambda x, y: one_of(truth(x), truth(y)), np.invert: lambda x: opposite(truth(x)),
    np.logical_xor: exclusive, np.bitwise_xor: exclusive,
    np.heaviside: lambda x, at_zero: either(x > 0.0, 1.0, either(x < 0.0, 0.0, at_zero)),
    np.isnan: lambda x: x != x, np.where: lambda x, this, otherwise: either(truth(x), this, otherwise), np.clip: clipped,
    np.round: rounded, np.sum: over_items(total), np.mean: over_items(lambda items: total(items) / len(items)),
    np.max: _folded(at_least), np.min: _folded(at_most), np.prod: _folded(operator.mul),
}  # fmt: skip
# Those for which NumPy gives the same numbers, whatever the processor.
SAME_IN_NUMPY = {
    np.square, np.reciprocal, np.sqrt, np.fabs, np.floor, np.ceil, np.rint, np.trunc, np.maximum, np.minimum, np.where, np.clip,
    np.logical_and, np.logical_or, np.logical_not, np.bitwise_and, np.bitwise_or, np.invert, np.isnan,
    np.heaviside, np.logical_xor, np.bitwise_xor,
}  # fmt: skip


def meaning_of(function):
    """What a function of NumPy means in a rule; ``TypeError`` if it has no meaning for one number a run."""
    found = MEANINGS.get(function) or OPERATORS.get(function)
    if found is None:
        raise TypeError(f"it calls np.{getattr(function, '__name__', function)}")
    return found
