"""Arrays on which a rule may branch and call NumPy, with the results that compiled code has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar

import numpy as np

from ..numerics import either
from .branches import decided, on_all_paths
from .ufuncs import MEANINGS, OPERATORS, SAME_IN_NUMPY, truth

_NOTED: ContextVar[list | None] = ContextVar("noted", default=None)
_SINGLE: ContextVar[bool] = ContextVar("single", default=False)


class Exact(np.ndarray):
    """An array inside a rule: functions of NumPy have the meaning of :mod:`~.ufuncs`, and ``if`` follows both paths.

    Nothing changes it: ``x += 1`` makes another array.
    """

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **more):
        plain = [_plain(value) for value in inputs]
        if method != "__call__" or more:
            return _exact(getattr(ufunc, method)(*plain, **more))
        if ufunc in OPERATORS and ufunc not in _COMPARISONS and all(map(_is_condition, plain)):
            _note("conditions as numbers")  # which NumPy does not add up, but Python and compiled code do
            plain = [value * 1.0 for value in plain]
        meaning = MEANINGS.get(ufunc)
        if meaning and ufunc not in SAME_IN_NUMPY:
            _note(ufunc.__name__)
        return _exact(meaning(*plain) if meaning else ufunc(*plain))

    def __array_function__(self, function, types, arguments, options):
        if function in MEANINGS:
            if function not in SAME_IN_NUMPY:
                _note(function.__name__)
            return _exact(MEANINGS[function](*map(_plain, arguments), **{key: _plain(it) for key, it in options.items()}))
        return _exact(super().__array_function__(function, types, arguments, options))

    def __bool__(self):
        _note("if")
        return decided(truth(self))

    def __round__(self, decimals: int = 0):
        return np.round(self, decimals or 0)

    def __setitem__(self, at, value):
        raise TypeError("it writes into an array; np.where(condition, this, otherwise) makes another")


_COMPARISONS = {np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal}


def exactly(function: Callable, values: Sequence):
    """The result of a rule for arrays, with branches and functions of NumPy as compiled code has them.

    If values are in single precision, so is every step of the rule.
    """
    token = _SINGLE.set(any(isinstance(value, np.ndarray) and value.dtype == np.float32 for value in values))
    try:
        with np.errstate(all="ignore"):
            return _plain(on_all_paths(function, [_exact(value) for value in values], _select))
    finally:
        _SINGLE.reset(token)


def noting(function: Callable, values: Sequence) -> tuple[object, bool]:
    """The same, and whether it is needed: whether the rule branches on what it reads, or NumPy would compute other numbers."""
    token = _NOTED.set(noted := [])
    try:
        return exactly(function, values), bool(noted)
    finally:
        _NOTED.reset(token)


def _is_condition(value) -> bool:
    return isinstance(value, bool) or (isinstance(value, np.ndarray) and value.dtype.kind == "b")


def _select(condition, this, otherwise):
    return _exact(either(*map(_plain, (condition, this, otherwise))))


def _note(what: str) -> None:
    if (noted := _NOTED.get()) is not None:
        noted.append(what)


def _exact(value):
    if isinstance(value, tuple | list):
        return [_exact(each) for each in value]
    if not isinstance(value, np.ndarray):
        return value
    return (value.astype(np.float32) if value.dtype == float and _SINGLE.get() else value).view(Exact)


def _plain(value):
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.view(np.ndarray) if isinstance(value, Exact) else value
