"""Some runs of a study: those under one policy, or in one arm; and what the partners in a comparison of such runs share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ..experiment.errors import ResultsError
from ..files.problems import listed
from ..results import Results

if TYPE_CHECKING:
    import pandas as pd


def where(results: Results, values: Mapping[str, object]) -> pd.Series:
    """A mask over ``runs``: those in which each of some columns has a given value."""
    import pandas as pd

    mask = pd.Series(True, results.runs.index)
    for name, value in values.items():
        column = results.runs[results.columns[name].name]
        found = np.isclose(column, value) if isinstance(value, (int, float)) and column.dtype.kind in "iuf" else column == value
        if not found.any():
            known = listed([f"{each:g}" if isinstance(each, float) else str(each) for each in column.dropna().unique()], 8)
            raise ResultsError(f"no run has {name}={value}; runs have {known}")
        mask &= found
    return mask


def shared_by_partners(left: Results, right: Results, left_runs: pd.DataFrame, right_runs: pd.DataFrame) -> list[str]:
    """What partners have in common besides chance: arm, levers and, where these do not tell them apart, uncertainties."""
    designed = ["arm", "changed", *left.names("lever"), *left.names("uncertainty")]
    common = [name for name in designed if name in left_runs and name in right_runs]
    uncertain = {name for side in (left, right) for name in side.names("uncertainty")}
    varied = [name for name in common if any(runs[name].nunique() > 1 for runs in (left_runs, right_runs))]
    levers = ["luck", *(name for name in varied if name not in uncertain)]
    told_apart = not any(runs.duplicated(levers).any() for runs in (left_runs, right_runs))
    return levers if told_apart else ["luck", *varied]
