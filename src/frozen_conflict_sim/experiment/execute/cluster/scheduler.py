"""The scheduler of a Dask cluster: where it is, how to reach it, what is said if that cannot be done."""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...errors import ClusterGone, NoCluster

if TYPE_CHECKING:
    from distributed import Client

KNOCK, ANSWER, FAREWELL = 5, 10, 3
NAME = "frozen-conflict-sim"


@dataclass(frozen=True)
class Scheduler:
    """A scheduler by its address.

    ``say`` is told what a person should know. ``patience`` is how long it may be away, in seconds.
    """

    address: str
    say: Callable[[str], object] = warnings.warn
    patience: float = 60

    def reach(self) -> int:
        """See that it is there, and how many workers it has; ``NoCluster`` says what is wrong if it is not."""
        try:
            import distributed  # noqa: F401
        except ImportError:
            raise NoCluster(
                "a cluster needs Dask, which is not installed: pip install 'frozen-conflict-sim[cluster]'"
            ) from None

        async def come_and_go():
            client = await self._client()
            try:
                return len(await present(client))
            finally:
                await part(client)

        try:
            with hushed(), thread_of_its_own() as wait_for:
                return wait_for(come_and_go())
        except OSError as error:
            why = f" ({error.__cause__})" if error.__cause__ and self.address.startswith("tls") else ""
            raise NoCluster(f"no Dask scheduler answers at {self.address}{why}; is one running there?") from None

    async def connect(self) -> Client:
        """A client, as soon as the scheduler is there; ``ClusterGone`` if it stays away for too long."""
        end = monotonic() + self.patience
        while True:
            with suppress(OSError):
                return await self._client()
            if monotonic() > end:
                raise ClusterGone(f"the scheduler at {self.address} has been gone for {self.patience:.0f} seconds")
            await asyncio.sleep(1)

    async def _client(self) -> Client:
        """A client; an ``OSError`` where no scheduler answers. Knocking first is quick where nobody is in."""
        from distributed import Client

        async with asyncio.timeout(KNOCK):
            _, door = await asyncio.open_connection(*self._place())
        door.close()
        client = Client(self.address, asynchronous=True, set_as_default=False, name=NAME)
        try:
            async with asyncio.timeout(ANSWER):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # of other versions of libraries, which workers are asked for
                    return await client
        except Exception as error:  # where something else answers, a client may wait for ever, or break on what it is told
            await part(client)
            raise ConnectionError from error

    def _place(self) -> tuple[str, int]:
        with suppress(ValueError):
            parts = urlsplit(self.address)
            if parts.scheme in ("tcp", "tls") and parts.hostname and parts.port:
                return parts.hostname, parts.port
        raise NoCluster(f"{self.address!r} is no address of a scheduler; one looks like tcp://127.0.0.1:8786")


async def present(client: Client) -> set[str]:
    """The addresses of the workers that are there now; an ``OSError`` if the scheduler is not."""
    if client.status != "running":
        raise ConnectionError("the client has lost its scheduler")
    async with asyncio.timeout(ANSWER):
        return set(await client.scheduler.ncores())


async def part(client: Client) -> None:
    """Close a client, whether or not its scheduler is still there."""
    with suppress(OSError):
        async with asyncio.timeout(FAREWELL):
            await client.close()


@contextmanager
def thread_of_its_own() -> Iterator[Callable]:
    """An event loop in a thread: it goes on while the caller does other things, and lets a notebook have its own."""
    started, stop = Future(), asyncio.Event()

    async def run():
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda loop, context: None)  # of what Dask still waits for in the end
        started.set_result(loop)
        await stop.wait()

    thread = Thread(target=asyncio.run, args=(run(),), name=NAME, daemon=True)
    thread.start()
    loop = started.result()
    try:
        yield lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop).result()
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


@contextmanager
def hushed() -> Iterator[None]:
    """What Dask logs is left unsaid inside this; who uses it says the same in a sentence."""
    import distributed  # noqa: F401  # which sets the levels of its loggers, one by one

    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "distributed"]
    heard = [logger for logger in map(logging.getLogger, names) if not logger.disabled]
    for logger in heard:
        logger.disabled = True
    try:
        yield
    finally:
        for logger in heard:
            logger.disabled = False
