"""Whether a results folder is sound: checksums, counts, gaps, duplicates; and what is played again if it is not."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

import numpy as np

from ...engine.time_step import TIME_STEP
from ...files.problems import listed
from ..errors import CorruptPart, FolderTaken
from ..provenance import changed
from ..study.size import merged, resized
from ..study.study import Study
from . import manifest as manifests
from . import records
from .dictionary import dictionary, to_csv
from .folder import FAILURES, extended
from .identity import family_of
from .parts import KINDS, is_sound, read_part
from .records import Part
from .sources import Folder

OF_LENGTHS = (f"play.{TIME_STEP}", "arm")  # runs that are alike in these have as many turns


@dataclass
class Verification:
    """What is wrong with a folder, in sentences; ``again`` are the numbers of the runs that have to be played again."""

    folder: Path
    planned: int
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    again: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    changed: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def remedy(self) -> str:
        """What to do about it."""
        if self.sound:
            return ""
        if self.changed:
            why = f"the model has changed since ({self.changed})"
            return f"{why}, so this folder cannot be completed: run the study into another one"
        again = len(self.again)
        does = f"plays {_counted(again)} again" if again else "plays nothing again, writes anew what is wrong"
        return f"the command that made this folder, given once more, {does} and leaves the others as they are"


def verify(folder: Path) -> Verification:
    """Examine a results folder."""
    manifest = manifests.read(folder)
    try:
        found = Verification(folder, manifest["counts"]["planned"], changed=changed(manifest["code"]))
        if "spare" in manifest:
            found.problems.append(f"{manifests.NAME} is damaged or missing; its copy in {manifests.SPARE} serves instead")
        parts = _parts(folder, found)
        _counts(manifest, parts, found)
        _failures(folder, parts, found)
        wanted = _study(folder, manifest, found)
    except (KeyError, TypeError, AttributeError, IndexError, FolderTaken):
        raise CorruptPart(f"{folder / manifests.NAME} tells what is in the folder in a way that cannot be read") from None
    _numbers(wanted, parts, found)
    _circumstances(folder, manifest, found)
    return found


def _parts(folder: Path, found: Verification) -> list[Part]:
    """The parts that are as they were written."""
    parts, damaged = records.listed(folder)
    found.problems += [f"{path} is not what was written" for path in damaged]
    sound = []
    for part in parts:
        bad = [path for path, checked in part.files.items() if not is_sound(folder / path, checked)]
        found.problems += [f"{path} is {'not what was written' if (folder / path).exists() else 'missing'}" for path in bad]
        if not bad:
            _content(folder, part, found)
            sound.append(part)
    return sound


def _content(folder: Path, part: Part, found: Verification) -> None:
    """Whether the tables hold the runs that their record names."""
    paths = {kind: f"{kind}/{part.name}.parquet" for kind in KINDS}
    runs, turns = (read_part(folder / paths[kind], ["run", "status", *OF_LENGTHS]) for kind in KINDS)
    numbers, done = runs["run"].to_numpy(), runs["status"].to_numpy() == "done"
    if not np.array_equal(np.sort(numbers), part.runs) or not np.array_equal(np.sort(numbers[~done]), np.sort(part.failed)):
        found.problems.append(f"{paths['runs']} does not hold the runs that its record names")
    told, times = np.unique(turns["run"].to_numpy(), return_counts=True)
    grouped = [runs[name].to_pylist() for name in OF_LENGTHS if name in runs.column_names]
    grouped = [said for said, is_done in zip(zip(numbers, *grouped), done) if is_done]
    lengths = {(tuple(said), count) for (_, *said), count in zip(sorted(grouped, key=itemgetter(0)), times)}
    if not np.array_equal(told, np.sort(numbers[done])) or len(lengths) > len({said for said, _ in lengths}):
        found.problems.append(f"{paths['trajectories']} does not tell every turn of every finished run")


def _counts(manifest: dict, parts: list[Part], found: Verification) -> None:
    """Whether the manifest counts what is there, if whoever wrote it had time to count, and nothing is damaged."""
    told, there = manifest["counts"], manifests.counted(parts)
    if manifest["status"] != "running" and not found.problems and {name: told[name] for name in there} != there:
        told, there = (f"{count['finished']:,} finished and {count['failed']:,} failed runs" for count in (told, there))
        found.problems.append(f"{manifests.NAME} counts {told}, but {there} are there")


def _failures(folder: Path, parts: list[Part], found: Verification) -> None:
    path, told = folder / FAILURES, []
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else (), 1):
        try:
            told.append(json.loads(line)["run"])
        except (ValueError, KeyError, TypeError):
            found.problems.append(f"{FAILURES} cannot be read in line {number}")
    silent = np.setdiff1d([run for part in parts for run in part.failed], told)
    if len(silent):
        found.problems.append(f"{FAILURES} does not say why {_counted(len(silent))} failed: {as_ranges(silent)}")


def _study(folder: Path, manifest: dict, found: Verification) -> np.ndarray:
    """The runs that are wanted. The files that say what was run and what columns mean must be those of the model that ran."""
    everything = np.arange(found.planned)
    try:
        experiment = Folder(folder).experiment()
        described = (folder / "dictionary.csv").read_text("utf-8")
    except CorruptPart as problem:
        found.problems.append(str(problem))
        return everything
    except (OSError, ValueError):
        found.problems.append("dictionary.csv is missing or cannot be read")
        return everything
    if found.changed:
        return everything
    whole = resized(experiment, merged(manifest["grown"], experiment.design.kind))
    if family_of(Study(whole, large=True)) != manifest["kin"] or whole != experiment:
        found.problems.append("experiment.yaml is not the study that was run")
        return everything
    if described != to_csv(dictionary(Study(whole, large=True))):
        found.problems.append("dictionary.csv is not what was written")
    if experiment.until and manifest["status"] == "complete":
        # Replicates were added until enough was known: wanted is what was there then.
        return np.concatenate([np.zeros(0, int), *(part.runs for part in records.listed(folder)[0])])
    return extended(dict(manifest), Study(resized(experiment, manifest["asked"]), large=True)).wanted_numbers()


def _numbers(wanted: np.ndarray, parts: list[Part], found: Verification) -> None:
    there, times = np.unique(np.concatenate([[], *(part.runs for part in parts)]).astype(int), return_counts=True)
    if (times > 1).any():
        found.problems.append(f"{_counted((times > 1).sum())} stand in it more than once: {as_ranges(there[times > 1])}")
    found.again = np.setdiff1d(wanted, there)
    if len(found.again):
        found.problems.append(f"{len(found.again):,} of {found.planned:,} planned runs are not there: {as_ranges(found.again)}")


def _circumstances(folder: Path, manifest: dict, found: Verification) -> None:
    """What is no fault, but good to know."""
    parts, damaged = records.listed(folder)
    known = {path for part in parts for path in (*part.files, part.record)} | {*damaged, manifests.SPARE}
    places = [folder / kind for kind in (*KINDS, records.FOLDER)]
    there = [f"{place.name}/{path.name}" for place in places if place.is_dir() for path in sorted(place.iterdir())]
    strays = [path for path in there if path not in known]
    if strays:
        found.notes.append(f"{listed(strays, 3)}: of no part, so not read; removed when the study goes on")
    if found.changed:
        found.notes.append(f"it was made by another version of the model ({found.changed}): it can be read, but not continued")
    if manifest["status"] == "running":
        if _in_use(folder):
            found.notes.append("another process is writing into it: look again when it has ended")
        else:
            found.notes.append("whoever wrote it was killed: what is recorded is whole all the same")


def _in_use(folder: Path) -> bool:
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(held)
    return False


def _counted(runs: int) -> str:
    return f"{runs:,} run{'s' if runs != 1 else ''}"


def as_ranges(numbers: np.ndarray, most: int = 5) -> str:
    """Numbers in rising order as a reader wants them.

    >>> spans(np.array([3, 4, 5, 9]))
    '3 to 5, 9'
    """
    tasks = np.split(numbers, np.flatnonzero(np.diff(numbers) != 1) + 1)
    told = [f"{task[0]}" if len(task) == 1 else f"{task[0]} to {task[-1]}" for task in tasks[:most]]
    return ", ".join(told) + (", …" if len(tasks) > most else "")
