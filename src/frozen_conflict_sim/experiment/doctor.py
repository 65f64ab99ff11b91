"""Whether a results folder is sound: checksums, counts, gaps, duplicates; and what is played again if it is not."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..scenario.problems import listed
from . import manifest as manifests
from .code import fingerprint
from .dictionary import dictionary, to_csv
from .errors import CorruptPart
from .parts import KINDS, is_sound, read_part
from .sources import Folder
from .store import FAILURES
from .study import Study


@dataclass
class Diagnosis:
    """What is wrong with a folder, in sentences; ``again`` are the numbers of the runs that have to be played again."""

    folder: Path
    planned: int
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    again: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    damaged: list[str] = field(default_factory=list)
    same_model: bool = True

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def remedy(self) -> str:
        """What to do about it."""
        if self.sound:
            return ""
        if not self.same_model:
            return "the model has changed since, so this folder cannot be completed: run the study into another one"
        if not len(self.again):
            return "every run is there; what is wrong cannot be mended by running, so run the study into another folder"
        played = _counted(len(self.again))
        return f"the command that made this folder, given once more, plays {played} again and leaves the others as they are"


def diagnose(folder: Path) -> Diagnosis:
    """Examine a results folder."""
    manifest = manifests.read(folder)
    try:
        found = Diagnosis(folder, manifest["counts"]["planned"], same_model=manifest["code"]["fingerprint"] == fingerprint())
        runs, failed = _parts(folder, manifest["parts"], found)
        _numbers(runs, found)
        _counts(manifest["counts"], runs, failed, found)
        _failures(folder, failed, found)
        _explanations(folder, manifest, found)
        _circumstances(folder, manifest, found)
    except (KeyError, TypeError, AttributeError):
        raise CorruptPart(f"{folder / manifests.NAME} lists what is in the folder in a way that cannot be read") from None
    return found


def _parts(folder: Path, parts: list[dict], found: Diagnosis) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the runs in sound parts, and of those among them that failed."""
    runs, failed = [np.zeros(0, int)], [np.zeros(0, int)]
    for part in parts:
        damaged = [path for path, file in part["files"].items() if not is_sound(folder / path, file)]
        found.damaged += damaged
        found.problems += [f"{path} is {'not what was written' if (folder / path).exists() else 'missing'}" for path in damaged]
        if damaged:
            continue
        runs_path, turns_path = sorted(part["files"])
        of_runs, of_turns = (read_part(folder / path, ["run", "status"]) for path in (runs_path, turns_path))
        numbers, done = of_runs["run"].to_numpy(), of_runs["status"].to_numpy() == "done"
        if len(numbers) != part["last"] + 1 - part["first"]:
            found.problems.append(f"{runs_path} holds {len(numbers)} runs, not those that are listed")
        told, turns = np.unique(of_turns["run"].to_numpy(), return_counts=True)
        if not np.array_equal(told, np.sort(numbers[done])) or len(np.unique(turns)) > 1:
            found.problems.append(f"{turns_path} does not tell every turn of every finished run")
        runs.append(numbers)
        failed.append(numbers[~done])
    return np.concatenate(runs), np.concatenate(failed)


def _numbers(runs: np.ndarray, found: Diagnosis) -> None:
    there, times = np.unique(runs, return_counts=True)
    if (times > 1).any():
        found.problems.append(f"{_counted((times > 1).sum())} stand in it more than once: {spans(there[times > 1])}")
    found.again = np.setdiff1d(np.arange(found.planned), there)
    if len(found.again):
        found.problems.append(f"{len(found.again):,} of {found.planned:,} planned runs are not there: {spans(found.again)}")


def _counts(counts: dict, runs: np.ndarray, failed: np.ndarray, found: Diagnosis) -> None:
    there = f"{len(runs) - len(failed):,} finished and {len(failed):,} failed runs"
    told = f"{counts['finished']:,} finished and {counts['failed']:,} failed runs"
    if there != told and not found.damaged:
        found.problems.append(f"{manifests.NAME} counts {told}, but {there} are there")


def _failures(folder: Path, failed: np.ndarray, found: Diagnosis) -> None:
    path, told = folder / FAILURES, set()
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else (), 1):
        try:
            told.add(json.loads(line)["run"])
        except (ValueError, KeyError, TypeError):
            found.problems.append(f"{FAILURES} cannot be read in line {number}")
    silent = np.setdiff1d(failed, list(told))
    if len(silent):
        found.problems.append(f"{FAILURES} does not say why {_counted(len(silent))} failed: {spans(silent)}")


def _explanations(folder: Path, manifest: dict, found: Diagnosis) -> None:
    """The files that say what was run and what the columns mean; what they must hold is known only to the model that ran."""
    opened = Folder(folder)
    try:
        study = Study(opened.experiment(), large=True)
        described = (folder / "dictionary.csv").read_text("utf-8")
    except CorruptPart as problem:
        found.problems.append(str(problem))
        return
    except (OSError, ValueError):
        found.problems.append("dictionary.csv is missing or cannot be read")
        return
    if found.same_model and study.identity != manifest["study"]:
        found.problems.append("experiment.yaml is not the study that was run")
    elif found.same_model and described != to_csv(dictionary(study)):
        found.problems.append("dictionary.csv is not what was written")


def _circumstances(folder: Path, manifest: dict, found: Diagnosis) -> None:
    """What is no fault, but good to know."""
    listed_files = {path for part in manifest["parts"] for path in part["files"]}
    strays = [f"{kind}/{path.name}" for kind in KINDS if (folder / kind).is_dir() for path in sorted((folder / kind).iterdir())]
    strays = [path for path in strays if path not in listed_files]
    if strays:
        found.notes.append(f"{listed(strays, 3)}: not listed, so not read; removed when the study goes on")
    if not found.same_model:
        found.notes.append("it was made by another version of the model: it can be read, but not continued")
    if manifest["status"] == "running":
        if _in_use(folder):
            found.notes.append("another process is writing into it: look again when it has ended")
        else:
            found.notes.append("whoever wrote it was killed: what is listed is whole all the same")


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


def spans(numbers: np.ndarray, most: int = 5) -> str:
    """Numbers in rising order as a reader wants them.

    >>> spans(np.array([3, 4, 5, 9]))
    '3 to 5, 9'
    """
    pieces = np.split(numbers, np.flatnonzero(np.diff(numbers) != 1) + 1)
    told = [f"{piece[0]}" if len(piece) == 1 else f"{piece[0]} to {piece[-1]}" for piece in pieces[:most]]
    return ", ".join(told) + (", …" if len(pieces) > most else "")
