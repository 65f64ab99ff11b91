"""The jobs of a cluster by number: which wait, which are in hand, what became of those that are over."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

AT_ONCE = 64  # answers that wait to be kept
PATIENCE = 8  # times that a job comes back undone before it is given up


class Ledger:
    """Jobs from 0 up to ``count``. Once ``stop()`` says yes none is begun any more."""

    def __init__(self, count: int, stop: Callable[[], bool]):
        self.left, self.in_hand, self.stop = count, 0, stop
        self.waiting: asyncio.PriorityQueue[int] = asyncio.PriorityQueue()
        for number in range(count):
            self.waiting.put_nowait(number)
        self.undone: Counter[int] = Counter()
        self.over: asyncio.Queue = asyncio.Queue(AT_ONCE)

    async def next(self) -> tuple[int, bool, object] | None:
        """The next job that is over: its number, whether it was done, and the answer; ``None`` if there will be no more."""
        over = await self.over.get() if self.left else None
        if isinstance(over, Exception):
            raise over
        self.left -= 1
        return over

    async def take(self) -> int:
        """A job to be done, as soon as there is one."""
        while True:
            number = await self.waiting.get()
            if self.stop():
                self.waiting.put_nowait(number)
                await asyncio.Future()
            if self.undone[number] < PATIENCE:
                self.in_hand += 1
                return number
            await self.over.put((number, False, None))

    async def done(self, number: int, answer) -> None:
        """Note the answer to a job."""
        await self.over.put((number, True, answer))
        self.in_hand -= 1

    def back(self, number: int, begun: bool) -> None:
        """Take back a job that was not done."""
        self.undone[number] += begun
        self.in_hand -= 1
        self.waiting.put_nowait(number)

    async def end(self, error: Exception | None = None) -> None:
        """Let whoever waits for answers know that none will follow."""
        await self.over.put(error)
