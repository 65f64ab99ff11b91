"""The check of code versions: workers with the same code offer a Dask resource, and only they are sent tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import NoCluster
from ...provenance import provenance
from .scheduler import Scheduler, workers_of

if TYPE_CHECKING:
    from distributed import Client


class Remote:
    """A call that is made by unpickling it on the worker.

    Dask's scheduler looks into every task. Here it sees ``pickle.loads`` and bytes: it does not need this package, and a
    worker without the package answers with an ordinary error.
    """

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


def resource(sources: str) -> str:
    """The name of the resource that workers with these sources offer; a worker offers one, and a task takes one."""
    return f"frozen-conflict-sim {sources}"


async def offer(sources: str, dask_worker) -> dict:
    """On a worker: offer the resource if the sources are the same; its provenance."""
    here = provenance()
    if here["sources"] == sources:
        await dask_worker.set_resources(**{resource(sources): 1})
    return here


class Workers:
    """The workers of a cluster, checked as they join. Each message about them is said once."""

    def __init__(self, scheduler: Scheduler):
        self.scheduler, self.here = scheduler, provenance()
        self.resource = resource(self.here["sources"])
        self.refused: dict[str, str] = {}
        self._said: set[str] = set()
        self._any_fit = False

    def usable(self, client: Client) -> set[str]:
        """The addresses of workers that may be sent tasks; :class:`NoCluster` if there are workers and all are refused."""
        known = workers_of(client)
        unchecked = [
            address for address in known if address not in self.refused and self.resource not in known[address]["resources"]
        ]
        if unchecked:
            self._check(client, unchecked)
            known = workers_of(client)
        fit = {address for address, worker in known.items() if self.resource in worker["resources"]}
        if fit:
            self._any_fit = True
            self._said.discard("alone")
        elif known and not self._any_fit and known.keys() <= self.refused.keys():
            raise NoCluster(f"no worker of {self.scheduler.address} can be used: {next(iter(self.refused.values()))}")
        elif not known:
            self._say_once("alone", f"no worker is there; waiting for one to join {self.scheduler.address}")
        return fit

    def _check(self, client: Client, addresses: list[str]) -> None:
        answers = client.run(offer, self.here["sources"], workers=addresses, on_error="return")
        for address, there in answers.items():
            if isinstance(there, OSError):  # it has left
                continue
            reason = refusal(self.here, there)
            if reason:
                refused = f"the worker at {address} is given no work: {reason}; install the same there and start it again"
                self.refused[address] = refused
                self._say_once(reason, refused)
            elif other := differences(self.here, there):
                self._say_once(other, f"the worker at {address} has other versions of libraries: {other}")

    def _say_once(self, what: str, message: str) -> None:
        if what not in self._said:
            self._said.add(what)
            self.scheduler.say(message)


def refusal(here: dict, there: dict | Exception) -> str:
    """Why a worker cannot be used, by the provenance here and there; empty if it can."""
    if isinstance(there, ModuleNotFoundError):
        return f"its Python lacks what is needed ({there})"
    if isinstance(there, Exception):
        return f"it cannot say which version it has ({type(there).__name__}: {there})"
    if (there["version"], there.get("sources")) == (here["version"], here["sources"]):
        return ""
    return f"it has {_named(there)}, but here is {_named(here)}"


def differences(here: dict, there: dict) -> str:
    """The libraries that a worker has in other versions."""
    libraries = {"python": here["python"], **here["libraries"]}
    others = {"python": there["python"], **there["libraries"]}
    return ", ".join(f"{name} {others.get(name)} (here {mine})" for name, mine in libraries.items() if others.get(name) != mine)


def _named(code: dict) -> str:
    marks = f"model {code['fingerprint']}" + (f", sources {code['sources']}" if "sources" in code else "")
    return f"frozen-conflict-sim {code['version']} ({marks})"
