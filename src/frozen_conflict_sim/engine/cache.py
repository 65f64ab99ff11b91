"""Files that save work from one process to the next: what was emitted of rules, machine code, which rules passed their trial.

Nothing depends on them: what is not there, or cannot be kept, is made again. Every rule that is edited adds some; what was not
used for longest is removed when all take more than ``MOST`` together.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

FOLDER = "frozen-conflict-sim"
MOST = 1 << 30  # bytes


@cache
def cache_folder() -> Path | None:
    """The folder of the cache: in the user's cache, else a temporary folder; ``None`` if neither can be written."""
    for folder in _places():
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.access(folder, os.W_OK) and _is_mine(folder.lstat(), stat.S_ISDIR):
                return folder
        except OSError:
            continue
    return None


def _places() -> Iterator[Path]:
    """Where the cache may be; the temporary folder is looked for only if it is needed, since that writes a file there."""
    if home := _home():
        yield home / FOLDER / "kernels"
    yield Path(tempfile.gettempdir()) / (f"{FOLDER}-{os.getuid()}" if hasattr(os, "getuid") else FOLDER)


def _home() -> Path | None:
    """The folder for caches of this user; ``None`` for a user without a home."""
    try:
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        return None


def _is_mine(found: os.stat_result, kind: Callable[[int], bool]) -> bool:
    """Whether a folder or file is no link, belongs to the user, and cannot be written by others: nobody else can place code."""
    return kind(found.st_mode) and (
        not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    )


def named_by(*parts: str | bytes) -> str:
    """A name for what is made of some parts: other parts have another name.

    >>> named_by("a", b"b") == named_by("a", "b"), named_by("a", "b") == named_by("ab")
    (True, False)
    """
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()


def cached(name: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` makes, kept under a name: made once."""
    found = read(name)
    if found is None:
        found = make()
        write(name, found)
    return found


def read(name: str) -> bytes | None:
    """What is kept under a name; ``None`` if nothing is, it is damaged, or others could write it. It begins with a checksum."""
    folder = cache_folder()
    if folder is None:
        return None
    path = folder / name
    try:
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
            found = file.read() if _is_mine(os.fstat(file.fileno()), stat.S_ISREG) else b""
    except OSError:
        return None
    with suppress(OSError):
        os.utime(path)  # it is used
    return found[16:] if len(found) > 16 and blake2b(found[16:], digest_size=16).digest() == found[:16] else None


def write(name: str, data: bytes) -> None:
    """Keep data under a name, atomically; ignore errors, and leave nothing behind then."""
    folder = cache_folder()
    if folder is None:
        return
    with suppress(OSError):
        file = tempfile.NamedTemporaryFile(dir=folder, delete=False)  # noqa: SIM115
        try:
            with file:
                file.write(blake2b(data, digest_size=16).digest() + data)
            os.replace(file.name, folder / name)
        except BaseException:
            os.unlink(file.name)
            raise
        _make_room(folder)


def _make_room(folder: Path) -> None:
    """Remove what was not used for longest, until the rest takes no more than ``MOST``; another process may do the same."""
    kept = sorted(((file.stat(), file.path) for file in os.scandir(folder)), key=lambda one: one[0].st_mtime_ns, reverse=True)
    taken = 0
    for about, path in kept:
        taken += about.st_size
        if taken > MOST:
            with suppress(FileNotFoundError):
                os.unlink(path)
