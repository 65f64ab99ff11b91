"""Which code made a result: the version, and a fingerprint of every source file that decides what a run does."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from .. import __version__

_PACKAGE = Path(__file__).parents[1]
# What runs are made of, from the file that is asked for to the numbers that are stored; not how they are kept, told or drawn.
_DECISIVE = (
    "engine", "politics", "scenario", "experiment/reading", "experiment/designs",
    "experiment/study/factorial.py", "experiment/study/factors.py", "experiment/study/study.py", "experiment/study/extension.py", "experiment/execute/simulate.py",
)  # fmt: skip
_LIBRARIES = ("mesa", "numpy", "networkx", "llvmlite", "pandas", "pyarrow", "scipy")


@cache
def sources() -> dict[str, str]:
    """A short digest of every source file that decides what a run does: another rule is another model."""
    return {name: blake2b(data, digest_size=4).hexdigest() for name, data in _files(_DECISIVE)}


@cache
def fingerprint(parts: tuple[str, ...] = _DECISIVE) -> str:
    """All of these in one, or those of other parts."""
    digest = blake2b(digest_size=8)
    for name, data in _files(parts):
        digest.update(name.encode() + b"\0" + data)
    return digest.hexdigest()


def _files(parts: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for place in (_PACKAGE / part for part in parts):
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            yield path.relative_to(_PACKAGE).as_posix(), path.read_bytes()


def provenance() -> dict:
    """The code and the libraries, for a manifest; ``sources`` is the digest of the whole package."""
    libraries = {name: version(name) for name in _LIBRARIES}
    return {
        "version": __version__,
        "fingerprint": fingerprint(),
        "decisive": sources(),
        "sources": fingerprint(("",)),
        "python": platform.python_version(),
        "libraries": libraries,
    }


def changed(code: dict) -> str:
    """How this code differs from the one that made a folder, in a few words; nothing if in nothing that decides a run."""
    if code["fingerprint"] == fingerprint():
        return ""
    before, now = code.get("decisive", {}), sources()
    files = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    told = f"{', '.join(files[:3])}{f' and {len(files) - 3} more' if len(files) > 3 else ''}" if files else "its rules"
    versions = "" if code["version"] == __version__ else f"version {code['version']} made it, this is {__version__}: "
    return f"{versions}{told} changed since"
