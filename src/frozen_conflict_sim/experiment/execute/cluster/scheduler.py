"""The scheduler of a Dask cluster: its address, connections to it, and the messages if there are none."""

from __future__ import annotations

import logging
import socket
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...errors import ClusterGone, NoCluster

if TYPE_CHECKING:
    from distributed import Client

KNOCK, ANSWER, FAREWELL = 5, 10, 3  # seconds
NAME = "frozen-conflict-sim"


@dataclass(frozen=True)
class Scheduler:
    """A scheduler by its address.

    ``say`` receives messages for the user. ``patience`` is how many seconds the scheduler may be away.
    """

    address: str
    say: Callable[[str], object] = warnings.warn
    patience: float = 60

    def reach(self) -> int:
        """The number of its workers; :class:`NoCluster` says what is wrong if it cannot be reached."""
        try:
            import distributed  # noqa: F401
        except ImportError:
            raise NoCluster(
                "a cluster needs Dask, which is not installed: pip install 'frozen-conflict-sim[cluster]'"
            ) from None
        try:
            with quiet(), closing(self._open()) as client:
                return len(workers_of(client))
        except OSError as error:
            why = f" ({error.__cause__})" if error.__cause__ and self.address.startswith("tls") else ""
            raise NoCluster(f"no Dask scheduler answers at {self.address}{why}; is one running there?") from None

    @contextmanager
    def connected(self) -> Iterator[Client]:
        """A client, as soon as the scheduler answers; :class:`ClusterGone` if it stays away for too long."""
        end = monotonic() + self.patience
        while True:
            try:
                client = self._open()
                break
            except OSError:
                if monotonic() > end:
                    gone = f"the scheduler at {self.address} has been gone for {self.patience:.0f} seconds"
                    raise ClusterGone(gone) from None
            sleep(1)
        with closing(client):
            yield client

    def _open(self) -> Client:
        """A client; an ``OSError`` where no scheduler answers. A plain connection first fails fast where nobody listens."""
        from distributed import Client

        socket.create_connection(self._place(), KNOCK).close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other versions of libraries: the check of the workers reports them
            try:
                return Client(self.address, timeout=ANSWER, set_as_default=False, name=NAME)
            except Exception as error:  # if something else answers, Dask fails on what it reads
                raise ConnectionError from error

    def _place(self) -> tuple[str, int]:
        with suppress(ValueError):
            parts = urlsplit(self.address)
            if parts.scheme in ("tcp", "tls") and parts.hostname and parts.port:
                return parts.hostname, parts.port
        raise NoCluster(f"{self.address!r} is no address of a scheduler; one looks like tcp://127.0.0.1:8786")


def workers_of(client: Client) -> dict[str, dict]:
    """What the scheduler knows of each worker, by address; an ``OSError`` if it is not there."""
    if client.status != "running":
        raise ConnectionError("the client has lost its scheduler")
    return client.sync(client.scheduler.identity, n_workers=-1, callback_timeout=ANSWER)["workers"]


@contextmanager
def closing(client: Client) -> Iterator[Client]:
    """Close the client in the end, whether or not its scheduler is still there."""
    try:
        yield client
    finally:
        with suppress(OSError):
            client.close(timeout=FAREWELL)


@contextmanager
def quiet() -> Iterator[None]:
    """Silence the log of Dask: this package says the same in a sentence."""
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
