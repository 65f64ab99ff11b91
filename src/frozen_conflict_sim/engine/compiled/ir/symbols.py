"""Symbols: stand-ins for numbers that record each operation, so that a rule called with symbols emits its own code.

A symbol stands for as many runs as fit into a vector.
"""

from __future__ import annotations

import operator

import numpy as np

from ...elementwise.branches import decided

MEANINGS: dict = {}  # what functions of NumPy mean for symbols; see primitives.py


def _binary(name):
    def forward(self, other):
        return NotImplemented if isinstance(other, Stack) else self.body.arithmetic(name, self, other)

    def backward(self, other):
        return NotImplemented if isinstance(other, Stack) else self.body.arithmetic(name, other, self)

    return forward, backward


def _by_numpy(ufunc):
    def forward(self, other):
        return NotImplemented if isinstance(other, Stack) else MEANINGS[ufunc](self, other)

    def backward(self, other):
        return NotImplemented if isinstance(other, Stack) else MEANINGS[ufunc](other, self)

    return forward, backward


class NotCompilable(TypeError):
    """A rule does something that has no meaning for symbols, so a model with it is played on arrays."""


def _as_number(value):
    """A number of NumPy as one of Python."""
    return value.item() if isinstance(value, np.generic | np.ndarray) and not value.ndim else value


class CallsOfNumpy:
    """What happens when a function of NumPy is called with a symbol, or with several for the items of a treaty."""

    def __array_ufunc__(self, ufunc, method, *values, **options):
        if method != "__call__" or options:
            raise NotCompilable(f"it calls np.{ufunc.__name__}.{method} or gives it options")
        return self.__array_function__(ufunc, (), values, {})

    def __array_function__(self, function, types, arguments, options):
        if function not in MEANINGS:
            raise NotCompilable(f"it calls np.{function.__name__}")
        return MEANINGS[function](*map(_as_number, arguments), **options)

    def clip(self, *bounds, **options):
        """The value, cut off below and above."""
        return MEANINGS[np.clip](self, *bounds, **options)


class Symbol(CallsOfNumpy):
    """A value inside the body of a loop, one lane for each run; ``kind`` is ``number``, ``mask`` (a condition) or ``bits``."""

    def __init__(self, body, name: str, kind: str):
        self.body, self.name, self.kind = body, name, kind

    __add__, __radd__ = _binary("add")
    __sub__, __rsub__ = _binary("sub")
    __mul__, __rmul__ = _binary("mul")
    __truediv__, __rtruediv__ = _binary("div")
    __pow__, __rpow__ = _by_numpy(np.power)
    __floordiv__, __rfloordiv__ = _by_numpy(np.floor_divide)
    __mod__, __rmod__ = _by_numpy(np.remainder)
    __or__, __ror__ = _by_numpy(np.bitwise_or)
    __lt__, _ = _binary("olt")
    __le__, _ = _binary("ole")
    __gt__, _ = _binary("ogt")
    __ge__, _ = _binary("oge")
    __eq__, _ = _binary("oeq")
    __ne__, _ = _binary("une")
    __hash__ = object.__hash__

    def _logical(self, name, ufunc, other):
        if isinstance(other, Stack):
            return NotImplemented
        return self.body.arithmetic(name, self, other) if self.kind == "bits" else MEANINGS[ufunc](self, other)

    def __and__(self, other):
        return self._logical("and", np.bitwise_and, other)

    def __xor__(self, other):
        return self._logical("xor", np.bitwise_xor, other)

    __rand__, __rxor__ = __and__, __xor__

    def __rshift__(self, other):
        return self.body.arithmetic("lshr", self, other) if self.kind == "bits" else NotImplemented

    def __neg__(self):
        return self.body.negative(self)

    def __pos__(self):
        return self

    def __abs__(self):
        return self.body.call("fabs", self)

    def __invert__(self):
        return MEANINGS[np.invert](self)

    def __round__(self, decimals: int = 0):
        return MEANINGS[np.round](self, decimals or 0)

    def __bool__(self):
        return decided(self if self.kind == "mask" else self != 0.0)


class CategorySymbol(Symbol):
    """A value of a category, as its index among the options."""

    def __init__(self, body, name: str, options: tuple[str, ...]):
        super().__init__(body, name, "number")
        self.options = options

    def __eq__(self, other):
        return self.body.arithmetic("oeq", self, float(self.options.index(other)))

    def __ne__(self, other):
        return self.body.arithmetic("une", self, float(self.options.index(other)))

    __hash__ = object.__hash__


class Table:
    """A table of numbers in memory, row after row."""

    def __init__(self, body, pointer: str, width: int):
        self.body, self.pointer, self.width = body, pointer, width

    def __getitem__(self, row):
        return range(self.width)


class Stack(CallsOfNumpy):
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


_ARITHMETIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and_", "or_", "xor")
for _name in (*_ARITHMETIC, "lt", "le", "gt", "ge", "eq", "ne"):
    _operation, _method = getattr(operator, _name), _name.rstrip("_")
    setattr(Stack, f"__{_method}__", lambda self, other, operation=_operation: elementwise(operation, self, other))
    if _name in _ARITHMETIC:
        setattr(Stack, f"__r{_method}__", lambda self, other, operation=_operation: elementwise(operation, other, self))


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


def flattened(value) -> list:
    """The single values in a stack, a list or a single value, as a flat list."""
    return [inner for item in value for inner in flattened(item)] if isinstance(value, (Stack, list)) else [value]
