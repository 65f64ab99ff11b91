"""Groups of runs for comparing plots: their names, runs and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...analysis.groups import groups, main_grouping, spoken
from ...experiment.store.trajectories import Trajectories
from ...results import Results
from .axes import label
from .style import COLOURS

if TYPE_CHECKING:
    import pandas as pd


def coloured(results: Results, by: str | None, *names: str) -> list[tuple[str, pd.DataFrame, str]]:
    """The groups of runs by a column (by default what the study compares): name, runs with some columns, colour of each."""
    return [(label(name), runs, colour) for (name, runs), colour in zip(groups(results, by, *names).items(), COLOURS)]


def compared(results: Results, by: str | None) -> str:
    """What the groups are, to end a title: "by Moscow's policy"."""
    return f"by {spoken(results, by or main_grouping(results))}"


def group_label(results: Results, by: str | None) -> str:
    """The label of the column by which runs are grouped."""
    return results.columns[by or main_grouping(results)].label


def rows_of(trajectories: Trajectories, name: str, runs: pd.DataFrame) -> np.ndarray:
    """The trajectories of some runs, as an array of shape (run, turn)."""
    return trajectories[name][np.isin(trajectories.runs, runs["run"].to_numpy())]
