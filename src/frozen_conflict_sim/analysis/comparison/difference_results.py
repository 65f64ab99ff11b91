"""The difference between two choices as results of their own: a row for each pair of runs, outcomes that are differences.

Whatever reads results reads a difference too: a heat map, a tornado, sensitivity indices, a discovered box. So no analysis has
to pool the policies that a study compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from ...experiment.errors import NoSuchColumn, NotComparable
from ...experiment.study.resolved_factors import ResolvedFactors
from ...files.problems import listed, nearest
from ...model.columns import Column
from ...results import Results
from ..summary import is_yes_or_no
from .pairing import ARM, where

DIFFERENCE = "difference"


@dataclass(frozen=True)
class ContrastOf:
    """Two values of one column of ``runs`` (a lever, or the arm) that are compared: ``choice`` minus ``reference``."""

    column: str
    choice: object
    reference: object

    @property
    def description(self) -> str:
        """The contrast in words.

        >>> ContrastOf("patron.policy", "swallow", "status_quo").description
        'swallow minus status quo'
        """
        return f"{written(self.choice)} minus {written(self.reference)}"


def written(value: object) -> str:
    """A value of a lever as readers see it."""
    return value.replace("_", " ") if isinstance(value, str) else f"{value:g}"


def difference(results: Results, column: str, choice: object, reference: object) -> Results:
    """The pairs of runs that differ in one column: every outcome is that under ``choice`` minus that under ``reference``.

    ``column`` is a lever, or ``arm``. The unit of an outcome says that it is a difference; trajectories are differences too,
    decisions are left out. Raises ``NoSuchColumn`` for a column that a study does not compare, ``ResultsError`` for a value
    that no run has, ``NotComparable`` if no runs can be paired.
    """
    contrast = ContrastOf(check_compared(results, column), choice, reference)
    return Results(_Pairs(results, contrast))


def check_compared(results: Results, column: str) -> str:
    """The name of a lever or ``arm``; raises ``NoSuchColumn`` with the nearest name for any other column."""
    known = [*results.names("lever"), *([ARM] if ARM in results.columns else [])]
    if column not in known:
        what = f"; it compares {listed(known)}" if known else "; it compares nothing"
        raise NoSuchColumn(f"this study does not compare values of {column!r}{nearest(column, known) or what}")
    return column


def is_difference(column: Column) -> bool:
    """Whether a column is the difference of an outcome between two choices."""
    return column.unit.startswith(DIFFERENCE)


def identifying_columns(results: Results) -> list[str]:
    """The columns that tell runs apart: random numbers, arm and levers, and uncertainties only where those do not suffice."""
    about = ["stream", *(name for name in (ARM, "changed") if name in results.columns), *results.names("lever")]
    runs = results.table([*about, "status"])
    if not runs[runs["status"] == "done"].duplicated(about).any():
        return about
    return [*about, *results.names("uncertainty")]


def paired_rows(results: Results, contrast: ContrastOf) -> tuple[np.ndarray, np.ndarray]:
    """The rows of both runs of each pair in ``runs``, reference first, in the order of the runs under the choice.

    Partners have the same random numbers, and the same values of everything that a study varies besides. What always goes
    together with the compared column, as in a list of points, is part of what is compared.
    """
    import pandas as pd

    on = [name for name in identifying_columns(results) if name != contrast.column]
    runs = results.table([*on, "status"])
    masks = (where(results, {contrast.column: value}) for value in (contrast.reference, contrast.choice))
    sides = [np.flatnonzero((runs["status"] == "done").to_numpy() & mask.to_numpy()) for mask in masks]
    tied = {
        name for name in results.names("lever") if name in on and all(runs[name].iloc[rows].nunique() <= 1 for rows in sides)
    }
    on = [name for name in on if name not in tied]
    keyed = [pd.DataFrame({**{name: runs[name].to_numpy()[rows] for name in on}, "row": rows}) for rows in sides]
    if any(each.duplicated(on).any() for each in keyed):
        raise NotComparable(
            f"several runs under one value of {contrast.column} share their random numbers: partners are unclear"
        )
    met = keyed[1].merge(keyed[0], on=on, suffixes=("_choice", "_reference"))
    if not len(met):
        raise NotComparable(f"no finished run under {contrast.choice} has a partner under {contrast.reference}")
    return met["row_reference"].to_numpy(), met["row_choice"].to_numpy()


class _Pairs:
    """A source of results whose rows are pairs of runs of other results."""

    path, notes = None, ()

    def __init__(self, results: Results, contrast: ContrastOf):
        self._results, self.contrast = results, contrast
        counts = results.manifest["counts"] | {"finished": len(self._rows[0]), "failed": 0}
        title = f"{results.manifest['title']}: {contrast.description}"
        self.manifest = results.manifest | {"title": title, "counts": counts}

    @cached_property
    def _rows(self) -> tuple[np.ndarray, np.ndarray]:
        return paired_rows(self._results, self.contrast)

    @cached_property
    def _crossed(self) -> dict[str, tuple]:
        return ResolvedFactors(self._results.experiment).crossed

    def experiment(self):
        """The experiment without what the contrast takes up."""
        experiment, column = self._results.experiment, self.contrast.column
        if column == ARM:
            return replace(experiment, arms={})
        return replace(experiment, levers={key: lever for key, lever in experiment.levers.items() if key != column})

    def columns(self) -> list[Column]:
        """The columns of the pairs."""
        results, taken = self._results, {self.contrast.column, "ended_quarter"}
        known = [*results.columns.values(), *(each for each in results.variables.values() if each.kind == "trajectory")]
        return [self._described(column) for column in known if column.name not in taken]

    def _described(self, column: Column) -> Column:
        if column.kind not in ("outcome", "trajectory"):
            return column
        unit = f"{DIFFERENCE} of shares" if is_yes_or_no(column) else f"{DIFFERENCE}, {column.unit}"
        label = f"{column.label}, {self.contrast.description}"
        return replace(column, unit=unit, label=label, low=None, high=None)

    def failures(self) -> list[dict]:
        """Failed runs have no partner, and are in no pair."""
        return []

    def runs(self, names: list[str]) -> pa.Table:
        """Columns of the table with a row a pair."""
        reference, choice = self._rows
        found = {}
        for name in dict.fromkeys(["run", *names]):
            column = self._results.columns[name]
            values = self._results.table([name])[name]
            if column.kind == "outcome":
                values = values.to_numpy(float, na_value=np.nan)
                found[name] = pa.array(values[choice] - values[reference], from_pandas=True)
            elif name == "class":
                now, before = (values.to_numpy(object)[rows] for rows in (choice, reference))
                found[name] = pa.array([one if one == other else f"{other} → {one}" for one, other in zip(now, before)])
            elif name == "point":
                found[name] = pa.array(self._points(values.to_numpy()[choice]))
            else:
                found[name] = pa.array(values.to_numpy()[choice], from_pandas=True)
        return pa.table(found)

    def _points(self, points: np.ndarray) -> np.ndarray:
        """The numbers of the points in a study without the lever: rows of the design are unchanged, combinations fewer."""
        if self.contrast.column not in self._crossed:
            return points
        after, width = 1, len(self._crossed[self.contrast.column])
        for key in reversed(self._crossed):
            if key == self.contrast.column:
                break
            after *= len(self._crossed[key])
        before, rest = np.divmod(points, after * width)
        return before * after + rest % after

    def turns(self, names: list[str]) -> Iterator[pa.Table]:
        """Columns of the table with a row a pair and turn, in one piece."""
        names = names or [column.name for column in self.columns() if column.kind == "trajectory"]
        names = [name for name in names if self._results.variables[name].kind == "trajectory"]
        found = self._results.arrays(*names)
        numbers = self._results.table(["run"])["run"].to_numpy()
        reference, choice = (np.searchsorted(found.runs, numbers[rows]) for rows in self._rows)
        turns = len(found.dates)
        series = {name: (found[name][choice] - found[name][reference]).ravel() for name in names if name in found.values}
        about = {"run": np.repeat(numbers[self._rows[1]], turns), "turn": np.tile(np.arange(1, turns + 1), len(choice))}
        yield pa.table(about | series)


def contrast_of(results: Results) -> ContrastOf | None:
    """The contrast of which results are the difference; None for any other results."""
    return getattr(results._source, "contrast", None)
