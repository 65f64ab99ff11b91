"""Results: what the runs of a study gave, as tables and labelled arrays that carry their units."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from .experiment.spec import Experiment
    from .experiment.store.trajectories import Trajectories
    from .politics.columns import Column
    from .scenario import Scenario


TABLE = ("about", "lever", "uncertainty", "parameter", "outcome")


class SharedMetadata(dict):
    """What a table tells about its columns: every copy of the table shares it, and pandas makes one at each step."""

    def __deepcopy__(self, memo):
        return self


class ColumnsByName(dict):
    """Columns by name; a name that is not there is answered with the nearest that is."""

    def __missing__(self, name: str):
        from .experiment.errors import NoSuchColumn
        from .files.problems import nearest

        raise NoSuchColumn(f"these results have no {name!r}{nearest(name, self)}")


class Results:
    """The runs of a study: ``runs`` is a table with a row a run, ``trajectories`` has every quantity by run and turn."""

    def __init__(self, source):
        self._source = source
        self.path: Path | None = source.path
        self.manifest: dict = source.manifest

    def __repr__(self):
        return f"<Results of {self.title!r}: {len(self.runs)} runs{f', in {self.path}' if self.path else ''}>"

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self.manifest["title"]

    @cached_property
    def experiment(self) -> Experiment:
        """What was asked and run: levers, uncertainties, design, arms. An ensemble of one scenario has none of these."""
        return self._source.experiment()

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario that was run, with every value resolved; in the shortest turns, where the study varies their length."""
        from .experiment.store.trajectories import in_shortest_time_step

        return in_shortest_time_step(self.experiment)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """What each column of ``runs`` means: unit, label, source."""
        return self._of(*TABLE)

    @cached_property
    def variables(self) -> dict[str, Column]:
        """What each variable of ``trajectories`` means: unit, label, options of decisions."""
        return self._of("trajectory", "decision")

    def _of(self, *kinds: str) -> dict[str, Column]:
        return ColumnsByName((column.name, column) for column in self._described if column.kind in kinds)

    @cached_property
    def _described(self) -> list[Column]:
        return self._source.columns()

    @cached_property
    def failures(self) -> list[dict]:
        """The runs that failed, each with its parameters, seed, stage and traceback."""
        return self._source.failures()

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: identity, fate, values that differ between runs, outcomes. ``attrs`` has units and long names."""
        frame = self.table(list(self.columns))
        frame.attrs["units"] = SharedMetadata((name, column.unit) for name, column in self.columns.items())
        frame.attrs["long_names"] = SharedMetadata((name, column.label) for name, column in self.columns.items())
        return frame

    def table(self, names: Sequence[str]) -> pd.DataFrame:
        """Some columns of ``runs``, a row a run; only these are read."""
        return self._source.runs(list(names)).sort_by("run").to_pandas().reindex(columns=list(names))

    @cached_property
    def trajectories(self) -> xr.Dataset:
        """Every stored quantity and decision by run and turn, with units, long names, dates and the meaning of codes."""
        return self.trajectories_of()

    def trajectories_of(self, *names: str) -> xr.Dataset:
        """Some of the trajectories and decisions; without names, all. Only what is asked for is read."""
        from .experiment.store.trajectories import dataset

        return dataset(self.arrays(*names), self.variables, self.scenario)

    def arrays(self, *names: str) -> Trajectories:
        """Some of the trajectories and decisions, or all, as plain arrays of shape (run, turn)."""
        from .experiment.store.trajectories import as_arrays

        for name in names:
            self.variables[name]
        return as_arrays(self._source.turns(list(names)), self.scenario)

    def names(self, kind: str, key_outcomes: bool = False) -> list[str]:
        """The names of the columns of a kind (lever, uncertainty, outcome, trajectory, …), or only of those shown first."""
        kept = self.manifest["keep"] if kind in ("trajectory", "decision") else None
        return [
            column.name
            for column in self._described
            if column.kind == kind and (column.key_outcome or not key_outcomes) and (kept is None or column.name in kept)
        ]


def open_results(path: str | Path) -> Results:
    """Open a results folder that ``run`` or the command line wrote."""
    from .experiment.store.sources import Folder

    return Results(Folder(Path(path)))
