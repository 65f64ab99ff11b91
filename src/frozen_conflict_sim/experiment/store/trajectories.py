"""Trajectories: quantities and decisions by run and turn, as plain arrays or labelled with dates, units and codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from ...engine.setting import Setting
from ...engine.time_step import MONTHS, TIME_STEP
from ...model.columns import Column
from ..execute.arrow_arrays import numpy_array

if TYPE_CHECKING:
    import xarray as xr

    from ...scenario import Scenario
    from ..load import Experiment


Labels = list[tuple["Column", np.ndarray]]


@dataclass(frozen=True)
class Trajectories:
    """Arrays of shape (run, turn) by name, the numbers of the runs, and the first day of each turn."""

    runs: np.ndarray
    dates: np.ndarray
    values: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.values[name]


def as_arrays(tables: Iterable[pa.Table], setting: Setting) -> Trajectories:
    """Rows, one for each run and turn, as arrays; the values of a longer turn are repeated.

    Each of the ``tables`` is let go of before the next is read: together they would take several times the memory.
    """
    regular, others = [], []
    for table in tables:
        runs = _in_order_of_turns(table, setting.turns)
        if runs is None:
            others.append(table)
        else:
            regular.append((runs, _values(table)))
    if others:
        regular.append(_sorted(pa.concat_tables(others, promote_options="default"), setting.turns))
    runs = np.concatenate([runs for runs, _ in regular])
    order = np.argsort(runs, kind="stable")
    rows = slice(None) if (np.diff(order) == 1).all() else order
    names = dict.fromkeys(name for _, values in regular for name in values)
    values = {name: _joined(regular, name, setting.turns)[rows] for name in names}
    return Trajectories(runs[order], dates(setting), values)


def _values(table: pa.Table) -> dict[str, np.ndarray]:
    """Every column but those that say which run and turn a row is about."""
    return {name: numpy_array(table[name]) for name in table.column_names if name not in ("run", "turn")}


def _joined(pieces: list[tuple[np.ndarray, dict[str, np.ndarray]]], name: str, turns: int) -> np.ndarray:
    """The values of a name in all pieces, shape ``(run, turn)``; NaN in those that lack it."""
    found = [values[name] if name in values else np.full(len(runs) * turns, np.nan, np.float32) for runs, values in pieces]
    return np.concatenate(found).reshape(-1, turns) if len(found) > 1 else found[0].reshape(-1, turns)


def _in_order_of_turns(table: pa.Table, turns: int) -> np.ndarray | None:
    """The numbers of the runs, if the rows of each stand together, one for each turn in their order."""
    if not len(table) or len(table) % turns:
        return None
    turn = numpy_array(table["turn"]).reshape(-1, turns)
    if not ((np.diff(turn[0]) > 0).all() and (turn == turn[0]).all()):
        return None
    run = numpy_array(table["run"]).reshape(-1, turns)
    return run[:, 0].copy() if (run == run[:, :1]).all() else None


def _sorted(table: pa.Table, turns: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The numbers of the runs, and the values of each in the order of its turns, repeated if it has fewer."""
    table = table.sort_by([("run", "ascending"), ("turn", "ascending")])
    run = numpy_array(table["run"])
    first = np.flatnonzero(np.diff(run, prepend=-1))
    lengths = np.diff(first, append=len(run))
    rows = slice(None) if (lengths == turns).all() else np.repeat(np.arange(len(run)), np.repeat(turns // lengths, lengths))
    return run[first], {name: values[rows] for name, values in _values(table).items()}


def in_shortest_time_step(experiment: Experiment) -> Scenario:
    """The scenario of an experiment with the shortest time step that any of its runs uses: trajectories are given in it."""
    key, scenario = f"play.{TIME_STEP}", experiment.scenario
    chosen = experiment.levers.get(key) or experiment.design.table.get(key) or (scenario.time_step,)
    shortest = min({*chosen, *(arm[key] for arm in experiment.arms.values() if key in arm)}, key=MONTHS.__getitem__)
    return scenario if shortest == scenario.time_step else scenario.with_time_step(shortest)


def dataset(found: Trajectories, columns: dict[str, Column], setting: Setting, labels: Labels) -> xr.Dataset:
    """Trajectories as a labelled dataset, in the order of ``columns``; ``labels`` of runs become coordinates."""
    import xarray as xr

    arrays = {name: (("run", "turn"), found[name], _attributes(columns[name])) for name in columns if name in found.values}
    turns = np.arange(1, setting.turns + 1)
    coordinates = {
        "run": ("run", found.runs, {"long_name": "run"}),
        "turn": ("turn", turns, {"long_name": "turn, counted from 1", "units": setting.time_step.replace("_", " ")}),
        "date": ("turn", found.dates, {"long_name": "first day of the turn", "standard_name": "time"}),
        **{column.name: ("run", values, _attributes(column)) for column, values in labels},
    }
    return xr.Dataset(arrays, coordinates, {"title": setting.title})


def dates(setting: Setting) -> np.ndarray:
    """The first day of each turn."""
    year, quarter = setting.start
    months = np.datetime64(f"{year:04d}-{quarter * 3 - 2:02d}", "M") + MONTHS[setting.time_step] * np.arange(setting.turns)
    return months.astype("datetime64[ns]")


def _attributes(column: Column) -> dict:
    attributes = {"long_name": column.label, "description": column.meaning}
    if column.kind != "decision":
        return attributes | {"units": column.unit}
    codes = np.arange(len(column.options), dtype=np.int8)
    return attributes | {"flag_values": codes, "flag_meanings": " ".join(column.options)}
