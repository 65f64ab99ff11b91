"""Memory is used again, but never while an array or a view still uses it."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from frozen_conflict_sim.engine import memory
from frozen_conflict_sim.engine.memory import aligned, borrowed


@pytest.fixture(autouse=True)
def nothing_idle(monkeypatch):
    """What earlier tests have let go of is not used again here."""
    monkeypatch.setattr(memory, "_IDLE", [])
    monkeypatch.setattr(memory, "_RETURNED", deque())


def test_memory_is_used_again_once_the_array_and_all_views_of_it_are_gone():
    first = borrowed((500_000, 3), np.float32)
    assert first.ctypes.data % 64 == 0
    where, part = first.ctypes.data, first[7:9]
    del first
    assert borrowed((400_000, 3), np.float32).ctypes.data != where
    del part
    assert borrowed((500_000, 3), np.float32).ctypes.data == where


def test_a_view_of_another_type_keeps_the_memory_too():
    whole = borrowed((1_000_000,))
    where, bits = whole.ctypes.data, whole.view(np.uint64).reshape(1000, 1000).T[::2]
    del whole
    bits[...] = 7
    other = borrowed((1_000_000,))
    other[...] = 0
    assert other.ctypes.data != where
    assert (bits == 7).all()


def test_aligned_arrays_are_zero_whatever_was_in_the_memory_before():
    borrowed((500_000,))[...] = 1.0
    assert not aligned((500_000,)).any()
    assert not aligned((4000, 3)).any()


def test_threads_never_share_memory():
    def alone(number):
        for _ in range(50):
            array = borrowed((200_000,))
            array[...] = number
            if not (array == number).all():
                return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(alone, range(4)))
