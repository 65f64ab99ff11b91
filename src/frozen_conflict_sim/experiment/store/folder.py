"""The results folder, open for writing.

Whatever kills the process: a part whose record is in place is complete, and what has no record does not count.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import numpy as np

from ..errors import FolderTaken
from ..execute.tasks import Tasks, cut
from ..provenance import changed
from ..spec import Experiment
from ..study.extension import Extension
from ..study.size import merged, resized, size_of
from ..study.study import Study
from . import manifest as manifests
from . import records
from .dictionary import dictionary, to_csv
from .files import write_whole
from .identity import family_of
from .parts import KINDS, is_sound, read_part
from .records import Part

FAILURES = "failures.jsonl"
EVERY = 2.0


class Store:
    """One results folder, the study that is wanted of it, and what it was asked for before."""

    def __init__(self, folder: Path, study: Study, manifest: dict):
        self.folder, self.manifest = folder, manifest
        self.extension = extended(manifest, study)
        self.parts = self._sound()
        self._told = 0.0

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, study: Study):
        """The folder for a study: a new one, or one that already holds (some of) this study, or one that it can grow from."""
        if folder.exists() and not folder.is_dir():
            raise FolderTaken(f"{folder} is a file; choose another folder with --out")
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            yield cls(folder, study, _manifest_of(folder, study) or manifests.fresh(study))

    def missing(self, size: int, needed: np.ndarray | None = None) -> Tasks:
        """What is wanted and not there; if only some runs are ``needed`` so far, what of these is not."""
        held = self.held() if self.parts else None
        if needed is not None:
            held = ~needed if held is None else held | ~needed
        return Tasks(self.extension, cut(self.extension, size, held))

    def outcome(self, name: str) -> np.ndarray:
        """An outcome of all runs that are there, by their number; NaN where it is not defined, or no run is."""
        found = np.full(self.extension.runs, np.nan)
        for part in self.parts:
            for path in part.files:
                if path.startswith("runs"):
                    table = read_part(self.folder / path, ["run", name])
                    found[table["run"].to_numpy()] = table[name].to_numpy(zero_copy_only=False)
        return found

    def held(self) -> np.ndarray:
        """Which runs are there: a yes or no for each number."""
        held = np.zeros(self.extension.runs, bool)
        for part in self.parts:
            held[part.runs] = True
        return held

    def begin(self, missing: int) -> None:
        """Say that runs are being made, and of what."""
        self.manifest["counts"]["planned"] = sum(map(len, self.parts)) + missing
        self.manifest["ended"] = None
        self._tell("running")
        for kind in (*KINDS, records.FOLDER):
            (self.folder / kind).mkdir(exist_ok=True)
        manifests.write(self.folder, self.manifest, manifests.SPARE)
        self.explain()
        kept = {path for part in self.parts for path in (*part.files, part.record)} | {manifests.SPARE}
        for kind in (*KINDS, records.FOLDER):
            for path in (self.folder / kind).iterdir():
                if f"{kind}/{path.name}" not in kept:
                    path.unlink()

    def explain(self) -> None:
        """Write the study and what its columns mean, where that is not there as it should be."""
        whole = Study(self.whole(), large=True)
        for name, text in {**whole.files(), "dictionary.csv": to_csv(dictionary(whole))}.items():
            path, data = self.folder / name, text.encode()
            if not path.is_file() or path.read_bytes() != data:
                write_whole(path, data)

    def whole(self):
        """The experiment that has all the runs of the folder."""
        return whole_of(self.extension.wanted.experiment, self.manifest)

    def add(self, part: Part) -> None:
        """Note a part that has been written; the manifest tells of it in its time."""
        self.parts.append(part)
        if monotonic() - self._told > EVERY:
            self._tell("running")

    @property
    def settled(self) -> bool:
        """Whether the folder is complete and says so, and what it says of itself is true."""
        told, file = self.manifest["counts"], self.folder / FAILURES
        return (
            "spare" not in self.manifest
            and not self.repeated
            and self.manifest["status"] == "complete"
            and manifests.counted(self.parts) == {name: told[name] for name in ("finished", "failed")}
            and b"".join(self._failures()) == (file.read_bytes() if file.exists() else b"")
        )

    def end(self) -> None:
        """Say how it ended: complete if every run that is wanted is there, interrupted if not."""
        self.manifest["ended"] = manifests.now()
        self.parts.sort(key=lambda part: part.first)
        there = sum(map(len, self.parts))
        self.manifest["counts"] |= manifests.counted(self.parts)
        self._tell_failures()
        self._tell("complete" if there == self.manifest["counts"]["planned"] else "interrupted")

    def _sound(self) -> list[Part]:
        """The parts that are on disk as they were written, no run twice; others do not count, and ``notes`` tell of them."""
        parts, damaged = records.listed(self.folder)
        sound = []
        for part in parts:
            bad = [path for path, checked in part.files.items() if not is_sound(self.folder / path, checked)]
            damaged += bad
            sound += [part] if not bad and part.runs[-1] < self.extension.runs else []
        self.notes = [self.manifest["spare"]] if "spare" in self.manifest else []
        self.notes += [f"{self.folder / path} is damaged or missing: what stood in it is played again" for path in damaged]
        kept = records.without_repeats(sound)
        self.repeated = len(kept) < len(sound)
        return kept

    def _tell(self, status: str) -> None:
        self.manifest["status"] = status
        self.manifest["counts"] |= manifests.counted(self.parts)
        manifests.write(self.folder, self.manifest)
        self._told = monotonic()

    def _tell_failures(self) -> None:
        if self.manifest["counts"]["failed"] or (self.folder / FAILURES).exists():
            write_whole(self.folder / FAILURES, self._failures())

    def _failures(self) -> Iterator[bytes]:
        for failure in records.failures_of(self.folder, self.parts):
            yield (json.dumps(failure, ensure_ascii=False) + "\n").encode()


def extended(manifest: dict, study: Study) -> Extension:
    """The study of a folder as it stands in its manifest, grown by what is wanted now; the manifest tells of it afterwards."""
    asked, told, kind = size_of(study.experiment), list(manifest["grown"]), study.experiment.design.kind
    merged([*told, asked], kind)
    if _but_for_replicates(told[-1]) == _but_for_replicates(asked):
        told[-1] = max(told[-1], asked, key=lambda extent: extent["replicates"])
    else:
        told.append(asked)
    extension = _growth(study, asked, told)
    if not extension.added:
        extension = _growth(study, asked, told[:-1])
        told.pop()
    manifest |= {"question": study.experiment.question, "asked": asked, "grown": told}
    manifest |= {"points": extension.points, "arms": extension.arms[1:]}
    manifest["study"] = manifests.name_of(manifest["kin"], manifest["code"], told)
    return extension


def whole_of(experiment: Experiment, manifest: dict) -> Experiment:
    """The experiment that has all runs of a folder."""
    return resized(experiment, merged(manifest["grown"], experiment.design.kind))


def _growth(study: Study, asked: dict, told: list[dict]) -> Extension:
    studies = [study if extent == asked else Study(resized(study.experiment, extent), large=True) for extent in told]
    return Extension(studies, study)


def _but_for_replicates(extent: dict) -> dict:
    return {name: value for name, value in extent.items() if name != "replicates"}


def _manifest_of(folder: Path, study: Study) -> dict | None:
    torn = f".{manifests.NAME}."
    if all(path.name.startswith(torn) for path in folder.iterdir()):
        return None
    if not any((folder / name).exists() for name in (manifests.NAME, manifests.SPARE)):
        raise FolderTaken(f"{folder} exists and holds other files; choose another folder with --out")
    manifest = manifests.read(folder)
    since = changed(manifest["code"])
    if since:
        raise FolderTaken(
            f"{folder} was made by another version of the model ({since}), so its runs and new ones do not belong together; "
            "choose another folder with --out. What is in it can be read as before"
        )
    if manifest["kin"] != family_of(study):
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
