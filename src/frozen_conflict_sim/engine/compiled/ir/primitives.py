"""The primitives from which rules are built, for symbols; and functions in which they replace those for numbers.

Rules are called as they are; only the primitives of :mod:`~...numerics` are replaced by their meaning for symbols, in the
rule and in every function that it calls. A rule that branches is followed on all its paths.
"""

from __future__ import annotations

import inspect
import types
from functools import partial

from ... import numerics
from ...elementwise import ufuncs
from ...elementwise.branches import on_all_paths
from ...elementwise.functions import referred_to
from .symbols import MEANINGS, NotCompilable, Symbol, elementwise, flattened

NOT_TRACED = ("numpy", "math", "builtins")
_PACKAGE = __name__.partition(".")[0]


def _body(values):
    return next((value.body for value in values if isinstance(value, Symbol)), None)


def _primitive(plain):
    """Register the meaning of a numeric primitive for symbols; plain numbers still go to the primitive itself."""

    def register(function):
        def on_symbols(*values):
            return elementwise(lambda *single: function(_body(single), *single) if _body(single) else plain(*single), *values)

        PRIMITIVES[plain] = on_symbols
        return function

    return register


PRIMITIVES: dict = {numerics.everywhere: lambda condition: False}


@_primitive(numerics.either)
def _either(body, condition, this, otherwise):
    return body.select(condition, this, otherwise)


@_primitive(numerics.both)
def _both(body, this, that):
    return body.logic("and", this, that)


@_primitive(numerics.one_of)
def _one_of(body, this, that):
    return body.logic("or", this, that)


@_primitive(numerics.opposite)
def _opposite(body, this):
    return body.logic("xor", this, True)


@_primitive(numerics.at_least)
def _at_least(body, value, floor):
    return body.select(body.arithmetic("olt", value, floor), floor, value)  # one instruction, as ``max`` of plain numbers


@_primitive(numerics.at_most)
def _at_most(body, value, ceiling):
    return body.select(body.arithmetic("ogt", value, ceiling), ceiling, value)


@_primitive(numerics.whole_part)
def _whole_part(body, x):
    return body.call("floor", x)


@_primitive(numerics.square_root)
def _square_root(body, x):
    return body.call("sqrt", x)


@_primitive(numerics.doubled)
def _doubled(body, x, times):
    return body.doubled(x, times)


@_primitive(numerics.halved)
def _halved(body, x):
    return body.split(x)


def _entry(table, row, column):
    return table.body.entry(table, row * float(table.width) + column)


PRIMITIVES[numerics.entry] = _entry


@_primitive(ufuncs.truth)
def _truth(body, x):
    return x if x.kind == "mask" else x != 0.0


def traced(function):
    """A function that accepts symbols: the primitives in it mean what they mean for symbols, and all its paths are followed."""
    if function in PRIMITIVES:
        return PRIMITIVES[function]
    for_symbols = _for_symbols(function)

    def on_symbols(*values, **options):
        return on_all_paths(partial(for_symbols, **options) if options else for_symbols, values, PRIMITIVES[numerics.either])

    return on_symbols


def applied(rule, values):
    """What a rule gives for symbols; :class:`NotCompilable` names a rule that cannot be applied to them."""
    _OF_SCRIPTS.clear()
    try:
        found = traced(rule.function)(*values)
        if any(not isinstance(one, Symbol | float | int) for one in flattened(found)):
            raise NotCompilable("it returns what is no number")
    except Exception as error:
        raise NotCompilable(f"{rule.name} ({rule.place}) cannot be compiled: {error}") from error
    return found


_COPIES: dict = {}
_OF_SCRIPTS: dict = {}  # the copies for one rule, since what functions of a script read may change from one to the next


def _for_symbols(function):
    """A copy of a function in which primitives are replaced, also in the functions that it calls, itself among them."""
    if function in PRIMITIVES:
        return PRIMITIVES[function]
    if not inspect.isfunction(function) or (function.__module__ or "").split(".")[0] in NOT_TRACED:
        return function
    copies = _COPIES if (function.__module__ or "").partition(".")[0] == _PACKAGE else _OF_SCRIPTS
    if (copy := copies.get(function)) is None:
        names, used = function.__code__.co_freevars, {"__builtins__": function.__globals__["__builtins__"]}
        cells = tuple(types.CellType() for _ in names)
        code, defaults = function.__code__, function.__defaults__
        copy = copies[function] = types.FunctionType(code, used, function.__name__, defaults, cells)
        used |= {name: _replaced(value) for name, value in referred_to(function).items()}
        for name, cell in zip(names, cells):
            if name in used:
                cell.cell_contents = used[name]
    return copy


def _replaced(value):
    """A function for symbols in the place of one for numbers; a module of such functions likewise."""
    if inspect.isfunction(value):
        return _for_symbols(value)
    return _Replaced(value) if value is numerics or value is ufuncs else value


class _Replaced:
    """A module of primitives, for symbols."""

    def __init__(self, module: types.ModuleType):
        self._module = module

    def __getattr__(self, name: str):
        return _replaced(getattr(self._module, name))


MEANINGS |= {function: traced(meaning) for function, meaning in (ufuncs.OPERATORS | ufuncs.MEANINGS).items()}
