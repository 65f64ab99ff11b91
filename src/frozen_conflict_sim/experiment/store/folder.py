"""The results folder, open for writing.

Whenever the process is killed: a part whose record is in place is complete, and files without a record do not count.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from time import monotonic

import numpy as np

from ...model.columns import Column
from ..errors import FolderTaken
from ..execute.arrow_arrays import numpy_array
from ..execute.tasks import Tasks, slices_of
from ..provenance import changes_since
from ..study.differences import differences
from ..study.study import Study
from . import manifest as manifests
from . import records
from .dictionary import DICTIONARY, dictionary, to_csv
from .files import is_temporary, locked, make_folder, sweep, write_atomically
from .identity import family_of
from .parts import KINDS, Described, damaged_of, is_intact, read_part
from .records import Part
from .requests import complete_experiment, extended
from .sources import Folder

FAILURES = "failures.jsonl"
EVERY = 2.0
PLACES = (*KINDS, records.FOLDER)


class Store:
    """One results folder, the study that is wanted, and the studies requested before."""

    def __init__(self, folder: Path, study: Study, manifest: dict):
        self.folder, self.manifest = folder, manifest
        self.extension = extended(manifest, study)
        self.parts = self._intact()
        self._written = 0.0

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, study: Study):
        """Open a folder for a study: a new folder, or one of the same family, whose study it completes or extends.

        :class:`FolderTaken` if the folder holds something else or another process is writing into it.
        """
        make_folder(folder)
        with locked(folder) as alone:
            if not alone:
                raise FolderTaken(f"another process is writing into {folder}")
            manifest = _manifest_of(folder, study) or manifests.fresh(study)
            for place in (folder, *(folder / kind for kind in PLACES)):
                sweep(place)
            yield cls(folder, study, manifest)

    def missing(self, task_size: int, needed: np.ndarray | None = None) -> Tasks:
        """Tasks for the wanted runs that are not stored; if only some are ``needed`` so far, for those of them."""
        held = self.held() if self.parts else None
        if needed is not None:
            held = ~needed if held is None else held | ~needed
        return Tasks(self.extension, slices_of(self.extension, task_size, held))

    def outcome(self, name: str) -> np.ndarray:
        """An outcome by run number; NaN where it is not defined or the run is not stored."""
        found = np.full(self.extension.runs, np.nan)
        for part in self.parts:
            for path in part.files:
                if path.startswith("runs"):
                    table = read_part(self.folder / path, ["run", name])
                    found[numpy_array(table["run"])] = numpy_array(table[name])
        return found

    def held(self) -> np.ndarray:
        """Which runs are stored, as a boolean for each run number."""
        held = np.zeros(self.extension.runs, bool)
        for part in self.parts:
            held[part.runs] = True
        return held

    def begin(self, missing: int) -> None:
        """Mark the folder as running, describe the study, and remove files that belong to no part."""
        self.manifest["counts"]["planned"] = sum(map(len, self.parts)) + missing
        self.manifest["ended"] = None
        if missing and self.parts:
            manifests.note_libraries(self.manifest)
        self._describe()
        for path in self._strays():
            remove(path)

    def _describe(self) -> None:
        """Write what describes the results where it is missing or differs: first its copy, from which it can be mended.

        The manifest of a new folder comes before anything else, so that an interrupted start leaves a results folder.
        """
        texts, is_new = self._texts, not (self.folder / manifests.NAME).exists()
        self.manifest["files"] = manifests.checksums(texts)
        if is_new:
            self._write("running")
        for kind in PLACES:
            (self.folder / kind).mkdir(exist_ok=True)
        manifests.write(self.folder, {**self.manifest, "status": "running"}, manifests.COPY, texts)
        if not is_new:
            self._write("running")
        for name, text in texts.items():
            path, data = self.folder / name, text.encode()
            if not path.is_file() or path.read_bytes() != data:
                write_atomically(path, data)

    @property
    def _texts(self) -> dict[str, str]:
        """The texts of the files that describe the results, by name."""
        return {**self._whole.files(), DICTIONARY: to_csv(self._columns)}

    @cached_property
    def _columns(self) -> list[Column]:
        return dictionary(self._whole)

    @cached_property
    def _whole(self) -> Study:
        """The study with all runs that were ever requested."""
        return Study(complete_experiment(self.extension.wanted.experiment, self.manifest), large=True)

    @property
    def described(self) -> Described:
        """Unit and label of each column, for the fields of the parts."""
        return {column.name: {"unit": column.unit, "label": column.label} for column in self._columns}

    def _strays(self) -> list[Path]:
        """Files beside the parts that belong to none of them."""
        kept = {path for part in self.parts for path in (*part.files, part.record)} | {manifests.COPY}
        places = [self.folder / kind for kind in PLACES]
        there = [path for place in places if place.is_dir() for path in place.iterdir()]
        return [path for path in there if f"{path.parent.name}/{path.name}" not in kept]

    def add(self, part: Part) -> None:
        """Note a part that has been written; the manifest is updated every few seconds."""
        self.parts.append(part)
        if monotonic() - self._written > EVERY:
            self._write("running")

    @property
    def complete(self) -> bool:
        """Whether the manifest says that the folder is complete, and all that it holds beside the parts is right."""
        counts, file = self.manifest["counts"], self.folder / FAILURES
        return (
            "from_copy" not in self.manifest
            and not self._strays()
            and self.manifest["status"] == "complete"
            and manifests.counted(self.parts) == {name: counts[name] for name in ("finished", "failed")}
            and b"".join(self._failures()) == (file.read_bytes() if file.exists() else b"")
            and self.manifest["files"] == manifests.checksums(self._texts)
            and all(is_intact(self.folder / name, {"blake2b": known}) for name, known in self.manifest["files"].items())
            and manifests.copy_is_intact(self.folder, self.manifest)
        )

    def end(self) -> None:
        """Mark the folder as complete if every planned run is stored, else as interrupted."""
        self.manifest["ended"] = manifests.now()
        self.parts.sort(key=lambda part: part.first)
        there = sum(map(len, self.parts))
        self.manifest["counts"] |= manifests.counted(self.parts)
        self._write_failures()
        self._write("complete" if there == self.manifest["counts"]["planned"] else "interrupted")

    def _intact(self) -> list[Part]:
        """The parts whose files are intact, no run twice; ``notes`` report the others, which do not count."""
        parts, damaged = records.read_all(self.folder, manifests.studies_of(self.manifest))
        bad = damaged_of(self.folder, {path: checked for part in parts for path, checked in part.files.items()})
        damaged += bad
        whole = [part for part in parts if part.files.keys().isdisjoint(bad)]
        intact = [part for part in whole if part.runs[-1] < self.extension.runs]
        self.notes = [self.manifest["from_copy"]] if "from_copy" in self.manifest else []
        self.notes += [
            f"{self.folder / path} is damaged, missing or of another study: its runs are played again" for path in damaged
        ]
        return records.without_repeats(intact)

    @property
    def study(self) -> str:
        """The identity of the study whose parts are written now."""
        return self.manifest["study"]

    def _write(self, status: str) -> None:
        self.manifest["status"] = status
        self.manifest["counts"] |= manifests.counted(self.parts)
        manifests.write(self.folder, self.manifest)
        self._written = monotonic()

    def _write_failures(self) -> None:
        if self.manifest["counts"]["failed"] or (self.folder / FAILURES).exists():
            write_atomically(self.folder / FAILURES, self._failures())

    def _failures(self) -> Iterator[bytes]:
        for failure in records.failures_of(self.folder, self.parts):
            yield (json.dumps(failure, ensure_ascii=False) + "\n").encode()


def holds_another(folder: Path, study: Study) -> list[str]:
    """How ``study`` differs from the study that a results folder holds; nothing if it may go there, or there is no folder."""
    if not any((folder / name).exists() for name in (manifests.NAME, manifests.COPY)):
        return []
    if manifests.read(folder)["family"] == family_of(study):
        return []
    return differences(study.experiment, Folder(folder).experiment()) or ["other values"]


def clear(folder: Path) -> None:
    """Remove what a results folder holds, whatever study it is of; raise :class:`FolderTaken` if it is something else."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    manifests.read(folder)
    with locked(folder) as alone:
        if not alone:
            raise FolderTaken(f"another process is writing into {folder}")
        for path in sorted(folder.iterdir()):
            remove(path)


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder that stands in the place of a file."""
    if path.is_dir() and not path.is_symlink():
        rmtree(path)
    else:
        path.unlink()


def _manifest_of(folder: Path, study: Study) -> dict | None:
    if all(map(is_temporary, folder.iterdir())):
        return None
    if not any((folder / name).exists() for name in (manifests.NAME, manifests.COPY)):
        raise FolderTaken(f"{folder} exists and holds other files; choose another folder with --out")
    manifest = manifests.read(folder)
    since = changes_since(manifest["code"])
    if since:
        raise FolderTaken(
            f"{folder} was made by another version of the model ({since}), so its runs and new ones do not belong together; "
            "choose another folder with --out, or replace it: --overwrite. What is in it can be read as before"
        )
    if manifest["family"] != family_of(study):
        reason = manifests.difference(manifest, study)
        raise FolderTaken(
            f"{folder} holds another study ({reason}); choose another folder with --out, or replace it: --overwrite"
        )
    return manifest
