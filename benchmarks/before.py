"""An earlier commit of this project beside the present one: the same benchmark plays both."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from .participants import ENGINE, ROOT, Participant


@contextmanager
def engine_at(revision: str) -> Iterator[Participant]:
    """The engine of a revision, whose files are there for as long as this is open. Raise ``RuntimeError`` if git has none."""
    with tempfile.TemporaryDirectory() as folder:
        commit = _git("log", "-1", "--format=%h", revision, "--").decode().strip()
        with tarfile.open(fileobj=io.BytesIO(_git("archive", commit))) as files:
            files.extractall(folder, filter="data")
        yield replace(ENGINE, name="before", label=f"this engine at {commit}", sources=str(Path(folder) / "src"))


def _git(*words: str) -> bytes:
    try:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise RuntimeError("git is not installed, so no earlier commit can be compared") from None
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"no earlier commit can be compared: git says {error.stderr.decode().strip()!r}") from None
