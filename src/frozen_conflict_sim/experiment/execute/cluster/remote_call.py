"""What is asked of a worker of a cluster: which code it has, and to do a job."""

from __future__ import annotations

import pickle
from threading import Lock

from ...provenance import provenance

_ONE_AT_A_TIME = Lock()


class Call:
    """A call that is made by unpickling it.

    A scheduler looks into every task. Here it finds ``pickle.loads`` and some bytes: it needs none of our code, and a worker
    that has none answers with an ordinary error.
    """

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


class OtherCode(Exception):
    """A worker has other code than was asked for."""


def play(sources: str, work: bytes):
    """Do a task with its job, pickled together, if the sources here are those with which they were pickled.

    A process that has several threads does one job at a time: rules are Python, and threads would only wait for each other.
    """
    if provenance()["sources"] != sources:
        raise OtherCode
    with _ONE_AT_A_TIME:
        task, job = pickle.loads(work)
        return task(job)


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
    """Which libraries a worker has in other versions."""
    libraries = {"python": here["python"], **here["libraries"]}
    others = {"python": there["python"], **there["libraries"]}
    return ", ".join(f"{name} {others.get(name)} (here {mine})" for name, mine in libraries.items() if others.get(name) != mine)


def _named(code: dict) -> str:
    marks = f"model {code['fingerprint']}" + (f", sources {code['sources']}" if "sources" in code else "")
    return f"frozen-conflict-sim {code['version']} ({marks})"
