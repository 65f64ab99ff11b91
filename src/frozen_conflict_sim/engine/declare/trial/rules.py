"""Every rule is tried before declarations are sealed: it must be pure, elementwise and finite. Each fault names the remedy."""

from __future__ import annotations

import io
import random
import sys
import types
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout

import numpy as np

from ...elementwise.branches import TooManyPaths
from ...elementwise.exact import exactly, noting
from ...elementwise.functions import looks_up, names_in, referred_to
from ..parameter import Category
from ..rule import Rule
from .sample import SIZE, Sample

_MIDDLE = slice(SIZE // 3, 2 * SIZE // 3)
_OUTSIDE = ("random", "secrets", "time", "datetime", "uuid", "os", "numpy.random")
_GENERATORS = (random.Random, np.random.Generator, np.random.RandomState)
_NOISE = "a rule draws no random numbers: declare a noise of its role (`role.noise`) or a hazard, and read it by its name"
_ALLOWED = "a rule may use operators, `if`, min, max, NumPy's functions of single numbers, and those of engine/numerics.py"
_PLAIN = ("converted to Python scalars", "only integer scalar arrays", "cannot be interpreted as an integer")


class Fault(Exception):
    """What is wrong with a rule, and the remedy."""


def faults_in(rules: Iterable[tuple[Rule, bool]], declared) -> list[str]:
    """A line for each rule that fails its trial; with each rule comes whether it reads numbers in single precision.

    Rules that branch or call NumPy are marked ``careful``.
    """
    with _in_silence():
        return list(_trials(rules, declared))


def _trials(rules: Iterable[tuple[Rule, bool]], declared) -> Iterator[str]:
    samples, cleared = [Sample(declared)], set()
    for rule, single in rules:
        read = [declared.quantities[name] for name in rule.reads if name in declared.quantities]
        count = max((len(one.options) for one in read if isinstance(one, Category)), default=1)
        samples += [Sample(declared, word) for word in range(len(samples), count)]
        try:
            _look_outside(rule.function, cleared)
            careful = [_try(rule, _read(rule, sample, single)) for sample in samples[:count]]
        except Fault as fault:
            yield f"{rule.place}: {rule.name} {fault}"
        else:
            object.__setattr__(rule, "careful", any(careful))


def _read(rule: Rule, sample: Sample, single: bool) -> list | None:
    """What a rule reads; ``None`` if only a procedure knows a value."""
    try:
        values = [sample[name] for name in rule.reads]
    except KeyError:
        return None
    return [value.astype(np.float32) if isinstance(value, np.ndarray) and single else value for value in values]


def _try(rule: Rule, values: list | None) -> bool:
    """Whether a rule must be evaluated with care; raise :class:`Fault` if it cannot be used."""
    if values is None:
        return False
    try:
        found, careful = noting(rule.function, values)
        _check_value(found)
        careful = careful or not _same(found, _without_care(rule, values))
        middle = [_part(value) for value in values]
        again = exactly(rule.function, middle) if careful else _without_care(rule, middle)
    except Fault:
        raise
    except Exception as error:
        raise Fault(_remedy(error)) from None
    if not _same(_part(found), again):
        if _same(found, exactly(rule.function, values)):
            raise Fault("mixes runs: its value in one run depends on the others; compute one number from one number each")
        raise Fault(f"gives two answers for one state; {_NOISE}")
    _check_finite(rule, np.asarray(found, float), values)
    return careful


def _without_care(rule: Rule, values: list):
    try:
        with np.errstate(all="ignore"):
            return rule.function(*values)
    except Exception:
        return None


def _check_value(found) -> None:
    for one in found if isinstance(found, list) else [found]:
        if one is None:
            raise Fault("returns nothing; let it end with `return` and a number")
        if np.asarray(one).dtype.kind not in "bifu":
            raise Fault(f"returns {one!r:.40}, which is no number")


def _check_finite(rule: Rule, found: np.ndarray, values: list) -> None:
    """Refuse what is no finite number somewhere in the sample, and say where."""
    if not np.isfinite(found).all():
        at = np.argwhere(~np.isfinite(np.broadcast_to(found, (*found.shape[:-1], SIZE))))[0][-1]
        numbers = {name: value[..., at].flat[0] for name, value in zip(rule.reads, values) if isinstance(value, np.ndarray)}
        where = " and ".join(f"{name} is {number:.3g}" for name, number in numbers.items())
        what = "no number" if np.isnan(found).any() else "infinite"
        raise Fault(f"is {what}{where and f' where {where}'}; hold what is under a root, in a logarithm or below a fraction "
                    "inside its range, for instance with at_least(…, 0.0)")  # fmt: skip


def _part(value):
    """The middle third of a sample, or of a result for it."""
    if isinstance(value, list):
        return [_part(one) for one in value]
    return value[..., _MIDDLE] if np.shape(value)[-1:] == (SIZE,) else value


def _same(this, that) -> bool:
    """Whether two results are equal to the last bit, in the precision of the first."""
    try:
        this = np.asarray(this) * 1.0
        that = np.asarray(that).astype(this.dtype)
    except (TypeError, ValueError):
        return False
    return this.shape == that.shape and this.tobytes() == that.tobytes()


def _remedy(error: Exception) -> str:
    if isinstance(error, TooManyPaths):
        return f"cannot be followed: {error}; let no loop depend on what it reads"
    if any(words in str(error) for words in _PLAIN):
        return "calls a function of one plain number (int, float, math.exp, …); use NumPy's or those of engine/numerics.py"
    return f"cannot be evaluated for many runs at once ({type(error).__name__}: {error}); {_ALLOWED}"


def _look_outside(function: types.FunctionType, cleared: set) -> None:
    """Refuse a function that uses, itself or in one that it calls, what may differ from one call to the next."""
    waiting = [function]
    while waiting:
        one = waiting.pop()
        cleared.add(one)
        for name, value in referred_to(one).items():
            if isinstance(value, types.FunctionType):
                waiting += [value] if value not in cleared else []
            home = value.__name__ if isinstance(value, types.ModuleType) else getattr(value, "__module__", None)
            draws = isinstance(value, _GENERATORS) or isinstance(getattr(value, "__self__", None), _GENERATORS)
            if (draws or home in _OUTSIDE or (value is np and "random" in names_in(one.__code__))) and looks_up(one, name):
                cleared.discard(one)
                raise Fault(f"uses {name}{'.random' if value is np else ''}; {_NOISE}")


@contextmanager
def _in_silence():
    """What a rule prints, and its breakpoints, are for when it is played."""
    hook, sys.breakpointhook = sys.breakpointhook, lambda *what, **more: None
    try:
        with redirect_stdout(io.StringIO()):
            yield
    finally:
        sys.breakpointhook = hook
