"""The results folder, open for writing.

Whatever kills the process: what the manifest lists is complete, and what it does not list does not count.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager, suppress
from pathlib import Path

from . import manifest as manifests
from .dictionary import dictionary, to_csv
from .errors import CorruptPart, FolderTaken
from .files import write_whole
from .parts import KINDS, is_sound
from .study import Study

FAILURES = "failures.jsonl"
TOLD = ("run", "luck", "seed", "stage", "parameters", "traceback")


class Store:
    """One results folder and the study that goes into it."""

    def __init__(self, folder: Path, study: Study, manifest: dict):
        self.folder, self.study, self.manifest = folder, study, manifest
        self.failures = _told_failures(folder)

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, study: Study):
        """The folder for a study: a new one, or one that already holds (some of) this study."""
        manifest = _manifest_of(folder, study)
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            yield cls(folder, study, manifest or manifests.fresh(study))

    def sound_parts(self) -> list[dict]:
        """The parts that are on disk as they were written, and whose failures are told; others are forgotten."""
        told = {failure["run"] for failure in self.failures}
        self.manifest["parts"] = [
            part
            for part in self.manifest["parts"]
            if all(is_sound(self.folder / path, listed) for path, listed in part["files"].items())
            and told.issuperset(part["failed"])
        ]
        return self.manifest["parts"]

    def begin(self) -> None:
        """Say that runs are being made, and of what."""
        counts = self.manifest["counts"]
        counts["planned"] = max(self.study.runs, counts["planned"])
        self._list("running")
        self.explain()
        listed = {path for part in self.manifest["parts"] for path in part["files"]}
        for kind in KINDS:
            (self.folder / kind).mkdir(exist_ok=True)
            for path in (self.folder / kind).iterdir():
                if f"{kind}/{path.name}" not in listed:
                    path.unlink()

    def explain(self) -> None:
        """Write the study and what its columns mean, where that is not there as it should be; not of a part of the study."""
        if self.study.runs < self.manifest["counts"]["planned"]:
            return
        for name, text in {**self.study.files(), "dictionary.csv": to_csv(dictionary(self.study))}.items():
            path, data = self.folder / name, text.encode()
            if not path.is_file() or path.read_bytes() != data:
                write_whole(path, data)

    def add(self, part: dict) -> None:
        """List a part that has been written."""
        failures = part.pop("failures")
        self.failures += failures
        part["failed"] = [failure["run"] for failure in failures]
        self.manifest["parts"] = sorted([*self.manifest["parts"], part], key=lambda part: (part["first"], part["variant"]))
        self._list("running")

    @property
    def ended(self) -> bool:
        """Whether whoever wrote last had time to say how it ended."""
        return self.manifest["status"] != "running"

    def end(self) -> None:
        """Say how it ended: complete if every run that was planned has been played, interrupted if not."""
        self.manifest["ended"] = manifests.now()
        counts = self.manifest["counts"]
        self._list("complete" if counts["finished"] + counts["failed"] == counts["planned"] else "interrupted")

    def _list(self, status: str) -> None:
        parts = self.manifest["parts"]
        failed = {run for part in parts for run in part["failed"]}
        self.failures = sorted((each for each in self.failures if each["run"] in failed), key=lambda each: each["run"])
        lines = "".join(json.dumps(failure, ensure_ascii=False) + "\n" for failure in self.failures)
        if lines or (self.folder / FAILURES).exists():
            write_whole(self.folder / FAILURES, lines.encode())
        played = sum(part["last"] + 1 - part["first"] for part in parts)
        self.manifest["status"] = status
        self.manifest["counts"].update(finished=played - len(self.failures), failed=len(self.failures))
        manifests.write(self.folder, self.manifest)


def read_failures(folder: Path) -> list[dict]:
    """The runs of a results folder that failed."""
    path = folder / FAILURES
    lines = path.read_bytes().splitlines() if path.exists() else []
    told = _told_failures(folder)
    if len(told) < len(lines):
        raise CorruptPart(f"{path} is damaged: not every line of it can be read")
    return told


def _told_failures(folder: Path) -> list[dict]:
    """The failures that can be read."""
    told = []
    path = folder / FAILURES
    for line in path.read_bytes().splitlines() if path.is_file() else []:
        with suppress(ValueError, KeyError, TypeError):
            failure = json.loads(line)
            told.append(failure | {key: failure[key] for key in TOLD})
    return told


def _manifest_of(folder: Path, study: Study) -> dict | None:
    torn = f".{manifests.NAME}."
    if not folder.exists() or (folder.is_dir() and all(path.name.startswith(torn) for path in folder.iterdir())):
        return None
    if not (folder / manifests.NAME).exists():
        raise FolderTaken(f"{folder} exists and holds other files; choose another folder with --out")
    manifest = manifests.read(folder)
    if manifest["study"] != study.identity:
        reason = manifests.difference(manifest, study)
        raise FolderTaken(f"{folder} holds another study ({reason}); choose another folder with --out")
    return manifest


@contextmanager
def _alone(folder: Path):
    """Hold the folder for this process; the hold ends with the process, however it ends."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FolderTaken(f"another process is writing into {folder}") from None
    else:
        yield
    finally:
        os.close(held)
