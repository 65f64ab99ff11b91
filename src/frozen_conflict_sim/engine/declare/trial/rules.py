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
from ...elementwise.functions import looks_up, names_in, referred_to, stored_by
from ..parameter import Category
from ..rule import Rule
from .sample import SIZE, Sample

_MIDDLE = slice(SIZE // 3, 2 * SIZE // 3)
_OUTSIDE = ("random", "secrets", "time", "datetime", "uuid", "os", "numpy.random")
_GENERATORS = (random.Random, np.random.Generator, np.random.RandomState)
_NOISE = "a rule draws no random numbers: declare a noise of its role (`role.noise`) or a hazard, and read it by its name"
_ALLOWED = "a rule may use operators, `if`, min, max, NumPy's functions of single numbers, and those of engine/numerics.py"
_APART = ("inhomogeneous", "same shape", "array element with a sequence")
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
    samples, cleared, items = [Sample(declared)], set(), _items(declared)
    for rule, single in rules:
        read = [declared.quantities[name] for name in rule.reads if name in declared.quantities]
        count = max((len(one.options) for one in read if isinstance(one, Category)), default=1)
        samples += [Sample(declared, word) for word in range(len(samples), count)]
        try:
            _look_outside(rule.function, cleared)
            careful = [_try(rule, _read(rule, sample, single), items.get(id(rule), 0)) for sample in samples[:count]]
        except Fault as fault:
            yield f"{rule.place}: {rule.name} {fault}"
        else:
            object.__setattr__(rule, "careful", any(careful))


def _items(declared) -> dict[int, int]:
    """For how many items a rule gives a number each, by the identity of the rules that do."""
    by = {id(one.rule): one.by for one in declared.derived.values()}
    by |= {id(one.rule): declared.quantities[one.to].by for one in declared.contributions}
    return {rule: len(declared.items.get(name, ())) for rule, name in by.items()}


def _read(rule: Rule, sample: Sample, single: bool) -> list | None:
    """What a rule reads; ``None`` if only a procedure knows a value."""
    try:
        values = [sample[name] for name in rule.reads]
    except KeyError:
        return None
    return [value.astype(np.float32) if isinstance(value, np.ndarray) and single else value for value in values]


def _try(rule: Rule, values: list | None, items: int) -> bool:
    """Whether a rule must be evaluated with care; raise :class:`Fault` if it cannot be used."""
    if values is None:
        return False
    try:
        found, careful = noting(rule.function, values)
        _check_value(found, items)
        careful = careful or not _same(found, _without_care(rule, values))
        middle = [_part(value) for value in values]
        again = exactly(rule.function, middle) if careful else _without_care(rule, middle)
        of_members = _of_members(values)
        together = np.asarray(exactly(rule.function, of_members) if careful else _plainly(rule, of_members))
        of_each = _same(_among_members(np.asarray(found), together.shape), together)
    except Fault:
        raise
    except Exception as error:
        raise Fault(_remedy(error)) from None
    if not _same(_part(found), again):
        if _same(found, exactly(rule.function, values)):
            raise Fault("mixes runs: its value in one run depends on the others; compute one number from one number each")
        raise Fault(f"gives two answers for one state; {_NOISE}")
    if not of_each:
        raise Fault("mixes members: its value for one of them depends on the others; compute one number from one number each")
    _check_finite(rule, np.asarray(found, float), values)
    return careful


def _plainly(rule: Rule, values: list):
    with np.errstate(all="ignore"):
        return rule.function(*values)


def _without_care(rule: Rule, values: list):
    try:
        return _plainly(rule, values)
    except Exception:
        return None


def _of_members(values: list) -> list:
    """The same, each as of one or two members along several axes: no two have the same shape, as may be in play."""
    axes = range(len(values).bit_length())
    return [_repeated(value, [1 + (at >> axis & 1) for axis in axes]) for at, value in enumerate(values, 1)]


def _repeated(value, members: list[int]):
    if np.shape(value)[-1:] != (SIZE,):
        return value
    return np.broadcast_to(value[(..., *[None] * len(members), slice(None))], (*value.shape[:-1], *members, SIZE))


def _among_members(found: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """What was found for one, for all members."""
    if found.ndim > 1:
        found = found.reshape(*found.shape[:-1], *[1] * (len(shape) - found.ndim), found.shape[-1])
    return np.broadcast_to(found, shape)


def _check_value(found, items: int) -> None:
    several = isinstance(found, list) or np.shape(found) not in ((), (SIZE,))
    for one in found if several else [found]:
        if one is None:
            raise Fault("returns nothing; let it end with `return` and a number")
        if np.asarray(one).dtype.kind not in "bifu":
            raise Fault(f"returns {one!r:.40}, which is no number")
    if several and len(found) != items:
        needed = f"one for each of {items} items is" if items else "one is"
        raise Fault(f"returns {len(found)} numbers, where {needed} needed; return one, for instance their sum or max(…)")


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
    if any(words in str(error) for words in _APART):
        return "puts values of different members into one array; combine them by operators, np.maximum(this, other) or np.where"
    if any(words in str(error) for words in _PLAIN):
        return "calls a function of one plain number (int, float, math.exp, …); use NumPy's or those of engine/numerics.py"
    return f"cannot be evaluated for many runs at once ({type(error).__name__}: {error}); {_ALLOWED}"


def _look_outside(function: types.FunctionType, cleared: set) -> None:
    """Refuse a function that uses, itself or in one that it calls, what may differ from one call to the next."""
    waiting = [function]
    while waiting:
        one = waiting.pop()
        if stored := stored_by(one):
            what = " and ".join(sorted(stored))
            raise Fault(f"sets {what}, which is not its own, so it may answer otherwise each time; let it only return a number")
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
