"""Results: the runs of a study as tables and labelled arrays with units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import xarray as xr

    from .experiment.load import Experiment
    from .experiment.store.trajectories import Trajectories
    from .experiment.study.extension import Extension
    from .experiment.study.rows import Task
    from .model.columns import Column
    from .scenario import Scenario

TABLE = ("about", "lever", "uncertainty", "parameter", "outcome")
COLUMNS_KEPT = 24


class SharedMetadata(dict[str, str]):
    """Metadata of a table that all its copies share: pandas copies ``attrs`` deeply at every step, which would be slow."""

    def __deepcopy__(self, memo: dict[int, object]) -> SharedMetadata:
        return self


class Results:
    """The runs of a study: ``runs`` is a table with one row for each run, ``trajectories`` has quantities by run and turn.

    ``path`` is the results folder, None for results in memory; ``manifest`` has the counts of runs, the seed and the version of
    the code. Values have the units that ``columns`` and ``variables`` give.
    """

    def __init__(self, source):
        self._source = source
        self._read: dict[str, pd.Series] = {}
        self._values: dict[str, np.ndarray] = {}
        self.path: Path | None = source.path
        self.manifest: dict[str, Any] = source.manifest

    def __repr__(self) -> str:
        counts = self.manifest["counts"]
        failed = f", {counts['failed']} failed" if counts["failed"] else ""
        return f"<Results of {self.title!r}: {counts['finished']} runs{failed}{f', in {self.path}' if self.path else ''}>"

    def _repr_html_(self) -> str:
        """The results for a notebook: what was run, what was varied, the key outcomes, how the runs ended."""
        from .experiment.store.display import html

        return html(self)

    @property
    def title(self) -> str:
        """The title of the scenario."""
        return self.manifest["title"]

    @property
    def notes(self) -> tuple[str, ...]:
        """What is incomplete: missing runs, or a damaged file that was read from its copy."""
        return tuple(self._source.notes)

    @cached_property
    def experiment(self) -> Experiment:
        """The experiment that was run: levers, uncertainties, design, arms. Runs of one scenario have none of these."""
        return self._source.experiment()

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario that was run, with all values; in the shortest time step, if the study varies it."""
        from .experiment.store.trajectories import in_shortest_time_step

        return in_shortest_time_step(self.experiment)

    def tasks(self, runs: Sequence[int]) -> list[Task]:
        """The runs with these numbers as they can be played again, one task for each configuration; stored or not.

        Raises ``NoSuchRun`` for a number that the study does not have.
        """
        from .experiment.errors import NoSuchRun

        extension = self._extension
        for run in runs:
            if not 0 <= run < extension.runs:
                last = extension.runs - 1
                raise NoSuchRun(
                    f"these results have no run {run}: runs are numbered 0 to {last}; the nearest is {min(max(run, 0), last)}"
                )
        return extension.tasks_of(runs)

    @cached_property
    def _extension(self) -> Extension:
        return self._source.extension()

    def stored(self, run: int) -> tuple[pa.Table, pa.Table] | None:
        """The row of a run and the rows of its turns as they were stored; None if the run is not there (yet)."""
        return self._source.stored(run)

    def explain(self, run: int | Iterable[int]) -> Any:
        """A ``RunExplanation``: the story of a run, and why it went so; see :func:`frozen_conflict_sim.explain_run`.

        Of several runs, such as ``range(50)``, a list; they are played again together, which is quick. Raises ``NoSuchRun`` for
        a number that the study does not have.
        """
        import frozen_conflict_sim as fcs

        return fcs.explain_runs(self, run) if isinstance(run, Iterable) else fcs.explain_run(self, run)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The declarations of the columns of ``runs`` by name: unit, label, meaning."""
        return self._of(*TABLE)

    @cached_property
    def variables(self) -> dict[str, Column]:
        """The declarations of the variables of ``trajectories`` by name: unit, label, meaning, options of decisions."""
        return self._of("trajectory", "decision")

    def _of(self, *kinds: str) -> dict[str, Column]:
        from .experiment.store.dictionary import ColumnsByName

        return ColumnsByName((column.name, column) for column in self._described if column.kind in kinds)

    @cached_property
    def _described(self) -> list[Column]:
        return self._source.columns()

    @cached_property
    def failures(self) -> list[dict[str, Any]]:
        """The runs that failed, each with its parameters, seed, stage and traceback."""
        return self._source.failures()

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row for each run: identity, status, values that differ between runs, outcomes.

        ``attrs["units"]`` and ``attrs["long_names"]`` describe the columns. Outcomes that are not defined in a run are missing.
        """
        frame = self.table(list(self.columns))
        frame.attrs["units"] = SharedMetadata((name, column.unit) for name, column in self.columns.items())
        frame.attrs["long_names"] = SharedMetadata((name, column.label) for name, column in self.columns.items())
        return frame

    def table(self, names: Sequence[str]) -> pd.DataFrame:
        """The named columns of ``runs``, one row for each run; only these are read, and the last few are kept in memory."""
        import pandas as pd

        return pd.DataFrame(self.series(names))

    def series(self, names: Sequence[str]) -> dict[str, pd.Series]:
        """The same column by column, without a copy of them all."""
        from .experiment.store.parts import give_memory_back

        wanted = list(dict.fromkeys(names))
        lacking = [name for name in wanted if name not in self._read]
        read = self._source.runs(lacking).to_pandas(split_blocks=True, self_destruct=True) if lacking else {}
        give_memory_back()
        if not set(lacking) <= set(read):
            read = read.reindex(columns=lacking)
        found = {name: read[name] if name in lacking else self._read[name] for name in wanted}
        self._read = dict([*self._read.items(), *found.items()][-COLUMNS_KEPT:])
        return found

    def values_of(self, *names: str) -> dict[str, np.ndarray]:
        """The named columns of ``runs`` as arrays ``(run,)``, NaN or None where missing; ``NoSuchColumn`` if there is none."""
        from .experiment.execute.arrow_arrays import arrays_of

        lacking = [self.columns[name].name for name in dict.fromkeys(names) if name not in self._values]
        known = self._values | (arrays_of(self._source.runs(lacking), lacking) if lacking else {})
        self._values = dict([*known.items()][-COLUMNS_KEPT:])
        return {name: known[name] for name in names}

    @cached_property
    def trajectories(self) -> xr.Dataset:
        """Every stored quantity and decision, with dimensions ``(run, turn)``, units, labels, dates and meanings of codes."""
        return self.trajectories_of()

    def trajectories_of(self, *names: str) -> xr.Dataset:
        """The named trajectories and decisions (all without names), like ``trajectories``; only these are read.

        Levers, arm and class of each run are coordinates: ``trajectories.groupby("patron.policy").mean()``.

        Raises ``NoSuchColumn`` for an unknown name.
        """
        from .experiment.store.trajectories import dataset

        found = self.arrays(*names)
        labels = [column for column in self.columns.values() if column.kind == "lever" or column.name in ("arm", "class")]
        table = self.table(["run", *(column.name for column in labels)]).set_index("run").loc[found.runs]
        values = [table[column.name].to_numpy() for column in labels]
        plain = [each if each.dtype.kind in "iufb" else each.astype(str) for each in values]
        return dataset(found, self.variables, self.scenario, list(zip(labels, plain)))

    def arrays(self, *names: str) -> Trajectories:
        """The named trajectories and decisions (all without names) as arrays of shape ``(run, turn)``.

        Raises ``NoSuchColumn`` for an unknown name.
        """
        from .experiment.store.parts import give_memory_back
        from .experiment.store.trajectories import as_arrays

        for name in names:
            self.variables[name]
        found = as_arrays(self._source.turns(list(names)), self.scenario)
        give_memory_back()
        return found

    @cached_property
    def inputs(self) -> pd.DataFrame:
        """What differs between runs by design or by draw: arm, levers, uncertainties, parameters; one row for each run."""
        kinds = {column.name for column in self._described if column.kind in ("lever", "uncertainty", "parameter")}
        names = [name for name in self.columns if name in kinds or name in ("arm", "changed")]
        return self.table(["run", *names]).set_index("run")

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """All stored decisions in words: a categorical column each, a row for each run and the first day of each turn."""
        import pandas as pd

        names = self.names("decision")
        stored = self.arrays(*names)
        index = pd.MultiIndex.from_product([stored.runs, stored.dates], names=["run", "date"])
        options = {name: list(self.variables[name].options) for name in names}
        return pd.DataFrame({name: pd.Categorical.from_codes(stored[name].ravel(), options[name]) for name in names}, index)

    def to_ema(self, outcomes: Sequence[str] = ()) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
        """The finished runs as the EMA Workbench has results: a table of experiments, and arrays of outcomes by name.

        ``outcomes`` names outcomes and trajectories, by default the key outcomes; outcomes have the shape ``(run,)``,
        trajectories ``(run, turn)``. Raises ``NoSuchColumn`` for an unknown name.
        """
        wanted = tuple(outcomes) or tuple(self.names("outcome", key_outcomes=True))
        done = (self.table(["status"])["status"] == "done").to_numpy()
        table = self.inputs[done].reset_index(names="scenario")
        experiments = table.assign(policy=table.get("arm", "base"), model="frozen_conflict_sim")
        found = {}
        for name in wanted:
            known = name in self.columns or name not in self.variables
            values = self.table([self.columns[name].name])[name][done] if known else self.arrays(name)[name]
            found[name] = np.asarray(values, float)
        return experiments, found

    def names(self, kind: str, key_outcomes: bool = False) -> list[str]:
        """The names of the columns of a kind (lever, uncertainty, outcome, trajectory, …), or only of the key outcomes."""
        kept = self.manifest["keep"] if kind in ("trajectory", "decision") else None
        return [
            column.name
            for column in self._described
            if column.kind == kind and (column.key_outcome or not key_outcomes) and (kept is None or column.name in kept)
        ]

    def outcomes_called(self, names: Sequence[str]) -> tuple[str, ...]:
        """The outcomes that some names mean, as in experiments: with an owner, or bare for all owners.

        Raises ``NoSuchColumn`` with the nearest name for an unknown one.
        """
        from .experiment.errors import NoSuchColumn
        from .experiment.load.names import called, known_names
        from .files.problems import nearest

        outcomes = [column for column in self._described if column.kind == "outcome"]
        found: list[str] = []
        for name in names:
            columns = called(name, outcomes)
            if not columns:
                raise NoSuchColumn(f"these results have no outcome {name!r}{nearest(name, known_names(outcomes))}")
            found += [column for column in columns if column not in found]
        return tuple(found)

    def contrast(self, column: str, choice: object, reference: object, outcomes: Sequence[str] = (), **how: Any) -> Any:
        """A ``LeverContrast``: what one value of a lever adds to another within pairs of runs, by outcome and horizon.

        ``results.contrast("patron.policy", "swallow", "status_quo").table`` is a pandas DataFrame.
        """
        import frozen_conflict_sim as fcs

        return fcs.contrast(self, column, choice, reference, outcomes, **how)

    def difference(self, column: str, choice: object, reference: object) -> Results:
        """Results with a row for each pair of runs, whose outcomes and trajectories are differences; as ``fcs.difference``.

        Whatever reads results reads these too: ``fcs.plots.heat_map(results.difference("arm", "base", "no_coupling"), …)``.
        """
        import frozen_conflict_sim as fcs

        return fcs.difference(self, column, choice, reference)


def open_results(path: str | Path) -> Results:
    """Open a results folder; raises ``NotResults`` if ``path`` is none, ``CorruptPart`` when a damaged file is read."""
    from .experiment.store.sources import Folder

    return Results(Folder(Path(path)))
