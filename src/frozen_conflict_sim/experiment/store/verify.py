"""Verification of a results folder: checksums, counts, gaps, duplicates; and which runs have to be played again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

import numpy as np

from ...engine.time_step import TIME_STEP
from ...files.problems import listed
from ..errors import CorruptPart, FolderTaken
from ..execute.arrow_arrays import numpy_array
from ..provenance import changes_since
from ..study.size import resized
from ..study.study import Study
from . import manifest as manifests
from . import records
from .files import locked
from .folder import FAILURES, PLACES
from .identity import family_of
from .parts import KINDS, is_intact, read_part
from .records import Part
from .requests import complete_experiment, extended
from .sources import Folder

LENGTH_COLUMNS = (f"play.{TIME_STEP}", "arm")  # runs with equal values here have equally many turns


@dataclass
class Verification:
    """The problems of a folder, in sentences, and the numbers of the runs that have to be played ``again``.

    ``notes`` are not errors. ``changed`` says how the model differs from the one that made the folder.
    """

    folder: Path
    planned: int
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    again: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    changed: str = ""

    @property
    def intact(self) -> bool:
        """Whether there are no problems."""
        return not self.problems

    @property
    def remedy(self) -> str:
        """What the user can do about the problems."""
        if self.intact:
            return ""
        if self.changed:
            why = f"the model has changed since ({self.changed})"
            return f"{why}, so this folder cannot be completed: run the study into another one"
        again = len(self.again)
        does = f"plays {_counted(again)} again" if again else "rewrites what is wrong and plays nothing"
        return f"repeat the command that made this folder: it {does}, and leaves all else as it is"


def verify(folder: Path) -> Verification:
    """Verify a results folder; :class:`NotResults` or :class:`CorruptPart` if it cannot even be read."""
    manifest = manifests.read(folder)
    try:
        found = Verification(folder, manifest["counts"]["planned"], changed=changes_since(manifest["code"]))
        if "from_copy" in manifest:
            found.problems.append(manifest["from_copy"])
        parts = _parts(folder, manifest, found)
        _counts(manifest, parts, found)
        _failures(folder, parts, found)
        wanted = _study(folder, manifest, parts, found)
    except (KeyError, TypeError, AttributeError, IndexError, FolderTaken):
        raise CorruptPart(f"{folder / manifests.NAME} describes the folder in a way that cannot be read") from None
    _numbers(wanted, parts, found)
    _add_notes(folder, manifest, found)
    return found


def _parts(folder: Path, manifest: dict, found: Verification) -> list[Part]:
    """Check all parts; those that are intact."""
    parts, unusable = records.read_all(folder, manifests.studies_of(manifest))
    found.problems += [f"{path} {_what_is_wrong(folder / path)}" for path in unusable]
    intact = []
    for part in parts:
        bad = [path for path, checked in part.files.items() if not is_intact(folder / path, checked)]
        found.problems += [f"{path} is {'not what was written' if (folder / path).exists() else 'missing'}" for path in bad]
        if not bad:
            _content(folder, part, found)
            intact.append(part)
    return intact


def _what_is_wrong(record: Path) -> str:
    try:
        records.read(record)
    except ValueError:
        return "is not what was written"
    return "belongs to a part of another study"


def _content(folder: Path, part: Part, found: Verification) -> None:
    """Check that the tables hold the runs that their record names, and every turn of them."""
    paths = {kind: f"{kind}/{part.name}.parquet" for kind in KINDS}
    runs, turns = (read_part(folder / paths[kind], ["run", "status", *LENGTH_COLUMNS]) for kind in KINDS)
    numbers, done = numpy_array(runs["run"]), numpy_array(runs["status"]) == "done"
    if not np.array_equal(np.sort(numbers), part.runs) or not np.array_equal(np.sort(numbers[~done]), np.sort(part.failed)):
        found.problems.append(f"{paths['runs']} does not hold the runs that its record names")
    seen, times = np.unique(numpy_array(turns["run"]), return_counts=True)
    grouped = [runs[name].to_pylist() for name in LENGTH_COLUMNS if name in runs.column_names]
    grouped = [group for group, is_done in zip(zip(numbers, *grouped), done) if is_done]
    lengths = {(tuple(group), count) for (_, *group), count in zip(sorted(grouped, key=itemgetter(0)), times)}
    if not np.array_equal(seen, np.sort(numbers[done])) or len(lengths) > len({group for group, _ in lengths}):
        found.problems.append(f"{paths['trajectories']} does not have every turn of every finished run")


def _counts(manifest: dict, parts: list[Part], found: Verification) -> None:
    """Check the counts of the manifest, unless the writer was killed or a part is damaged."""
    stated, there = manifest["counts"], manifests.counted(parts)
    if manifest["status"] != "running" and not found.problems and {name: stated[name] for name in there} != there:
        stated, there = (f"{count['finished']:,} finished and {count['failed']:,} failed runs" for count in (stated, there))
        found.problems.append(f"{manifests.NAME} counts {stated}, but {there} are there")


def _failures(folder: Path, parts: list[Part], found: Verification) -> None:
    path, explained = folder / FAILURES, []
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else (), 1):
        try:
            explained.append(json.loads(line)["run"])
        except (ValueError, KeyError, TypeError):
            found.problems.append(f"{FAILURES} cannot be read in line {number}")
    unexplained = np.setdiff1d([run for part in parts for run in part.failed], explained)
    if len(unexplained):
        found.problems.append(f"{FAILURES} does not say why {_counted(len(unexplained))} failed: {as_ranges(unexplained)}")


def _study(folder: Path, manifest: dict, parts: list[Part], found: Verification) -> np.ndarray:
    """Check the experiment and the dictionary against the manifest; the numbers of the runs that are wanted."""
    everything = np.arange(found.planned)
    source = Folder(folder)
    try:
        experiment = source.experiment()
        source.columns()
    except CorruptPart as problem:
        found.problems.append(str(problem))
        return everything
    found.problems += [note for note in source.notes if note.endswith("is used instead") and note not in found.problems]
    if not manifests.copy_is_intact(folder, manifest):
        found.problems.append(f"{manifests.COPY} is damaged or missing")
    if found.changed:
        return everything
    whole = complete_experiment(experiment, manifest)
    if family_of(Study(whole, large=True)) != manifest["family"] or whole != experiment:
        found.problems.append("experiment.yaml is not the study that was run")
        return everything
    if experiment.until and manifest["status"] == "complete":
        # Replicates were added until the outcome was known: what was stored then is what is wanted.
        return np.concatenate([np.zeros(0, int), *(part.runs for part in parts)])
    return extended(dict(manifest), Study(resized(experiment, manifest["requested"]), large=True)).wanted_numbers()


def _numbers(wanted: np.ndarray, parts: list[Part], found: Verification) -> None:
    there, times = np.unique(np.concatenate([[], *(part.runs for part in parts)]).astype(int), return_counts=True)
    twice = there[times > 1]
    if len(twice):
        found.problems.append(
            f"{_counted(len(twice))} {'is' if len(twice) == 1 else 'are'} stored more than once: {as_ranges(twice)}"
        )
    found.again = np.setdiff1d(wanted, there)
    if len(found.again):
        found.problems.append(f"{len(found.again):,} of {found.planned:,} planned runs are missing: {as_ranges(found.again)}")


def _add_notes(folder: Path, manifest: dict, found: Verification) -> None:
    """Add notes that are not errors: leftover files, another version of the model, interrupted writing."""
    parts, unusable = records.read_all(folder, manifests.studies_of(manifest))
    known = {path for part in parts for path in (*part.files, part.record)} | {*unusable, manifests.COPY}
    places = [folder / kind for kind in PLACES]
    there = [f"{place.name}/{path.name}" for place in places if place.is_dir() for path in sorted(place.iterdir())]
    strays = [path for path in there if path not in known]
    if strays:
        found.notes.append(f"{listed(strays, 3)}: files of no part: not read, and removed when the study continues")
    if found.changed:
        found.notes.append(f"another version of the model made it ({found.changed}): it can be read but not continued")
    found.notes += manifests.other_libraries(manifest)
    if manifest["status"] == "running":
        if _in_use(folder):
            found.notes.append("another process is writing into it: verify again when it has ended")
        else:
            found.notes.append("the process that wrote it was killed: all recorded parts are complete nevertheless")


def _in_use(folder: Path) -> bool:
    with locked(folder, shared=True) as free:
        return not free


def _counted(runs: int) -> str:
    return f"{runs:,} run{'s' if runs != 1 else ''}"


def as_ranges(numbers: np.ndarray, most: int = 5) -> str:
    """Ascending numbers as ranges for a reader.

    >>> as_ranges(np.array([3, 4, 5, 9]))
    '3 to 5, 9'
    """
    groups = np.split(numbers, np.flatnonzero(np.diff(numbers) != 1) + 1)
    shown = [f"{group[0]}" if len(group) == 1 else f"{group[0]} to {group[-1]}" for group in groups[:most]]
    return ", ".join(shown) + (", …" if len(groups) > most else "")
