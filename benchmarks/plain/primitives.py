"""Rules with other primitives: the engine's numeric primitives as one would write them for plain numbers."""

import inspect
import math
import types
from functools import cache

from frozen_conflict_sim.engine import numerics

PLAIN_PRIMITIVES = {
    numerics.either: lambda condition, this, otherwise: this if condition else otherwise,
    numerics.both: lambda this, that: this and that,
    numerics.one_of: lambda this, that: this or that,
    numerics.opposite: lambda this: not this,
    numerics.at_least: lambda value, floor: floor if value < floor else value,
    numerics.at_most: lambda value, ceiling: ceiling if value > ceiling else value,
    numerics.between: lambda value, floor, ceiling: floor if value < floor else ceiling if value > ceiling else value,
    numerics.distance: lambda this, that: abs(this - that),
    numerics.whole_part: math.floor,
    numerics.square_root: math.sqrt,
    numerics.everywhere: bool,
    numerics.exp: math.exp,
    numerics.log: math.log,
    numerics.logistic: lambda x: 1.0 / (1.0 + math.exp(-x)),
    numerics.total: sum,
    numerics.average: lambda items: sum(items) / len(items),
    numerics.place_of_largest: lambda items: float(items.index(max(items))),
}


@cache
def with_plain_numbers(function):
    """The same function with primitives for plain numbers."""
    return with_primitives(function, PLAIN_PRIMITIVES)


def with_primitives(function, meanings: dict):
    """The same function with other meanings of the primitives, also in the functions that it calls."""
    if function in meanings:
        return meanings[function]
    if not inspect.isfunction(function) or not function.__module__.startswith("frozen_conflict_sim"):
        return function
    used = {name: value for name, value in function.__globals__.items() if name in _names(function.__code__)}
    known = {name: with_primitives(value, meanings) if inspect.isfunction(value) else value for name, value in used.items()}
    known["__builtins__"] = function.__globals__["__builtins__"]
    return types.FunctionType(function.__code__, known, function.__name__, function.__defaults__, function.__closure__)


def _names(code) -> set[str]:
    inner = [constant for constant in code.co_consts if inspect.iscode(constant)]
    return set(code.co_names).union(*(_names(constant) for constant in inner))
