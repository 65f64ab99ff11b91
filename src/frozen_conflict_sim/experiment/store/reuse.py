"""Reuse of finished runs of other folders: runs with the same identity are copied instead of being played again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...model.columns import columns
from ...model.varying import varying
from ...scenario.schema import declarations
from ..execute.simulate import TaskResult, runs_table
from ..execute.tasks import MOST, slices_of
from ..provenance import changes_since
from ..study.rows import Rows, Task
from ..study.study import Study
from .identity import family_of, resolved, run_identities
from .parts import is_intact, read_part
from .records import Part
from .requests import complete_experiment, extended
from .sources import Folder

STATUS = ("status", "class", "ended_quarter")


class FinishedRuns:
    """The finished runs of some folders, found by identity; ``notes`` say from which folders none can be taken, and why."""

    def __init__(self, folders: Sequence[Path], study: Study):
        self.seed, self.keep, self.notes = study.seed, study.keep, []
        self.parts: list[tuple[Path, Part]] = []
        identities, places = [np.zeros((0, 2), np.uint64)], [np.zeros((0, 2), np.int64)]
        for folder in map(Folder, folders):
            self.notes += [f"{path} is damaged or of another study: nothing is taken from it" for path in folder.unusable]
            why = self._unfit(folder)
            if why:
                self.notes.append(f"nothing is taken from {folder.path}: {why}")
                continue
            for found, at in self._runs(folder):
                identities.append(found)
                places.append(at)
        self.identities, self.places = np.concatenate(identities), np.concatenate(places)
        order = np.argsort(self.identities[:, 0], kind="stable")
        self.identities, self.places = self.identities[order], self.places[order]

    def taken(self, task: Task) -> TaskResult | None:
        """The runs of a task that are finished elsewhere, as if they had been played; ``None`` if there are none."""
        identities = run_identities(task, self.seed)
        if not len(self.identities):
            return None
        at = np.minimum(np.searchsorted(self.identities[:, 0], identities[:, 0]), len(self.identities) - 1)
        there = np.flatnonzero((self.identities[at] == identities).all(axis=1))
        if not len(there):
            return None
        rows, places = task.rows.take(there), self.places[at[there]]
        runs, turns = (self._read(kind, places) for kind in ("runs", "trajectories"))
        return TaskResult(self._runs_of(Task(task.scenario, rows), runs), self._turns_of(rows, turns))

    def _unfit(self, folder: Folder) -> str:
        manifest = folder.manifest
        since = changes_since(manifest["code"])
        if since:
            return f"it was made by another version of the model ({since})"
        if manifest["seed"] != self.seed:
            return f"its seed is {manifest['seed']}"
        if manifest["keep"] is not None and (self.keep is None or not {*self.keep} <= {*manifest["keep"]}):
            return "it does not keep all trajectories that are to be kept here"
        if family_of(_complete(folder)) != manifest["family"]:
            return "its experiment is not the one that was run"
        return ""

    def _runs(self, folder: Folder) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Identities of runs, and with each the position of its part and its number there."""
        extension = extended(dict(folder.manifest), _complete(folder))
        part_of = np.full(extension.runs, -1)
        for part in folder.parts:
            if all(is_intact(folder.path / path, checked) for path, checked in part.files.items()):
                part_of[np.setdiff1d(part.runs, part.failed)] = len(self.parts)
                self.parts.append((folder.path, part))
            else:
                self.notes.append(f"a file of the part {part.name} of {folder.path} is damaged: nothing is taken from it")
        for slice_ in slices_of(extension, MOST, part_of < 0):
            task = extension.task(slice_.study, slice_.configuration, np.asarray(slice_.ranks))
            number = task.rows.run
            yield run_identities(task, self.seed), np.column_stack([part_of[number], number])

    def _read(self, kind: str, places: np.ndarray) -> pa.Table:
        """Table rows of the runs at some places, in their order."""
        tables, order = [], []
        for part in np.unique(places[:, 0]):
            folder, of = self.parts[part]
            table, wanted = _table(folder / f"{kind}/{of.name}.parquet"), np.flatnonzero(places[:, 0] == part)
            rows = pc.index_in(table["run"], pa.array(places[wanted, 1])).to_numpy(zero_copy_only=False)
            chosen = np.flatnonzero(~np.isnan(rows.astype(float)))
            tables.append(table.take(chosen))
            order.append(wanted[rows[chosen].astype(int)])
        return pa.concat_tables(tables, promote_options="default").take(np.argsort(np.concatenate(order), kind="stable"))

    def _runs_of(self, task: Task, table: pa.Table) -> pa.Table:
        rows, known = task.rows, {column.name for column in columns(task.scenario) if column.kind == "outcome"}
        outcomes = [name for name in table.column_names if name in known]
        columns_made = {**dict.fromkeys(STATUS), **rows.columns, **_drawn(task, self.seed)}
        made = runs_table(rows, {name: values for name, values in columns_made.items() if values is not None})
        names = [*made.column_names[:4], *STATUS, *made.column_names[4:], *outcomes]
        return pa.table({name: made[name] if name in made.column_names else table[name] for name in names})

    def _turns_of(self, rows: Rows, table: pa.Table) -> pa.Table:
        kept = [name for name in table.column_names[2:] if self.keep is None or name in self.keep]
        turns = len(table) // len(rows)
        return table.select(["run", "turn", *kept]).set_column(0, "run", pa.array(np.repeat(rows.run, turns), pa.int64()))


def _complete(folder: Folder) -> Study:
    """The study of a folder with all its runs."""
    return Study(complete_experiment(folder.experiment(), folder.manifest), large=True)


def _drawn(task: Task, seed: int) -> dict[str, np.ndarray]:
    """The values that the model draws itself."""
    (values, weights, _, numbers), declared, drawn = resolved(task, seed), declarations(), {}
    for key, (address, quantity) in varying(task.scenario).items():
        role, member, name, item = address
        if key in task.rows.members_set:
            continue
        if address in numbers:
            drawn[key] = np.broadcast_to(numbers[address], (len(task.rows),))
        else:
            array = values[name] if name in values else weights[role, name]
            array = array[declared.items[quantity.by].index(item)] if item else array
            place = task.scenario.entities[declared.roles[role].level].index(member)
            drawn[key] = np.broadcast_to(array[place], (len(task.rows),))
    return drawn


@lru_cache(maxsize=8)
def _table(path: Path) -> pa.Table:
    return read_part(path)
