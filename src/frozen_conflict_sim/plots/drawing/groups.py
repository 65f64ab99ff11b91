"""What pictures by level have in common: who stands beside whom, in which colour."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...analysis.groups import groups, main_split
from ...experiment.store.trajectories import Trajectories
from ...results import Results
from .style import COLOURS


def coloured(results: Results, by: str | None) -> list[tuple[str, pd.DataFrame, str]]:
    """The levels of a column, each with its runs and its colour."""
    return [(name, runs, colour) for (name, runs), colour in zip(groups(results, by).items(), COLOURS)]


def group_label(results: Results, by: str | None) -> str:
    """What is set side by side, for a legend or an axis."""
    return results.columns[by or main_split(results)].label


def rows_of(trajectories: Trajectories, name: str, runs: pd.DataFrame) -> np.ndarray:
    """The courses of some runs, one a row."""
    return trajectories[name][np.isin(trajectories.runs, runs["run"].to_numpy())]
