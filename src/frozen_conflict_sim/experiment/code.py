"""Which code made a result: the version, and a fingerprint of every source file that decides what a run does."""

from __future__ import annotations

import platform
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from .. import __version__

_PACKAGE = Path(__file__).parents[1]
_DECISIVE = ("engine", "politics", "scenario")
_LIBRARIES = ("mesa", "numpy", "networkx", "llvmlite", "pandas", "pyarrow", "scipy")


@cache
def fingerprint(parts: tuple[str, ...] = _DECISIVE) -> str:
    """A short digest of the sources of engine, politics and scenario, or of other parts: another rule is another model."""
    digest = blake2b(digest_size=8)
    for part in parts:
        for source in sorted((_PACKAGE / part).rglob("*.py")):
            digest.update(source.relative_to(_PACKAGE).as_posix().encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def provenance() -> dict:
    """The code and the libraries, for a manifest; ``sources`` is the digest of the whole package."""
    libraries = {name: version(name) for name in _LIBRARIES}
    return {
        "version": __version__,
        "fingerprint": fingerprint(),
        "sources": fingerprint(("",)),
        "python": platform.python_version(),
        "libraries": libraries,
    }
