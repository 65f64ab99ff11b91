"""Atomic writing of files, their checksums, and the lock of a folder."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from ..errors import FolderTaken

try:
    import fcntl
except ImportError:  # Windows: folders are not locked there
    fcntl = None

OF_RESULTS = {"manifest.json", "experiment.yaml", "dictionary.csv", "failures.jsonl", "parts", "runs", "trajectories"}
_TOKEN = re.compile(r"\..+\.[0-9a-f]{16}")  # how the names of temporary files look
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def write_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write, flush and rename a temporary file: even after a power cut there is either the old file or the new one."""
    with whole(path) as temporary, open(temporary, "wb") as file:
        file.writelines([data] if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())
    if fcntl:  # where there is none, folders cannot be opened either
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def keep_out_of_results(path: Path) -> None:
    """Raise :class:`FolderTaken` if a path is that of a file or folder that belongs to results, or lies in such a folder."""
    for folder in path.absolute().parents:
        inside = path.absolute().relative_to(folder).parts[0] in OF_RESULTS
        if inside and (folder / "parts").is_dir() and (folder / "manifest.json").is_file():
            raise FolderTaken(f"{path} belongs to the results in {folder.name}; choose another place with --out")


def make_folder(folder: Path) -> None:
    """Make a folder, and those that it is in, unless it is there; :class:`OSError` says what to do if it cannot be made.

    Raises :class:`FolderTaken` for a place that belongs to results.
    """
    keep_out_of_results(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise FolderTaken(f"{folder} is a file; choose another folder with --out") from None
    except OSError as error:
        why = f"no folder can be made there ({(error.strerror or str(error)).lower()}); choose another with --out"
        raise OSError(error.errno, why, str(folder)) from None


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A new temporary file to write to, which replaces ``path`` if the block ends well, and is removed if not.

    Nobody can guess its name, so nobody can have put a link in its place.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        os.close(os.open(temporary, _NEW, 0o666))
        yield temporary
        os.replace(temporary, path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):  # the error of a full disk does not name the file
            raise OSError(error.errno, error.strerror or str(error), str(path)) from None
        raise


def sweep(folder: Path) -> None:
    """Remove the temporary files that killed processes have left in a folder."""
    with suppress(OSError):
        for path in folder.iterdir():
            if is_temporary(path):
                path.unlink(missing_ok=True)


def is_temporary(path: Path) -> bool:
    """Whether a file is the temporary file of one that was never finished."""
    return _TOKEN.fullmatch(path.name) is not None and (path.is_symlink() or path.is_file())


def digest(data: bytes) -> str:
    """The checksum of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[bool]:
    """Lock a folder for this process, or for all that share it; yields whether it could be locked.

    The lock ends with the process, however it ends. Where the system has no such locks, nothing is locked.
    """
    if not fcntl:
        yield True
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(held)
