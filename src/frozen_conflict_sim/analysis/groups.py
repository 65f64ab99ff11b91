"""The finished runs of a study by level: by policy, by arm, by the thirds of a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..experiment.errors import NoSuchColumn
from ..experiment.spec import BASE
from ..files.problems import nearest
from ..results import Results
from .effects import NOTHING
from .intervals import clusters

if TYPE_CHECKING:
    import pandas as pd

MOST = 6
SPLITTING = ("lever", "uncertainty", "parameter")
ABOUT = ("arm", "changed", "class")


def finished_runs(results: Results) -> pd.DataFrame:
    """The finished runs; the column ``cluster`` says which are not independent."""
    done = results.runs[results.runs["status"] == "done"]
    return done.assign(cluster=clusters(done["stream"].to_numpy())[0])


def base_runs(results: Results) -> pd.DataFrame:
    """The finished runs of the base, without those of other arms."""
    done = finished_runs(results)
    return done[done["arm"] == BASE] if "arm" in done else done


def grouping_columns(results: Results) -> list[str]:
    """The columns by which runs can be told apart beforehand, and their class."""
    return [name for name, column in results.columns.items() if column.kind in SPLITTING or name in ABOUT]


def check_grouping(results: Results, by: str) -> str:
    """The name of a column by which runs can be split; anything else is refused with the nearest."""
    known = grouping_columns(results)
    if by not in known:
        raise NoSuchColumn(f"these results cannot be split by {by!r}{nearest(by, known)}")
    return by


def main_grouping(results: Results) -> str | None:
    """What a study compares: its first lever that is a word, else its arms, else its first lever with few values."""
    levers = results.names("lever")
    if "changed" in results.columns:
        return None
    words = [name for name in levers if len(results.columns[name].options) > 1]
    if words or "arm" in results.columns:
        return (words or ["arm"])[0]
    few = [name for name in levers if 1 < results.runs[name].nunique() <= MOST]
    return few[0] if few else None


def groups(results: Results, by: str | None = None) -> dict[str, pd.DataFrame]:
    """The runs of each level of a column, at most six. Numbers with more values than that are cut into thirds.

    Of a study with arms these are the runs of its base, unless it is split by arm.
    """
    by = check_grouping(results, by) if by else main_grouping(results)
    if by is None:
        raise NoSuchColumn("these results compare nothing by themselves; say by which column they shall be split")
    runs = finished_runs(results) if by == "arm" else base_runs(results)
    if "changed" in runs and by != "changed":
        runs = runs[runs["changed"].isin([NOTHING, by])]
    runs = runs[runs[by].notna()]
    column = results.columns[by]
    if runs[by].dtype.kind == "f" and runs[by].nunique() > MOST:
        return _thirds(runs, by)
    values = list(runs[by].unique())
    order = [value for value in column.options if value in values] or (values if by == "arm" else sorted(values))
    return {_called(value): runs[runs[by] == value] for value in order[:MOST]}


def _thirds(runs: pd.DataFrame, by: str) -> dict[str, pd.DataFrame]:
    edges = np.quantile(runs[by], (0, 1 / 3, 2 / 3, 1))
    third = np.searchsorted(edges[1:3], runs[by], side="left")
    return {f"{edges[at]:.3g} to {edges[at + 1]:.3g}": runs[third == at] for at in range(3)}


def _called(value) -> str:
    return value.replace("_", " ") if isinstance(value, str) else f"{value:g}"
