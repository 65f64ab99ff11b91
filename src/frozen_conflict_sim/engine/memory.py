"""Large arrays in memory that is used again, because fresh pages cost more than what is computed in them."""

from __future__ import annotations

from collections import deque
from math import prod
from threading import Lock
from weakref import finalize

import numpy as np

_LARGE = 1 << 20  # bytes
_LINE = 64  # bytes
_LOCK = Lock()
_IDLE: list[np.ndarray] = []
_RETURNED: deque[np.ndarray] = deque()  # finalizers may run at any time in any thread, so they only append


def aligned(shape: tuple[int, ...], kind=np.float64) -> np.ndarray:
    """An array of zeros that starts at a multiple of 64 bytes, so that vectors can be loaded from it."""
    array = borrowed(shape, kind)
    array[...] = 0
    return array


def borrowed(shape: tuple[int, ...], kind=np.float64) -> np.ndarray:
    """An array of unspecified content that starts at a multiple of 64 bytes.

    The memory of a large array is used again once the array and all views of it are gone.
    """
    size = prod(shape) * np.dtype(kind).itemsize
    raw = _lent(size + _LINE) if size >= _LARGE else np.empty(size + _LINE, np.uint8)
    start = -raw.ctypes.data % _LINE
    return raw[start : start + size].view(kind).reshape(shape)


def _lent(size: int) -> np.ndarray:
    """The smallest idle buffer of at least ``size`` bytes; if there is none, drop all idle buffers and allocate."""
    with _LOCK:
        while _RETURNED:
            _IDLE.append(_RETURNED.popleft())
        fitting = [at for at, buffer in enumerate(_IDLE) if len(buffer) >= size]
        if fitting:
            buffer = _IDLE.pop(min(fitting, key=lambda at: len(_IDLE[at])))
        else:
            _IDLE.clear()
            buffer = np.empty(size, np.uint8)
    # Every view of the loan refers to the loan itself, not to the buffer behind its memoryview.
    loan = np.frombuffer(memoryview(buffer), np.uint8)
    finalize(loan, _RETURNED.append, buffer).atexit = False
    return loan
