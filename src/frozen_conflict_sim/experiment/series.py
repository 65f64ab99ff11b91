"""Trajectories as a labelled array: by run and turn, with dates, units, long names and the meaning of codes."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import xarray as xr

from ..engine.setting import Setting
from ..politics.columns import Column


def dataset(table: pa.Table, columns: dict[str, Column], setting: Setting) -> xr.Dataset:
    """The rows of ``table``, one for each run and turn, as arrays of shape (run, turn)."""
    table = table.sort_by([("run", "ascending"), ("turn", "ascending")])
    runs = table["run"].to_numpy()[:: setting.turns]
    names = [name for name in columns if name in table.column_names and name not in ("run", "turn")]
    arrays = {
        name: (("run", "turn"), table[name].to_numpy().reshape(len(runs), setting.turns), _attributes(columns[name]))
        for name in names
    }
    turns = np.arange(setting.turns)
    coordinates = {
        "run": ("run", runs, {"long_name": "run"}),
        "turn": ("turn", turns, {"long_name": "turn", "units": "quarter"}),
        "date": ("turn", dates(setting), {"long_name": "first day of the quarter"}),
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
