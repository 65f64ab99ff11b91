"""Symbols: stand-ins for numbers that record each operation, so that a rule called with symbols emits its own code.

A symbol stands for as many runs as fit into a vector. Rules are called as they are; only the primitives of
:mod:`~...numerics` are replaced by their meaning for symbols, in the rule and in every function that it calls.
"""

from __future__ import annotations

import inspect
import operator
import types
from functools import cache

from ... import numerics

NOT_TRACED = ("numpy", "math", "builtins")


def _binary(name):
    def forward(self, other):
        return NotImplemented if isinstance(other, Stack) else self.body.arithmetic(name, self, other)

    def backward(self, other):
        return NotImplemented if isinstance(other, Stack) else self.body.arithmetic(name, other, self)

    return forward, backward


class Symbol:
    """A value inside the body of a loop, one lane for each run; ``kind`` is ``number``, ``mask`` (a condition) or ``bits``."""

    def __init__(self, body, name: str, kind: str):
        self.body, self.name, self.kind = body, name, kind

    __add__, __radd__ = _binary("add")
    __sub__, __rsub__ = _binary("sub")
    __mul__, __rmul__ = _binary("mul")
    __truediv__, __rtruediv__ = _binary("div")
    __xor__, __rxor__ = _binary("xor")
    __and__, __rand__ = _binary("and")
    __rshift__, __rrshift__ = _binary("lshr")
    __lt__, _ = _binary("olt")
    __le__, _ = _binary("ole")
    __gt__, _ = _binary("ogt")
    __ge__, _ = _binary("oge")
    __eq__, _ = _binary("oeq")
    __hash__ = object.__hash__

    def __neg__(self):
        return self.body.negative(self)

    def __abs__(self):
        return self.body.call("fabs", self)

    def __bool__(self):
        raise TypeError("a rule takes the truth value of a symbol (if, and, or, not): it holds for one number only")


class CategorySymbol(Symbol):
    """A value of a category, as its index among the options."""

    def __init__(self, body, name: str, options: tuple[str, ...]):
        super().__init__(body, name, "number")
        self.options = options

    def __eq__(self, other):
        return self.body.arithmetic("oeq", self, float(self.options.index(other)))

    __hash__ = object.__hash__


class Table:
    """A table of numbers in memory, row after row."""

    def __init__(self, body, pointer: str, width: int):
        self.body, self.pointer, self.width = body, pointer, width

    def __getitem__(self, row):
        return range(self.width)


class Stack:
    """One symbol for each item (the clauses of a treaty); arithmetic works item by item."""

    def __init__(self, items):
        self.items = list(items)

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, at):
        return self.items[at]

    def __neg__(self):
        return Stack([-item for item in self.items])

    def __abs__(self):
        return Stack([abs(item) for item in self.items])

    __hash__ = object.__hash__


for _name in ("add", "sub", "mul", "truediv", "lt", "le", "gt", "ge", "eq"):
    _operation = getattr(operator, _name)
    setattr(Stack, f"__{_name}__", lambda self, other, operation=_operation: elementwise(operation, self, other))
    if _name in ("add", "sub", "mul", "truediv"):
        setattr(Stack, f"__r{_name}__", lambda self, other, operation=_operation: elementwise(operation, other, self))


def elementwise(operation, *values):
    """Apply a function to single values, or item by item where a stack is among them."""
    length = next((len(value) for value in values if isinstance(value, Stack)), None)
    if length is None:
        return operation(*values)
    if any(isinstance(value, Stack) and len(value) != length for value in values):
        raise ValueError("stacks of different length")
    return Stack(
        [
            elementwise(operation, *(value[at] if isinstance(value, Stack) else value for value in values))
            for at in range(length)
        ]
    )


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
    return body.select(body.arithmetic("ugt", value, floor), value, floor)


@_primitive(numerics.at_most)
def _at_most(body, value, ceiling):
    return body.select(body.arithmetic("ult", value, ceiling), value, ceiling)


@_primitive(numerics.whole_part)
def _whole_part(body, x):
    return body.call("floor", x)


@_primitive(numerics.square_root)
def _square_root(body, x):
    return body.call("sqrt", x)


@_primitive(numerics.doubled)
def _doubled(body, x, times):
    return x * body.power_of_two(times)


@_primitive(numerics.halved)
def _halved(body, x):
    return body.split(x)


def _entry(table, row, column):
    return table.body.entry(table, row * float(table.width) + column)


PRIMITIVES[numerics.entry] = _entry


@cache
def traced(function):
    """A copy of a function in which the numeric primitives accept symbols, also in the functions that it calls."""
    if function in PRIMITIVES:
        return PRIMITIVES[function]
    if not inspect.isfunction(function) or function.__module__.split(".")[0] in NOT_TRACED:
        return function
    used = {name: traced(value) if inspect.isfunction(value) else value for name, value in _globals_used(function).items()}
    used["__builtins__"] = function.__globals__["__builtins__"]
    return types.FunctionType(function.__code__, used, function.__name__, function.__defaults__, function.__closure__)


def _globals_used(function) -> dict:
    codes, names = [function.__code__], set()
    while codes:
        code = codes.pop()
        names |= set(code.co_names)
        codes += [constant for constant in code.co_consts if inspect.iscode(constant)]
    return {name: function.__globals__[name] for name in names if name in function.__globals__}
