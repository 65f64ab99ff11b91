"""The crew of a cluster: who is there, who can be used, and who has which job in hand."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from ...errors import NoCluster
from ...provenance import provenance
from .queue import Ledger
from .remote_call import Call, OtherCode, differences, play, refusal
from .scheduler import Scheduler, part, present

LOOK = 1  # seconds between two looks at who is there
IN_HAND = 2  # jobs of a worker: one that it does, one that lies ready


@dataclass
class Worker:
    """A worker: the coroutine that serves it, the jobs in its hand (the oldest is being done), and whether it can be used."""

    serving: asyncio.Task | None = None
    hand: list[int] = field(default_factory=list)
    fit: bool | None = None


class Left(Exception):
    """A worker did not answer: it is gone, or was told to forget what it was asked."""


class Crew:
    """The workers of a cluster by address, as they come and go."""

    def __init__(self, scheduler: Scheduler, task: Callable, jobs: Sequence, ledger: Ledger):
        self.scheduler, self.task, self.jobs, self.ledger = scheduler, task, jobs, ledger
        self.workers: dict[str, Worker] = {}
        self.told: set[str] = set()
        self.refused = ""
        self.any_fit = self.told_alone = False

    async def work(self) -> None:
        """Have the jobs done, also if the scheduler goes and comes back, until this is cancelled or an error ends it."""
        try:
            client = await self.scheduler.connect()
            while True:
                try:
                    with suppress(OSError):
                        await self._follow(client)
                finally:
                    await self._dismiss(set(self.workers))
                    await part(client)
                self.scheduler.say(f"the scheduler at {self.scheduler.address} is gone; waiting for it to come back")
                client = await self.scheduler.connect()
                self.scheduler.say("it is back; what was in hand is played again")
        except Exception as error:
            await self.ledger.end(error)

    async def _follow(self, client) -> None:
        """Take on who joins and dismiss who has left, as long as the scheduler is there."""
        while True:
            there = await present(client)
            ended = {address for address, worker in self.workers.items() if worker.serving.done()}
            await self._dismiss((self.workers.keys() - there) | ended)
            for address in there - self.workers.keys():
                worker = self.workers[address] = Worker()
                worker.serving = asyncio.create_task(self._serve(client, address, worker))
            self._tell_if_alone()
            if self.ledger.stop() and not self.ledger.in_hand:
                await self.ledger.end()
            await asyncio.sleep(LOOK)

    async def _dismiss(self, addresses: set[str]) -> None:
        """Take back what these have in hand; an error that ended the service of one is raised."""
        gone = [self.workers.pop(address).serving for address in addresses]
        for serving in gone:
            serving.cancel()
        for ended in await asyncio.gather(*gone, return_exceptions=True):
            if isinstance(ended, Exception):
                raise getattr(ended, "exceptions", (ended,))[0]

    async def _serve(self, client, address: str, worker: Worker) -> None:
        """Ask a worker for its code, then give it one job after the other."""
        try:
            worker.fit = await self._fit(client, address)
            if not worker.fit:
                await asyncio.Future()
            async with asyncio.TaskGroup() as group:
                for _ in range(IN_HAND):
                    group.create_task(self._attend(client, address, worker.hand))
        except* (Left, OtherCode):
            pass  # whoever is at this address now is asked again

    async def _fit(self, client, address: str) -> bool:
        """Whether a worker has the same code; what is not the same is told, once for all that are alike."""
        here = provenance()
        try:
            there = await _ask(client, address, provenance)
        except Left:
            raise
        except Exception as error:
            there = error
        reason = refusal(here, there)
        if reason:
            self.refused = f"the worker at {address} is given no work: {reason}; install the same there and start it again"
            self._say_once(reason, self.refused)
        elif other := differences(here, there):
            self._say_once(other, f"the worker at {address} has other versions of libraries: {other}")
        return not reason

    async def _attend(self, client, address: str, hand: list[int]) -> None:
        while True:
            number = await self.ledger.take()
            hand.append(number)
            try:
                work = pickle.dumps((self.task, self.jobs[number]))
                answer = await _ask(client, address, play, provenance()["sources"], work)
                await self.ledger.done(number, answer)
            except BaseException:
                self.ledger.back(number, begun=hand[0] == number)
                raise
            finally:
                hand.remove(number)

    def _tell_if_alone(self) -> None:
        known = [worker.fit for worker in self.workers.values()]
        if any(known):
            self.any_fit, self.told_alone = True, False
        elif None in known or self.told_alone:
            return
        elif known and not self.any_fit:
            raise NoCluster(f"no worker of {self.scheduler.address} can be used: {self.refused}")
        else:
            self.scheduler.say(f"no worker is there; waiting for one to join {self.scheduler.address}")
            self.told_alone = True

    def _say_once(self, what: str, message: str) -> None:
        if what not in self.told:
            self.told.add(what)
            self.scheduler.say(message)


async def _ask(client, address: str, function: Callable, *arguments):
    """Have a worker call a function, and no other worker."""
    from distributed import KilledWorker

    key = f"{function.__name__}-{uuid4().hex}"
    call = pickle.dumps(Call(function, *arguments))
    try:
        return await client.submit(pickle.loads, call, key=key, workers=[address], pure=False)
    except (CancelledError, KilledWorker, OSError) as error:
        raise Left from error
