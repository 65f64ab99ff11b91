"""The summary of an ensemble: a line per outcome and the shares of run classes, with 90 % intervals."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..results import Results
from .intervals import LEVEL, mean_interval, means, point_weights, share_interval

if TYPE_CHECKING:
    import pandas as pd

    from ..model.columns import Column

COLUMNS_AT_A_TIME = 32
CAVEAT = "A laboratory, not a forecast: shares of runs of this model under this scenario, not probabilities of events."


@dataclass(frozen=True)
class OutcomeLine:
    """One outcome over the runs in which it is defined. ``estimate`` is a mean, or a share where the outcome is yes or no."""

    outcome: str
    label: str
    unit: str
    statistic: str
    estimate: float | None
    interval: tuple[float, float] | None
    median: float | None
    p5: float | None
    p95: float | None
    defined: int


@dataclass(frozen=True)
class ClassLine:
    """The number and share of runs of one class."""

    name: str
    runs: int
    share: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class Summary:
    """The summary of an ensemble."""

    title: str
    seed: int
    runs: int
    failed: int
    outcomes: tuple[OutcomeLine, ...]
    classes: tuple[ClassLine, ...]

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return {**asdict(self), "level": LEVEL, "caveat": CAVEAT}


def summary(results: Results, key_outcomes: bool = False) -> Summary:
    """Summarise the finished runs of ``results``: all outcomes, or the key outcomes only."""
    done = results.values_of("status")["status"] == "done"
    names = results.names("outcome", key_outcomes)
    return Summary(
        title=results.title,
        seed=results.manifest["seed"],
        runs=int(done.sum()),
        failed=int((~done).sum()),
        outcomes=tuple(
            _outcome(results.columns[name], values[done])
            for at in range(0, len(names), COLUMNS_AT_A_TIME)
            for name, values in results.values_of(*names[at : at + COLUMNS_AT_A_TIME]).items()
        ),
        classes=class_shares(results),
    )


def class_shares(results: Results) -> tuple[ClassLine, ...]:
    """The share of each run class among the finished runs, the most frequent first."""
    counts = Counter(name for name in results.values_of("class")["class"].tolist() if isinstance(name, str))
    runs, most_first = counts.total(), sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ClassLine(name, n, n / runs, share_interval(n, runs)) for name, n in most_first)


def _outcome(column, values) -> OutcomeLine:
    values = np.asarray(values, float)
    values = values[~np.isnan(values)]
    about = (column.name, column.label, column.unit)
    if not len(values):
        return OutcomeLine(*about, "mean", None, None, None, None, None, 0)
    if is_yes_or_no(column):
        yes = int(np.sum(values))
        return OutcomeLine(*about, "share", yes / len(values), share_interval(yes, len(values)), None, None, None, len(values))
    p5, median, p95 = (float(value) for value in np.quantile(values, (0.05, 0.5, 0.95)))
    return OutcomeLine(*about, "mean", float(np.mean(values)), mean_interval(values), median, p5, p95, len(values))


def is_yes_or_no(column) -> bool:
    """Whether an outcome is an event: it happens in a run or not."""
    return column.unit == "yes or no"


def mean_or_share(column: Column, runs: pd.DataFrame) -> tuple[float | None, tuple[float, float] | None, int]:
    """An outcome over some runs, with its 90 % interval and in how many it is defined.

    A number that is the same in all runs has no interval. The column ``cluster`` says which runs are not independent. Every
    ``point`` counts the same, however many runs it has.
    """
    values = runs[column.name].to_numpy(float, na_value=np.nan)
    defined = ~np.isnan(values)
    if not defined.any():
        return None, None, 0
    weights = point_weights(runs["point"].to_numpy()[defined])
    found = means(values[defined][:, None], runs["cluster"].to_numpy()[defined], weights)
    interval = found.interval_of_share() if is_yes_or_no(column) else found.interval() if np.ptp(values[defined]) else None
    return float(found.values[0]), interval, int(defined.sum())
