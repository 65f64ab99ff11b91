"""Export to netCDF by the CF conventions: trajectories and decisions by run and time, levers, arm and class beside each run.

The units of this model are none of those that UDUNITS knows: where a quantity has no dimension, CF wants ``1``, and the
attribute ``unit`` has what is counted.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...files.printable import cell
from ...results import Results
from ..summary import CAVEAT
from .codebook import plain_names

if TYPE_CHECKING:
    import xarray as xr

CONVENTIONS = "CF-1.8"  # the latest that checkers of the conventions know
UNITS = {"quarters": "0.25 year", "quarter": "0.25 year"}
TEXT = "U"


def write(path: Path, results: Results) -> None:
    """Write the trajectories of some results."""
    data = as_cf(results)
    whole = {name: {"_FillValue": None} for name in data.variables}  # nothing is missing
    whole["time"] |= {"units": f"days since {str(data['time'].values[0])[:10]}", "calendar": "standard", "dtype": "int32"}
    data.to_netcdf(path, engine="scipy", encoding=whole)


def as_cf(results: Results) -> xr.Dataset:
    """The trajectories with names, units, flags and coordinates as the conventions have them."""
    data = results.trajectories.swap_dims(turn="date").rename(date="time")
    data = data.rename(plain_names(name for name in data.variables if name not in data.dims))
    for name, variable in data.variables.items():
        variable.attrs = _attributes(variable) if name not in ("run", "turn", "time") else variable.attrs
    data["run"].attrs = {"long_name": "number of the run", "standard_name": "realization", "units": "1"}
    data["turn"].attrs = {"long_name": "turn, counted from 1", "units": "1"}
    data["time"].attrs = {"long_name": "first day of the turn", "standard_name": "time", "axis": "T"}
    code = results.manifest["code"]
    data.attrs = {
        "Conventions": CONVENTIONS,
        "title": cell(results.title),
        "source": f"frozen-conflict-sim {code['version']} ({code['fingerprint']}), seed {results.manifest['seed']}",
        "history": f"{results.manifest['started']} played by frozen-conflict-sim",
        "comment": CAVEAT,
    }
    return data


def _attributes(variable: xr.Variable) -> dict:
    """The attributes of a variable: flags and texts have no units."""
    told = dict(variable.attrs)
    description, unit = told.pop("description"), told.pop("units", "")
    told = {"long_name": cell(told.pop("long_name")), "comment": cell(description), **told}
    if "flag_values" in told or variable.dtype.kind == TEXT:
        return told
    return told | {"units": UNITS.get(unit, "1"), "unit": unit}
