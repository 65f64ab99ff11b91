"""An array of symbols: functions written for NumPy arrays are called with it, and what they compute is traced as a graph.

The last axis are the runs of a block; the axes before it have the lengths that they have in the model.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..ir.builder import LANES
from ..ir.symbols import NotCompilable

ELEMENTWISE = {
    np.add: "add", np.subtract: "sub", np.multiply: "mul", np.true_divide: "div", np.floor_divide: "floor_div",
    np.negative: "neg", np.maximum: "max", np.minimum: "min", np.absolute: "abs",
    np.greater: "gt", np.less: "lt", np.greater_equal: "ge", np.less_equal: "le", np.equal: "eq", np.not_equal: "ne",
    np.logical_and: "and", np.logical_or: "or", np.logical_not: "not",
    np.bitwise_and: "and", np.bitwise_or: "or", np.invert: "not",
}  # fmt: skip
ONLY_CONDITIONS = (np.bitwise_and, np.bitwise_or, np.invert)
REDUCING = {np.max: "max", np.amax: "max", np.min: "min", np.sum: "add", np.any: "or", np.all: "and"}


class Traced(np.lib.mixins.NDArrayOperatorsMixin):
    """A node of the graph: an operation on ``args``, with the shape and the type that NumPy would give the result.

    ``more`` is what an operation needs besides: the index of a view, the axis of a reduction, the place of an input.
    """

    def __init__(self, operation: str, args: Sequence = (), *, shape: tuple[int, ...], dtype, more=None):
        self.operation, self.args, self.shape, self.dtype, self.more = operation, tuple(args), shape, np.dtype(dtype), more
        if shape and shape[-1] not in (1, LANES):
            raise NotCompilable("an array function lets the axis of the runs not stand last")

    ndim = property(lambda self: len(self.shape))

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self):
        return (self[at] for at in range(len(self)))

    def __bool__(self):
        raise NotCompilable("an array function branches on a value")

    def __array__(self, *_, **__):
        raise NotCompilable("an array function calls something that only plain arrays can do")

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        if method != "__call__" or options or ufunc not in ELEMENTWISE:
            raise NotCompilable(f"an array function uses {ufunc.__name__}{'' if method == '__call__' else '.' + method}")
        args = [as_traced(value) for value in inputs]
        kinds = [type(value) if isinstance(value, (int, float)) else each.dtype for value, each in zip(inputs, args)]
        *into, result = ufunc.resolve_dtypes((*kinds, None))
        if ufunc in ONLY_CONDITIONS and result != np.bool_:
            raise NotCompilable(f"an array function uses {ufunc.__name__} on numbers")
        args = [converted(each, kind) for each, kind in zip(args, into)]
        shape = np.broadcast_shapes(*(each.shape for each in args))
        return Traced(ELEMENTWISE[ufunc], args, shape=shape, dtype=result)

    def __array_function__(self, function, types, args, options):
        if function in REDUCING:
            return _reduced(REDUCING[function], *args, **options)
        if function not in FUNCTIONS:
            raise NotCompilable(f"an array function uses {function.__name__}")
        return FUNCTIONS[function](*args, **options)

    def __getitem__(self, key):
        """A view: integers and slices in front, and new axes."""
        keys, axis, index, shape = key if isinstance(key, tuple) else (key,), 0, [], []
        for one in keys:
            if one is None:
                shape.append(1)
                continue
            if axis >= self.ndim - 1 or not isinstance(one, (int, slice)):
                raise NotCompilable("an array function picks runs, or picks by an array")
            if isinstance(one, slice):
                start, stop, step = one.indices(self.shape[axis])
                if step != 1:
                    raise NotCompilable("an array function takes slices with a step")
                index.append((len(shape), start))
                shape.append(max(stop - start, 0))
            else:
                index.append((None, range(self.shape[axis])[one]))
            axis += 1
        index += [(len(shape) + at, 0) for at in range(self.ndim - axis)]
        return Traced("view", [self], shape=(*shape, *self.shape[axis:]), dtype=self.dtype, more=tuple(index))

    def astype(self, dtype) -> Traced:
        """The values in another type."""
        return converted(self, np.dtype(dtype))

    def copy(self) -> Traced:
        """The values themselves."""
        return self

    def sum(self, axis) -> Traced:
        """The sum along an axis, item after item."""
        return _reduced("add", self, axis)

    def any(self, axis) -> Traced:
        """Whether a condition holds anywhere along an axis."""
        return _reduced("or", self, axis)

    def all(self, axis) -> Traced:
        """Whether a condition holds everywhere along an axis."""
        return _reduced("and", self, axis)


def as_traced(value) -> Traced:
    """A value as a node; an array must have the same value everywhere."""
    if isinstance(value, Traced):
        return value
    array = np.asarray(value)
    if array.dtype.kind not in "fib" or not array.size or not (np.isnan(array).all() or (array == array.flat[0]).all()):
        raise NotCompilable("an array function uses an array of its own")
    return Traced("constant", shape=array.shape, dtype=array.dtype, more=float(array.flat[0]))


def converted(node: Traced, dtype) -> Traced:
    """A node in another type."""
    return node if node.dtype == dtype else Traced("convert", [node], shape=node.shape, dtype=dtype)


def _reduced(operation: str, values, axis=None, dtype=None) -> Traced:
    values = as_traced(values)
    if not isinstance(axis, int) or not -values.ndim <= axis or range(values.ndim)[axis] == values.ndim - 1 or dtype:
        raise NotCompilable("an array function reduces along other axes than one before the runs")
    axis = range(values.ndim)[axis]
    kind = {"or": np.dtype(bool), "and": np.dtype(bool)}.get(operation, values.dtype)
    if operation == "add" and values.dtype.kind in "bi":
        kind = np.dtype(int)
    if not values.shape[axis]:
        raise NotCompilable("an array function reduces nothing")
    shape = values.shape[:axis] + values.shape[axis + 1 :]
    return Traced("reduce", [converted(values, kind)], shape=shape, dtype=kind, more=(operation, axis))


def _where(condition, this, otherwise) -> Traced:
    condition, *pair = (as_traced(value) for value in (condition, this, otherwise))
    kind = np.result_type(
        *(value if isinstance(value, (int, float)) else each.dtype for value, each in zip((this, otherwise), pair))
    )
    shape = np.broadcast_shapes(condition.shape, *(each.shape for each in pair))
    args = [converted(condition, np.dtype(bool)), *(converted(each, kind) for each in pair)]
    return Traced("where", args, shape=shape, dtype=kind)


def _argmax(values, axis) -> Traced:
    if values.dtype != np.bool_ or axis != 0:
        raise NotCompilable(
            "an array function looks for the largest number's place, not for the first place where a condition holds"
        )
    return Traced("first", [values], shape=values.shape[1:], dtype=int)


def _take_along(values, indices, axis) -> Traced:
    values, indices = as_traced(values), as_traced(indices)
    if axis != 0 or indices.shape[0] != 1:
        raise NotCompilable("an array function takes along another axis than the first, or several places of it")
    shape = (1, *np.broadcast_shapes(values.shape[1:], indices.shape[1:]))
    return Traced("take", [values, indices], shape=shape, dtype=values.dtype)


def _select(conditions, choices, default="") -> Traced:
    """The place of the first condition that holds among the words to choose from, and their number where none does."""
    found: object = float(len(conditions))
    for at in reversed(range(len(conditions))):
        found = _where(conditions[at], float(at), found)
    return found


FUNCTIONS = {
    np.where: _where, np.argmax: _argmax, np.take_along_axis: _take_along, np.select: _select,
}  # fmt: skip
