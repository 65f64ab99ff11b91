"""Arrow's arrays from NumPy's and back, without pandas, which Arrow would import: a process starts in less time without it."""

from __future__ import annotations

from collections.abc import Sequence
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


def numpy_array(column: pa.ChunkedArray) -> np.ndarray:
    """The values of a column, not to be written to: missing numbers are NaN, missing words are None.

    >>> table = pa.table({"depth": [0.5, None], "ending": ["war", None]})
    >>> numpy_array(table["depth"]).tolist(), numpy_array(table["ending"]).tolist()
    ([0.5, nan], ['war', None])
    """
    kind = column.type
    if not (pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return column.to_numpy()
    of_chunk = _words_of if pa.types.is_string(kind) else _numbers_of
    found = [of_chunk(chunk) for chunk in column.chunks] or [of_chunk(pa.array([], kind))]
    return found[0] if len(found) == 1 else np.concatenate(found)


def arrays_of(table: pa.Table, names: Sequence[str]) -> dict[str, np.ndarray]:
    """The values of columns by name; those of one that the table lacks are all missing."""
    none = np.full(len(table), np.nan)
    return {name: numpy_array(table[name]) if name in table.column_names else none for name in names}


def _numbers_of(chunk: pa.Array, missing: float = np.nan) -> np.ndarray:
    if not len(chunk):
        return np.zeros(0, chunk.type.to_pandas_dtype())
    defined, data = chunk.buffers()
    values = np.frombuffer(data, chunk.type.to_pandas_dtype())[chunk.offset : chunk.offset + len(chunk)]
    if not chunk.null_count:
        return values
    bits = np.unpackbits(np.frombuffer(defined, np.uint8), count=chunk.offset + len(chunk), bitorder="little")
    return np.where(bits[chunk.offset :].astype(bool), values, missing)


def _words_of(chunk: pa.Array) -> np.ndarray:
    """Equal words are one object, as there are few of them in many runs."""
    encoded = chunk.dictionary_encode()
    words = np.array([*encoded.dictionary.to_pylist(), None], object)
    return words[_numbers_of(encoded.indices, missing=len(words) - 1)]
