"""Sources of results: a folder, or memory. Both have the same methods."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ...files.problems import listed
from ...model.columns import Column
from ...scenario import InputError
from ..errors import CorruptPart, NotResults
from ..execute.simulate import TaskResult
from ..load import Experiment, load_experiment
from ..spec import BASE
from ..study.study import Study
from . import manifest as manifests
from . import records
from .dictionary import dictionary, from_csv
from .parts import is_intact, names_in, read_part


class Folder:
    """Results on disk."""

    def __init__(self, path: Path):
        self.path = path
        self.manifest = manifests.read(path)
        parts, self._damaged = records.read_all(path)
        self.parts = records.without_repeats(parts)
        self.manifest["counts"] |= manifests.counted(self.parts)
        self._intact: set[str] = set()

    def experiment(self) -> Experiment:
        """The experiment that was run."""
        self._text("experiment.yaml")
        try:
            return load_experiment(self.path / "experiment.yaml")
        except InputError as error:
            raise CorruptPart(f"{error.problems[0]}") from None

    def columns(self) -> list[Column]:
        """The data dictionary."""
        try:
            found = from_csv(self._text("dictionary.csv"))
        except (ValueError, TypeError, csv.Error):
            raise CorruptPart(f"{self.path / 'dictionary.csv'} is damaged") from None
        first = {path: file for part in self.parts[:1] for path, file in part.files.items()}
        self._verify(first)
        stored = {name for path in first for name in names_in(self.path / path)}
        lacking = sorted(stored - {column.name for column in found} - {"turn"})
        if lacking:
            raise CorruptPart(f"{self.path / 'dictionary.csv'} is damaged: it does not describe {listed(lacking, 3)}")
        return found

    def failures(self) -> list[dict]:
        """The runs that failed."""
        return list(records.failures_of(self.path, self.parts))

    def runs(self, names: list[str]) -> pa.Table:
        """Columns of the table with a row a run."""
        table = self._parts("runs", ["run", *(name for name in names if name != "run")])
        if "arm" not in table.column_names:
            return table
        # Runs that were played before the study had arms belong to its base.
        return table.set_column(table.column_names.index("arm"), "arm", pc.fill_null(table["arm"], BASE))

    def turns(self, names: list[str]) -> pa.Table:
        """Columns of the table with a row a run and turn; without names, all columns."""
        return self._parts("trajectories", ["run", "turn", *names] if names else None)

    def _parts(self, kind: str, columns: list[str] | None = None) -> pa.Table:
        if self._damaged:
            raise CorruptPart(f"{self.path / self._damaged[0]} is damaged")
        files = {name: file for part in self.parts for name, file in part.files.items() if name.startswith(kind)}
        if not files:
            raise NotResults(f"{self.path} holds no finished runs yet")
        self._verify(files)
        return pa.concat_tables([read_part(self.path / name, columns) for name in files], promote_options="default")

    def _verify(self, files: dict[str, dict]) -> None:
        for name in sorted(files.keys() - self._intact):
            if not is_intact(self.path / name, files[name]):
                raise CorruptPart(f"{self.path / name} is damaged or missing")
        self._intact |= files.keys()

    def _text(self, name: str) -> str:
        try:
            return (self.path / name).read_text("utf-8")
        except (OSError, ValueError):
            raise CorruptPart(f"{self.path / name} is damaged or missing") from None


class Memory:
    """Results that were not stored."""

    path = None

    def __init__(self, study: Study, result: TaskResult):
        self._study, self._chunk = study, result
        self.manifest = manifests.fresh(study) | {"status": "complete", "ended": manifests.now()}
        self.manifest["counts"].update(finished=study.runs - len(result.failures), failed=len(result.failures))

    def experiment(self) -> Experiment:
        """The experiment that was run."""
        return self._study.experiment

    def columns(self) -> list[Column]:
        """The data dictionary."""
        return dictionary(self._study)

    def failures(self) -> list[dict]:
        """The runs that failed."""
        return list(self._chunk.failures)

    def runs(self, names: list[str]) -> pa.Table:
        """Columns of the table with a row a run."""
        table = self._chunk.runs
        return table.select(["run", *(name for name in names if name != "run" and name in table.column_names)])

    def turns(self, names: list[str]) -> pa.Table:
        """Columns of the table with a row a run and turn; without names, all columns."""
        table = self._chunk.turns
        return table.select(["run", "turn", *(name for name in names if name in table.column_names)]) if names else table
