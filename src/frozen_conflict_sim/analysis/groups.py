"""Groups of the finished runs of a study: by policy, by arm, by thirds of a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..experiment.errors import NoSuchColumn
from ..experiment.spec import BASE
from ..files.problems import nearest
from ..results import Results
from ..scenario.quantities import shown
from .effects import NOTHING
from .intervals import clusters

if TYPE_CHECKING:
    import pandas as pd

MOST = 6
SPLITTING = ("lever", "uncertainty", "parameter")
ABOUT = ("arm", "changed", "class")


def finished_runs(results: Results, *names: str) -> pd.DataFrame:
    """The finished runs, with the columns that identify them and those named; runs with one ``cluster`` are not independent."""
    runs = results.table([*results.names("about"), *names])
    done = runs[runs["status"] == "done"]
    return done.assign(cluster=clusters(done["stream"].to_numpy())[0])


def base_runs(results: Results, *names: str) -> pd.DataFrame:
    """The finished runs of the base, without other arms, with the columns that identify them and those named."""
    done = finished_runs(results, *names)
    return done[done["arm"] == BASE] if "arm" in done else done


def grouping_columns(results: Results) -> list[str]:
    """The columns by which runs can be grouped: inputs, arm and class."""
    return [name for name, column in results.columns.items() if column.kind in SPLITTING or name in ABOUT]


def check_grouping(results: Results, by: str) -> str:
    """The name of a grouping column; raises :class:`NoSuchColumn` with the nearest name for any other."""
    known = grouping_columns(results)
    if by not in known:
        raise NoSuchColumn(f"these results cannot be grouped by {by!r}{nearest(by, known)}")
    return by


def spoken(results: Results, name: str) -> str:
    """A column as it is called in a sentence: ``patron.policy`` is "Moscow's policy" where Moscow is the only patron."""
    label = results.columns[name].label
    owner, colon, what = label.partition(": ")
    members = results.scenario.entities.get(owner, ())
    if not colon or owner == "play":
        return what or label
    return f"{results.scenario.names.get(members[0], members[0]) if len(members) == 1 else owner}'s {what}"


def main_grouping(results: Results) -> str | None:
    """The column that a study compares: its first categorical lever, else its arms, else its first lever with few values."""
    levers = results.names("lever")
    if "changed" in results.columns:
        return None
    words = [name for name in levers if len(results.columns[name].options) > 1]
    if words or "arm" in results.columns:
        return (words or ["arm"])[0]
    few = [name for name in levers if 1 < results.table([name])[name].nunique() <= MOST]
    return few[0] if few else None


def groups(results: Results, by: str | None = None, *names: str) -> dict[str, pd.DataFrame]:
    """The runs by value of a column, at most six groups; a number with more values is cut into thirds.

    They have the columns that identify them and those named. In a study with arms, only the runs of the base, unless grouped
    by arm. Raises :class:`NoSuchColumn` if there is no ``by`` and the study compares nothing.
    """
    by = check_grouping(results, by) if by else main_grouping(results)
    if by is None:
        raise NoSuchColumn("this study compares nothing by itself; name a column to group by")
    runs = (finished_runs if by == "arm" else base_runs)(results, by, *names)
    if "changed" in runs and by != "changed":
        runs = runs[runs["changed"].isin([NOTHING, by])]
    runs = runs[runs[by].notna()]
    column = results.columns[by]
    if runs[by].dtype.kind == "f" and runs[by].nunique() > MOST:
        return _thirds(runs, by)
    values = list(runs[by].unique())
    order = [value for value in column.options if value in values] or (values if by == "arm" else sorted(values))
    return {_called(value, column.unit): runs[runs[by] == value] for value in order[:MOST]}


def _thirds(runs: pd.DataFrame, by: str) -> dict[str, pd.DataFrame]:
    edges = np.quantile(runs[by], (0, 1 / 3, 2 / 3, 1))
    third = np.searchsorted(edges[1:3], runs[by], side="left")
    return {f"{edges[at]:.3g} to {edges[at + 1]:.3g}": runs[third == at] for at in range(3)}


def _called(value, unit: str) -> str:
    value = shown(value, unit)
    return value.replace("_", " ") if isinstance(value, str) else f"{value:g}"
