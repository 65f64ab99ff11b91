"""Effects of an experiment: each outcome under every value of every lever, and paired differences from every arm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ..experiment.designs import KINDS
from ..experiment.spec import BASE
from ..results import Results
from ..scenario.quantities import shown
from .comparison.pairing import Difference, differences, pair
from .intervals import LEVEL, clusters
from .main_effects import MainEffect, main_effects
from .summary import CAVEAT, mean_or_share

if TYPE_CHECKING:
    import pandas as pd

    from ..model.columns import Column

NOTHING = "nothing"


@dataclass(frozen=True)
class Effect:
    """One outcome under one value of one lever, averaged over everything else that varies.

    ``versus`` has paired differences: this value minus an arm or, if the design changes one thing at a time, minus the
    unchanged scenario.
    """

    lever: str
    value: str | float | None
    outcome: str
    label: str
    unit: str
    runs: int
    estimate: float | None
    interval: tuple[float, float] | None
    versus: dict[str, Difference]


@dataclass(frozen=True)
class Effects:
    """All effects of an experiment, and the main effects of its uncertainties."""

    question: str
    runs: int
    failed: int
    streams: int
    clustered_by: str
    effects: tuple[Effect, ...]
    main_effects: tuple[MainEffect, ...]

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return {**asdict(self), "level": LEVEL, "caveat": CAVEAT}


def effects(results: Results, outcomes: Sequence[str] = ()) -> Effects:
    """The effects of all levers on some outcomes, by default those that the experiment names, else the key outcomes."""
    wanted = outcomes or results.experiment.outcomes or results.names("outcome", key_outcomes=True)
    columns = [results.columns[name] for name in wanted]
    changed = results.names("uncertainty") if "changed" in results.columns else []
    runs = results.table([*results.names("about"), *results.names("lever"), *changed, *wanted])
    done = runs[runs["status"] == "done"]
    streams = int(done["stream"].nunique())
    cluster, clustered_by = clusters(done["stream"].to_numpy())
    done = done.assign(cluster=cluster)
    found = [
        effect
        for lever, value, runs, against in _groups(results, done)
        for effect in _effects(lever, value, runs, against, columns)
    ]
    sampled = results.names("uncertainty") if KINDS[results.experiment.design.kind].samples else []
    base = done[done["arm"] == BASE] if results.experiment.arms else done
    failed = len(runs) - len(done)
    driving = main_effects(base, (results.table([name])[name] for name in sampled), columns)
    return Effects(results.experiment.question, len(done), failed, streams, clustered_by, tuple(found), driving)


def _groups(results: Results, done: pd.DataFrame) -> Iterator[tuple]:
    """Lever, value, the runs under it, and by name the runs to compare them with."""
    arms = results.experiment.arms
    base = done[done["arm"] == BASE] if arms else done
    if "changed" in done:
        as_it_is = base[base["changed"] == NOTHING]
        yield NOTHING, None, as_it_is, {}
        for (changed, _), runs in base[base["changed"] != NOTHING].groupby(["changed", "point"], sort=False):
            yield changed, _plain(runs[changed].iloc[0], results, changed), runs, {NOTHING: _beside(as_it_is, runs)}
        return
    levers = [name for name in results.names("lever") if name in done]
    for lever in levers or [None]:
        for value, runs in base.groupby(lever, sort=False) if lever else [(None, base)]:
            against = {arm: done[done["arm"] == arm] for arm in arms}
            yield lever or "", _plain(value, results, lever), runs, against


def _beside(as_it_is: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The runs in which nothing is changed, under the number of the point with which they are compared."""
    return as_it_is.assign(point=runs["point"].iloc[0])


def _plain(value, results: Results, lever: str | None):
    """A value of a lever as plain data; a date as files write it."""
    value = value.item() if hasattr(value, "item") else value
    return shown(value, results.columns[lever].unit) if lever else value


def _effects(lever: str, value, runs: pd.DataFrame, against: dict, columns: list[Column]) -> Iterator[Effect]:
    versus = {}
    for name, others in against.items():
        paired = pair(others, runs, on=("point", "replicate"))
        versus[name] = {line.outcome: line for line in differences(paired, columns)} if len(paired) else {}
    for column in columns:
        estimate, interval, defined = mean_or_share(column, runs)
        lines = {name: found[column.name] for name, found in versus.items() if column.name in found}
        yield Effect(lever, value, column.name, column.label, column.unit, defined, estimate, interval, lines)
