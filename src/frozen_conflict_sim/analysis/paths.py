"""Paths: when things happen first, and when runs take their class, as competing risks.

A run that ends early (by a war, or when its last territory is taken in or settled) is not lost from sight: what has not
happened by then cannot happen any more. So it stays in the denominator, and the share in which something has happened by a
quarter is its cumulative incidence; to leave such runs out, as one does with lost cases, would overstate it. All runs of a
study have one horizon, so nothing is censored before it. Reference: @putter2007.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import numpy as np

from ..engine.time_step import MONTHS
from ..experiment.errors import ResultsError
from ..results import Results
from .groups import base_runs, groups, main_grouping
from .intervals import LEVEL, clusters, means, point_weights
from .summary import CAVEAT
from .wording import share_with_interval

UNDATED = ("thaw", "frozen")  # classes of runs in which nothing decisive happens: they are what is left at the end
TREATY, ALL = "a first treaty", "all runs"
DECISIVE = {"war": "fighting", "annexation": "annexed", "settlement": "reintegrated"}


@dataclass(frozen=True)
class Incidence:
    """How often something has happened by each quarter, in one group of runs.

    ``shares`` is the cumulative incidence by quarter, counted from 1, ``low`` and ``high`` its 90 % interval. ``median`` is the
    quarter by which it has happened in half of the runs in which it ever does, None if it never happens.
    """

    name: str
    group: str
    runs: int
    shares: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    median: float | None

    @property
    def by_the_end(self) -> float:
        """The share of the runs in which it ever happens."""
        return self.shares[-1]


@dataclass(frozen=True)
class Paths:
    """First times of events, and times at which runs take their class, by group; ``notes`` say what could not be dated."""

    grouping: str
    quarters: int
    dates: tuple[str, ...]
    events: tuple[Incidence, ...]
    classes: tuple[Incidence, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return {**asdict(self), "level": LEVEL, "caveat": CAVEAT}


def paths(results: Results, by: str | None = None, progress: Callable[[int], object] = lambda finished: None) -> Paths:
    """The paths of the runs of a study in the groups of a column, by default of what the study compares.

    ``progress`` is called with 1 after each group.

    Raises ``ResultsError`` if nothing in these results has a date, ``NoSuchColumn`` for a column that cannot group.
    """
    times, notes = _times(results)
    classes, more = _class_times(results, times)
    if not times:
        raise ResultsError("nothing in these results has a date: no first treaty, no opening of a project, no event over time")
    quarters = results.scenario.turns * MONTHS[results.scenario.time_step] // MONTHS["quarter"]
    grouping = by or main_grouping(results)
    parts = groups(results, grouping) if grouping else {ALL: base_runs(results)}
    numbers = results.table(["run"])["run"].to_numpy()
    found: dict[str, list[Incidence]] = {"events": [], "classes": []}
    for called, runs in parts.items():
        rows = np.searchsorted(numbers, runs["run"].to_numpy())
        member, weights = clusters(runs["stream"].to_numpy())[0], point_weights(runs["point"].to_numpy())
        for kind, by_name in (("events", times), ("classes", classes)):
            for name, when in by_name.items():
                found[kind].append(incidence(name, called, when[rows], quarters, member, weights))
        progress(1)
    dates = tuple(_date(results, quarter) for quarter in range(1, quarters + 1))
    return Paths(grouping or "", quarters, dates, tuple(found["events"]), tuple(found["classes"]), (*notes, *more))


def incidence(
    name: str, group: str, when: np.ndarray, quarters: int, member: np.ndarray, weights: np.ndarray | None = None
) -> Incidence:
    """The cumulative incidence of what happens first in the quarters ``when``, NaN where it never does.

    ``member`` says which runs are not independent. Every point counts the same through its ``weights``.
    """
    happened = when[:, None] <= np.arange(1, quarters + 1)
    found = means(happened.astype(float), member, weights)
    ends = [found.interval_of_share(at) or (float(found.values[at]),) * 2 for at in range(quarters)]
    known = when[~np.isnan(when)]
    median = float(np.median(known)) if len(known) else None
    low, high = zip(*ends)
    return Incidence(name, group, len(when), tuple(map(float, found.values)), low, high, median)


def _date(results: Results, quarter: int) -> str:
    turn = (quarter - 1) * MONTHS["quarter"] // MONTHS[results.scenario.time_step]
    return results.scenario.date(turn)


def _times(results: Results) -> tuple[dict[str, np.ndarray], list[str]]:
    """The first quarter of every event that has a date, by what it is called; and what has none although it happens."""
    found, notes = {}, []
    treaties = [name for name in results.names("outcome") if name.endswith(".treaty_quarter")]
    if treaties:
        found[TREATY] = _earliest(results.table(treaties).to_numpy(float, na_value=np.nan))
    for name in results.names("outcome"):
        if name.endswith(".opening_quarter"):
            label = results.columns[name].label.partition(":")[0]
            found[f"{label} opens"] = results.table([name])[name].to_numpy(float, na_value=np.nan)
    exits, undated = (
        _first(results, "forced_exit"),
        [name for name in results.names("outcome") if name.endswith(".forced_exits")],
    )
    if exits is not None:
        found["a leader is driven out"] = exits
    elif undated and np.nansum(results.table(undated).to_numpy(float, na_value=np.nan)):
        notes.append("exits of leaders have no date here, because forced_exit is not stored: add it to keep:, or use run")
    return found, notes


def _earliest(quarters: np.ndarray) -> np.ndarray:
    known = np.where(np.isnan(quarters), np.inf, quarters).min(axis=1)
    return np.where(np.isinf(known), np.nan, known)


def _first(results: Results, quantity: str) -> np.ndarray | None:
    """The first quarter in which a stored quantity of any member is above one half; None if it is not stored."""
    names = [name for name in results.names("trajectory") if name.rpartition(".")[2] == quantity]
    if not names:
        return None
    series = results.arrays(*names)
    happened = np.maximum.reduce([series[name] for name in names]) > 0.5
    months = MONTHS[results.scenario.time_step]
    first = np.where(happened.any(axis=1), happened.argmax(axis=1) * months // MONTHS["quarter"] + 1.0, np.nan)
    every = np.full(len(results.table(["run"])), np.nan)
    every[np.searchsorted(results.table(["run"])["run"].to_numpy(), series.runs)] = first
    return every


def _class_times(results: Results, times: dict[str, np.ndarray]) -> tuple[dict[str, np.ndarray], list[str]]:
    """When runs take their class: at the event that decides it; classes without one only at the end of the run.

    War, annexation and settlement are dated by their trajectories or, where these are not stored, by the end of the run;
    integration, contested or not, by the first treaty.
    """
    table = results.table(["class", "ended_quarter"])
    classes, ended = table["class"].to_numpy(object), table["ended_quarter"].to_numpy(float, na_value=np.nan)
    found, undated = {}, []
    for name in dict.fromkeys(each for each in classes if isinstance(each, str)):
        if name in UNDATED:
            continue
        when = _first(results, DECISIVE[name]) if name in DECISIVE else times.get(TREATY)
        when = ended if when is None else np.where(np.isnan(when), ended, when)
        undated += [name] if name in DECISIVE and _first(results, DECISIVE[name]) is None else []
        found[name] = np.where(classes == name, when, np.nan)
    note = f"{' and '.join(undated)}: dated by the end of the run, because {' and '.join(DECISIVE[name] for name in undated)} "
    return dict(_in_order(found)), [f"{note}is not stored"] if undated else []


def _in_order(found: dict[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
    yield from sorted(found.items(), key=lambda item: -int((~np.isnan(item[1])).sum()))


def sentences(found: Paths) -> list[str]:
    """What the paths say: how often each event has happened by the end in each group, and when in half of those runs."""
    said = []
    for name in dict.fromkeys(line.name for line in found.events):
        parts = [_in_words(found, line) for line in found.events if line.name == name]
        said.append(f"By the end {'there is ' if name == TREATY else ''}{name} in {'; in '.join(parts)}.")
    return said


def _in_words(found: Paths, line: Incidence) -> str:
    half = f", half of them by {found.dates[int(line.median) - 1].replace('-', ' ')}" if line.median else ""
    share = share_with_interval(line.by_the_end, (line.low[-1], line.high[-1]) if line.low[-1] < line.high[-1] else None)
    return f"{share} of {line.group if line.group == ALL else f'runs with {line.group}'}{half}"
