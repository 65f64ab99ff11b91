"""Which code produced a result: the version, and a fingerprint of every source file that decides what a run does."""

from __future__ import annotations

import platform
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from .. import __version__
from ..scenario.schema import declarations

_PACKAGE = Path(__file__).parents[1]
# What decides a run, from the file that asks for it to the numbers that are stored; not how these are kept, shown or drawn.
DECISIVE = (
    "engine", "politics", "model", "files", "scenario",
    "experiment/spec.py", "experiment/load", "experiment/designs", "experiment/study", "experiment/execute/simulate.py",
)  # fmt: skip
_LIBRARIES = ("mesa", "numpy", "networkx", "llvmlite", "pandas", "pyarrow", "scipy")


def sources() -> dict[str, str]:
    """A short digest of every decisive source file, by path, and of every rule of a script: another rule is another model."""
    return _code().decisive | declarations().describe_additions()


def fingerprint() -> str:
    """One digest of all that decides a run: the decisive source files, and what a script declared besides."""
    code, additions = _code().fingerprint, declarations().describe_additions()
    return blake2b(repr((code, additions)).encode(), digest_size=8).hexdigest() if additions else code


class _Code(NamedTuple):
    """Digests of the package: of each decisive source file, of these together, and of all source files together."""

    decisive: dict[str, str]
    fingerprint: str
    whole: str


@cache
def _code() -> _Code:
    texts = {path.relative_to(_PACKAGE).as_posix(): path.read_bytes() for path in sorted(_PACKAGE.rglob("*.py"))}
    decisive = {
        name: data for place in DECISIVE for name, data in texts.items() if name == place or name.startswith(f"{place}/")
    }
    each = {name: blake2b(data, digest_size=4).hexdigest() for name, data in decisive.items()}
    return _Code(each, _digest(decisive), _digest(texts))


def _digest(texts: dict[str, bytes]) -> str:
    """One digest of files by name."""
    digest = blake2b(digest_size=8)
    for name, data in texts.items():
        digest.update(name.encode() + b"\0" + data)
    return digest.hexdigest()


@cache
def _versions() -> dict[str, str]:
    """The versions of the libraries on which results may depend."""
    return {name: version(name) for name in _LIBRARIES}


def provenance() -> dict:
    """The code and the libraries, for a manifest; ``sources`` is the digest of the whole package."""
    return {
        "version": __version__,
        "fingerprint": fingerprint(),
        "decisive": sources(),
        "sources": _code().whole,
        "python": platform.python_version(),
        "libraries": {**_versions()},
    }


def changes_since(code: dict) -> str:
    """How this code differs from the ``provenance`` in a manifest, in a few words; empty if no decisive file differs."""
    if code["fingerprint"] == fingerprint():
        return ""
    before, now = code.get("decisive", {}), sources()
    files = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""
    which = f"{', '.join(files[:3])}{more}" if files else "its rules"
    versions = "" if code["version"] == __version__ else f"version {code['version']} made it, this is {__version__}: "
    return f"{versions}{which} changed since"
