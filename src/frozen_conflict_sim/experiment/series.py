"""Courses: quantities and decisions by run and turn, as plain arrays, or labelled with dates, units, meanings of codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from ..engine.setting import Setting
from ..politics.columns import Column

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True)
class Courses:
    """Arrays of shape (run, turn) by name, the numbers of the runs, and the first day of each turn's quarter."""

    runs: np.ndarray
    dates: np.ndarray
    values: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.values[name]


def courses(table: pa.Table, setting: Setting) -> Courses:
    """The rows of ``table``, one for each run and turn, as arrays."""
    table = table.sort_by([("run", "ascending"), ("turn", "ascending")])
    runs = table["run"].to_numpy()[:: setting.turns]
    names = [name for name in table.column_names if name not in ("run", "turn")]
    return Courses(runs, dates(setting), {name: table[name].to_numpy().reshape(len(runs), setting.turns) for name in names})


def dataset(found: Courses, columns: dict[str, Column], setting: Setting) -> xr.Dataset:
    """Courses with their labels, in the order of ``columns``."""
    import xarray as xr

    arrays = {name: (("run", "turn"), found[name], _attributes(columns[name])) for name in columns if name in found.values}
    turns = np.arange(setting.turns)
    coordinates = {
        "run": ("run", found.runs, {"long_name": "run"}),
        "turn": ("turn", turns, {"long_name": "turn", "units": "quarter"}),
        "date": ("turn", found.dates, {"long_name": "first day of the quarter"}),
    }
    return xr.Dataset(arrays, coordinates, {"title": setting.title})


def dates(setting: Setting) -> np.ndarray:
    """The first day of each turn's quarter."""
    year, quarter = setting.start
    months = np.datetime64(f"{year:04d}-{quarter * 3 - 2:02d}", "M") + 3 * np.arange(setting.turns)
    return months.astype("datetime64[ns]")


def _attributes(column: Column) -> dict:
    attributes = {"long_name": column.label, "units": column.unit, "description": column.meaning}
    if column.options:
        attributes |= {"flag_values": list(range(len(column.options))), "flag_meanings": " ".join(column.options)}
    return attributes
