"""Arrow's arrays from NumPy's and back, without pandas, which Arrow would import: a worker starts in less time without it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa


def arrow_array(values: np.ndarray) -> pa.Array:
    """The same values, without a copy where that is possible: words, whole numbers, or numbers of which NaN is missing.

    >>> arrow_array(np.array([0.5, np.nan])).to_pylist(), arrow_array(np.array(["war", "détente"])).to_pylist()
    ([0.5, None], ['war', 'détente'])
    """
    values = np.asarray(values)
    if values.dtype.kind in "UO":
        return _words(values.tolist())
    if values.dtype.kind == "f":
        missing = np.isnan(values)
        return _numbers(values, np.packbits(~missing, bitorder="little") if np.count_nonzero(missing) else None)
    return _numbers(values if values.dtype.kind == "i" else values.astype(np.int64))


def _numbers(values: np.ndarray, defined: np.ndarray | None = None) -> pa.Array:
    buffers = [None if defined is None else pa.py_buffer(defined), pa.py_buffer(np.ascontiguousarray(values))]
    return pa.Array.from_buffers(_type_of(values.dtype), len(values), buffers)


@cache
def _type_of(kind: np.dtype) -> pa.DataType:
    return pa.from_numpy_dtype(kind)


def _words(values: list[str]) -> pa.Array:
    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(values), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def whole_numbers(column: pa.ChunkedArray) -> np.ndarray:
    """The values of a column of whole numbers of which none is missing.

    >>> whole_numbers(pa.table({"run": arrow_array(np.array([3, 5]))})["run"]).tolist()
    [3, 5]
    """
    return np.concatenate([np.zeros(0, np.int64), *map(np.from_dlpack, column.chunks)])
