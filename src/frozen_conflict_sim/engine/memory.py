"""Memory that is used again: fresh pages cost more than what is computed in them."""

from __future__ import annotations

import sys
from threading import Lock

import numpy as np

_KEPT: list[np.ndarray] = []
_LOCK = Lock()
# Who knows a buffer that nobody uses: the list of those kept, the loop that looks at it, and the question itself.
_NOBODY = 3
_LARGE = 1 << 20


def aligned(shape: tuple[int, ...], kind=np.float64) -> np.ndarray:
    """Zeros that begin where a vector may be loaded."""
    array = borrowed(shape, kind)
    array[...] = 0
    return array


def borrowed(shape: tuple[int, ...], kind=np.float64) -> np.ndarray:
    """An array of whatever was there before, which begins where a vector may be loaded.

    Memory of some size is used again as soon as no array that looks at it is left.
    """
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    with _LOCK:
        raw = _free(size + 64) if size >= _LARGE else np.empty(size + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + size].view(kind).reshape(shape)


def _free(size: int) -> np.ndarray:
    """The smallest buffer that nobody uses and that is large enough; without one, all that nobody uses make room for it."""
    fitting = None
    for raw in _KEPT:
        if sys.getrefcount(raw) <= _NOBODY and len(raw) >= size and (fitting is None or len(raw) < len(fitting)):
            fitting = raw
    if fitting is None:
        _KEPT[:] = [raw for raw in _KEPT if sys.getrefcount(raw) > _NOBODY]
        fitting = np.empty(size, np.uint8)
        _KEPT.append(fitting)
    return fitting
