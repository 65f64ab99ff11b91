"""Pairs of runs that use the same random numbers, and differences within pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ...experiment.errors import NotComparable, ResultsError
from ...experiment.spec import BASE
from ...files.problems import listed
from ...results import Results
from ..intervals import Means, change_interval, clusters, means, point_weights
from ..summary import is_yes_or_no

if TYPE_CHECKING:
    import pandas as pd

    from ...model.columns import Column

ARM = "arm"


@dataclass(frozen=True)
class Pairs:
    """Rows of two tables of runs, side by side. ``unpaired`` counts the finished runs of each side without a partner."""

    left: pd.DataFrame
    right: pd.DataFrame
    unpaired: tuple[int, int]

    def __len__(self):
        return len(self.left)

    @cached_property
    def clusters(self) -> np.ndarray:
        """The cluster of each pair: its stream number or, where uncertainties are sampled, its draw."""
        return clusters(self.left["stream"].to_numpy())[0]


@dataclass(frozen=True)
class Difference:
    """How one outcome differs within pairs, right minus left, over the pairs in which both runs define it.

    ``changed`` is the share of pairs that differ; a number that differs in none has no interval. ``variance_reduction`` is the
    variance of the difference of two independent means over that of the paired difference.
    """

    outcome: str
    label: str
    unit: str
    better_for: str
    pairs: int
    left: float | None
    right: float | None
    difference: float | None
    interval: tuple[float, float] | None
    changed: float | None
    variance_reduction: float | None


def pair(left: pd.DataFrame, right: pd.DataFrame, on: Sequence[str] = ("stream",)) -> Pairs:
    """Pair the finished runs of two tables by the columns ``on``: stream number and, with several levers, the others.

    Raises :class:`NotComparable` if several runs of one side have the same values in these columns.
    """
    on = list(on)
    tables = [table[table["status"] == "done"].set_index(on, drop=False) for table in (left, right)]
    for table in tables:
        table.attrs = {}  # pandas would copy units and names again and again
        if table.index.has_duplicates:
            raise NotComparable(f"several runs of one side have the same {' and '.join(on)}, so partners are ambiguous")
    common = tables[0].index.intersection(tables[1].index, sort=True)
    return Pairs(
        *(table.loc[common].reset_index(drop=True) for table in tables),
        unpaired=(len(tables[0]) - len(common), len(tables[1]) - len(common)),
    )


def differences(pairs: Pairs, columns: Sequence[Column]) -> tuple[Difference, ...]:
    """How each of some outcomes differs within pairs."""
    return tuple(_difference(pairs, column) for column in columns)


def _difference(pairs: Pairs, column: Column) -> Difference:
    left, right = (table[column.name].to_numpy(float, na_value=np.nan) for table in (pairs.left, pairs.right))
    both = ~(np.isnan(left) | np.isnan(right))
    about = (column.name, column.label, column.unit, column.better_for, int(both.sum()))
    if not both.any():
        return Difference(*about, None, None, None, None, None, None)
    left, right = left[both], right[both]
    changed = float(np.mean(left != right))
    weights = point_weights(pairs.left["point"].to_numpy()[both]) if "point" in pairs.left else None
    found = means(np.column_stack([left, right, right - left]), pairs.clusters[both], weights)
    paired, unpaired = found.covariance[2, 2], found.covariance[0, 0] + found.covariance[1, 1]
    values = [float(value) for value in found.values]
    variance_reduction = float(unpaired / paired) if paired > 0 else None
    interval = _of_shares(left, right, found) if is_yes_or_no(column) else found.interval(2) if changed else None
    return Difference(*about, *values, interval, changed, variance_reduction)


def _of_shares(left: np.ndarray, right: np.ndarray, found: Means) -> tuple[float, float] | None:
    """The interval of a difference of shares, with the effective number of independent pairs."""
    if found.clusters < 2:
        return None
    up, down = float(np.mean(right > left)), float(np.mean(right < left))
    paired = float(found.covariance[2, 2])
    return change_interval(up, down, (up + down - (up - down) ** 2) / paired if paired > 0 else found.clusters)


def where(results: Results, values: Mapping[str, object]) -> pd.Series:
    """A mask over ``runs`` whose columns have the given values; raises :class:`ResultsError` for a value that no run has."""
    import pandas as pd

    mask = pd.Series(True, results.table(["run"]).index)
    for name, value in values.items():
        column = results.table([results.columns[name].name])[name]
        found = np.isclose(column, value) if isinstance(value, (int, float)) and column.dtype.kind in "iuf" else column == value
        if not found.any():
            known = listed([f"{each:g}" if isinstance(each, float) else str(each) for each in column.dropna().unique()], 8)
            raise ResultsError(f"no run has {name}={value}; runs have {known}")
        mask &= found
    return mask


def of_base(results: Results, chosen: Mapping[str, object]) -> Mapping[str, object]:
    """What chooses runs of a study; of one with arms those of the base, as in all tables, unless an arm is chosen."""
    return {**chosen, ARM: BASE} if ARM in results.columns and ARM not in chosen else chosen


def notes_about_arms(sides: Sequence[Results], filters: Sequence[Mapping], chosen: Sequence[Mapping]) -> tuple[str, ...]:
    """A note for each results of whose arms the base alone is ``chosen``, as the ``filters`` say nothing of arms."""
    of_base_alone = dict.fromkeys(side for side, own, used in zip(sides, filters, chosen) if used != own)
    return tuple(
        f"of {side.path or side.title} the base alone is compared; choose another arm by a filter: "
        + listed([f"arm={arm}" for arm in side.experiment.arms], 3)
        for side in of_base_alone
    )


def shared_by_partners(left: Results, right: Results, left_runs: pd.DataFrame, right_runs: pd.DataFrame) -> list[str]:
    """The columns that partners share besides random numbers: arm, levers and, if needed to tell runs apart, uncertainties."""
    designed = [ARM, "changed", *left.names("lever"), *left.names("uncertainty")]
    common = [name for name in designed if name in left_runs and name in right_runs]
    uncertain = {name for side in (left, right) for name in side.names("uncertainty")}
    varied = [name for name in common if any(runs[name].nunique() > 1 for runs in (left_runs, right_runs))]
    levers = ["stream", *(name for name in varied if name not in uncertain)]
    unique = not any(runs.duplicated(levers).any() for runs in (left_runs, right_runs))
    return levers if unique else ["stream", *varied]
