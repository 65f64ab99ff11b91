"""Sources of results: a folder, or memory. Both have the same methods."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...files.problems import listed
from ...model.columns import Column
from ...scenario import InputError
from ..errors import CorruptPart, NotResults
from ..execute.arrow_arrays import numpy_array
from ..execute.simulate import TaskResult
from ..execute.workers import processors
from ..load import Experiment, load_experiment
from ..load.writing import EXPERIMENT
from ..spec import BASE
from ..study.extension import Extension
from ..study.study import Study
from . import manifest as manifests
from . import records
from .dictionary import DICTIONARY, dictionary, from_csv
from .parts import KINDS, damaged_of, names_in, read_part
from .requests import complete_experiment, extended

SMALL = 16_000_000  # bytes of files that are read whole, and kept: column by column it would take as long every time


class Folder:
    """Results on disk. ``notes`` say what is incomplete or was mended when it was read."""

    def __init__(self, path: Path):
        self.path = path
        self.manifest = manifests.read(path)
        try:
            parts, self.unusable = records.read_all(path, manifests.studies_of(self.manifest))
            self.parts = records.without_repeats(parts)
            self.manifest["counts"] |= manifests.counted(self.parts)
            missing = self.manifest["counts"]["planned"] - sum(map(len, self.parts))
        except (LookupError, TypeError, AttributeError, ValueError):
            raise CorruptPart(f"{path / manifests.NAME} describes the folder in a way that cannot be read") from None
        self._intact: set[str] = set()
        self._whole: dict[str, pa.Table] = {}
        self._experiment: Experiment | None = None
        self.notes = [self.manifest["from_copy"]] if "from_copy" in self.manifest else []
        if missing > 0:
            planned = self.manifest["counts"]["planned"]
            self.notes.append(f"{missing:,} of {planned:,} runs of {path} are missing: repeat the command that made it")

    def experiment(self) -> Experiment:
        """The experiment that was run."""
        self._experiment = self._experiment or self._read_experiment()
        return self._experiment

    def _read_experiment(self) -> Experiment:
        names = [name for name in self.manifest["files"] if name != DICTIONARY]
        texts = {name: self._text(name) for name in names}
        try:
            if all(intact for _, intact in texts.values()):
                return load_experiment(self.path / EXPERIMENT)
            with TemporaryDirectory() as folder:
                for name, (text, _) in texts.items():
                    (Path(folder) / name).write_bytes(text.encode())
                return replace(load_experiment(Path(folder) / EXPERIMENT), path=str(self.path / EXPERIMENT))
        except InputError as error:
            raise CorruptPart(f"{error.problems[0]}") from None

    def extension(self) -> Extension:
        """All runs that were ever requested of the folder, with their numbers."""
        whole = complete_experiment(self.experiment(), self.manifest)
        return extended(dict(self.manifest), Study(whole, large=True))

    def columns(self) -> list[Column]:
        """The data dictionary."""
        try:
            found = from_csv(self._text(DICTIONARY)[0])
        except (ValueError, TypeError, csv.Error):
            raise CorruptPart(f"{self.path / DICTIONARY} is damaged") from None
        first = {path: file for part in self.parts[:1] for path, file in part.files.items()}
        self._verify(first)
        stored = {name for path in first for name in names_in(self.path / path)}
        lacking = sorted(stored - {column.name for column in found} - {"turn"})
        if lacking:
            raise CorruptPart(f"{self.path / DICTIONARY} is damaged: it does not describe {listed(lacking, 3)}")
        return found

    def failures(self) -> list[dict]:
        """The runs that failed."""
        return list(records.failures_of(self.path, self.parts))

    def runs(self, names: list[str]) -> pa.Table:
        """Columns of the table with a row a run, in their order."""
        return _in_order(_with_base(_joined(self._tables("runs", ["run", *(name for name in names if name != "run")]))))

    def stored(self, run: int) -> tuple[pa.Table, pa.Table] | None:
        """The row of a run and the rows of its turns; None if the run is not stored."""
        for part in self.parts:
            if any(first <= run < first + step * count and (run - first) % step == 0 for first, count, step in part.ranges):
                self._verify(part.files)
                runs, turns = (read_part(self.path / f"{kind}/{part.name}.parquet") for kind in KINDS)
                return _with_base(_of(runs, run)), _of(turns, run)
        return None

    def turns(self, names: list[str]) -> Iterator[pa.Table]:
        """Columns of the tables with a row a run and turn, some runs at a time; without names, all columns."""
        return self._tables("trajectories", ["run", "turn", *names] if names else None)

    def _tables(self, kind: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """Columns of the tables of a kind, one after the other; all in one if they are small."""
        if self.unusable:
            path = self.path / self.unusable[0]
            raise CorruptPart(f"{path} is damaged or belongs to another study: repeat the command that made the folder")
        files = {name: file for part in self.parts for name, file in part.files.items() if name.startswith(kind)}
        if not files:
            raise NotResults(f"{self.path} holds no finished runs yet")
        self._verify(files)
        if sum(file.get("bytes", SMALL) for file in files.values()) > SMALL:
            with ThreadPoolExecutor(processors()) as pool:  # to open a file takes longer than to read a few columns of it
                yield from pool.map(lambda name: read_part(self.path / name, columns), files)
            return
        if kind not in self._whole:
            self._whole[kind] = _joined(read_part(self.path / name) for name in files)
        there = self._whole[kind].column_names
        yield self._whole[kind].select([name for name in columns if name in there] if columns else there)

    def _verify(self, files: dict[str, dict]) -> None:
        if damaged := damaged_of(self.path, {name: files[name] for name in sorted(files.keys() - self._intact)}):
            raise CorruptPart(f"{self.path / damaged[0]} is damaged or missing")
        self._intact |= files.keys()

    def _text(self, name: str) -> tuple[str, bool]:
        text, intact = manifests.text_of(self.path, self.manifest, name)
        note = f"{self.path / name} is damaged or missing: its copy in {manifests.COPY} is used instead"
        if not intact and note not in self.notes:
            self.notes.append(note)
        return text, intact


class Memory:
    """Results that were not stored."""

    path, notes = None, ()

    def __init__(self, study: Study, result: TaskResult):
        self._study, self._chunk = study, result
        self.manifest = manifests.fresh(study) | {"status": "complete", "ended": manifests.now()}
        self.manifest["counts"].update(finished=study.runs - len(result.failures), failed=len(result.failures))

    def experiment(self) -> Experiment:
        """The experiment that was run."""
        return self._study.experiment

    def extension(self) -> Extension:
        """All runs, with their numbers."""
        return Extension([self._study])

    def columns(self) -> list[Column]:
        """The data dictionary."""
        return dictionary(self._study)

    def failures(self) -> list[dict]:
        """The runs that failed."""
        return list(self._chunk.failures)

    def runs(self, names: list[str]) -> pa.Table:
        """Columns of the table with a row a run, in their order."""
        table = self._chunk.runs
        return _in_order(table.select(["run", *(name for name in names if name != "run" and name in table.column_names)]))

    def turns(self, names: list[str]) -> Iterator[pa.Table]:
        """Columns of the table with a row a run and turn, in one piece; without names, all columns."""
        table = self._chunk.turns
        yield table.select(["run", "turn", *(name for name in names if name in table.column_names)]) if names else table

    def stored(self, run: int) -> tuple[pa.Table, pa.Table] | None:
        """The row of a run and the rows of its turns; None if there is no such run."""
        runs = _of(self._chunk.runs, run)
        return (runs, _of(self._chunk.turns, run)) if len(runs) else None


def _joined(tables: Iterable[pa.Table]) -> pa.Table:
    return pa.concat_tables(tables, promote_options="default")


def _in_order(table: pa.Table) -> pa.Table:
    """The rows in the order of their run numbers; to sort many would take as much memory again."""
    return table if (np.diff(numpy_array(table["run"])) > 0).all() else table.sort_by("run")


def _of(table: pa.Table, run: int) -> pa.Table:
    return table.filter(pc.equal(table["run"], run))


def _with_base(table: pa.Table) -> pa.Table:
    """A table in which runs that were played before the study had arms belong to its base."""
    if "arm" not in table.column_names:
        return table
    return table.set_column(table.column_names.index("arm"), "arm", pc.fill_null(table["arm"], BASE))
