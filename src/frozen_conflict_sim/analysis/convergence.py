"""Convergence: replicates run, widths of intervals, and the share of points as precise as was asked for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..experiment.execute.precision import LEVEL, coverage_after_stopping, half_widths
from ..experiment.spec import BASE
from ..results import Results
from .summary import is_yes_or_no

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class GroupPrecision:
    """Points, replicates and half-widths (minimum, median, maximum) of a group of runs: a value of the levers, an arm.

    ``enough`` is the share of points with an interval as narrow as was asked for; None if nothing was asked.
    """

    group: str
    points: int
    replicates: tuple[int, float, int]
    half_width: tuple[float, float, float]
    enough: float | None


@dataclass(frozen=True)
class Convergence:
    """The precision of one outcome; ``held`` is the simulated coverage of intervals under the stopping rule.

    The simulation is of normal numbers or, for an outcome that is yes or no, of events with the mean ``share``.
    """

    outcome: str
    asked: str
    groups: tuple[GroupPrecision, ...]
    held: float | None
    share: float | None = None

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return {**asdict(self), "level": LEVEL}


def convergence(results: Results, outcome: str = "") -> Convergence:
    """The precision of an outcome, by default the one that the stopping rule watches."""
    until = results.experiment.until
    name = outcome or (until.outcome if until else results.names("outcome", key_outcomes=True)[0])
    target = until.half_width if until and until.outcome == name else None
    is_share = is_yes_or_no(results.columns[name])
    groups, by_group = [], tables(results, name)
    for label, table in by_group.items():
        widths, counts = half_widths(table, is_share), (~np.isnan(table)).sum(axis=1)
        known = np.isfinite(widths)
        enough = float(np.mean(widths <= target)) if target else None
        took = int(counts.min()), float(np.median(counts)), int(counts.max())
        groups.append(GroupPrecision(label, len(table), took, _range(widths[known]), enough))
    share = _mean(list(by_group.values())) if is_share else None
    spread = 1.0 if is_share else _typical_spread(list(by_group.values()))
    held = (
        coverage_after_stopping(target / spread, until.start, results.experiment.replicates, share)
        if target and spread > 0
        else None
    )
    return Convergence(name, until.describe() if until else "", tuple(groups), held, share)


def _mean(tables: list[np.ndarray]) -> float | None:
    """The mean over all points; None if there are no numbers."""
    numbers = np.concatenate([table[~np.isnan(table)] for table in tables])
    return float(numbers.mean()) if len(numbers) else None


def _typical_spread(tables: list[np.ndarray]) -> float:
    """The mean standard deviation over the replicates of a point; zero if no point has two."""
    spreads = [np.nanstd(row, ddof=1) for table in tables for row in table if (~np.isnan(row)).sum() > 1]
    return float(np.mean(spreads)) if spreads else 0.0


def tables(results: Results, outcome: str) -> dict[str, np.ndarray]:
    """The outcome of each group of runs, shape ``(point, replicate)``; NaN where it is undefined."""
    results.columns[outcome]
    levers = results.names("lever")
    about = [*results.names("about"), *levers]
    runs = results.table([*dict.fromkeys([*about, outcome])])
    runs = runs[runs["status"] == "done"]
    by = [*_few(runs, levers), *(["arm"] if results.experiment.arms else [])]
    parts = runs.groupby(by, sort=False, dropna=False) if by else [((), runs)]
    return {_label(by, values): _table(part, outcome) for values, part in parts}


def _few(runs: pd.DataFrame, levers: list[str]) -> list[str]:
    """The levers with at most twelve values."""
    return [name for name in levers if runs[name].nunique() <= 12]


def _label(by: list[str], values) -> str:
    values = values if isinstance(values, tuple) else (values,)
    parts = [str(value) if name == "arm" else f"{name} = {value}" for name, value in zip(by, values) if value != BASE]
    return ", ".join(parts) or "all runs"


def _table(runs: pd.DataFrame, outcome: str) -> np.ndarray:
    table = runs.pivot_table(index="point", columns="replicate", values=outcome, aggfunc="first", dropna=False)
    return table.to_numpy(float, na_value=np.nan)


def _range(values: np.ndarray) -> tuple[float, float, float]:
    return tuple(float(of(values)) for of in (np.min, np.median, np.max)) if len(values) else (np.nan,) * 3
