"""The tables of an export as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...files.printable import cell
from ...results import Results

if TYPE_CHECKING:
    import pandas as pd


INDEX = ("run", "turn", "quarter")


def trajectories_table(results: Results) -> pd.DataFrame:
    """All stored trajectories and decisions in long form, beside levers, arm and class: a row per run and turn from 1."""
    data = results.trajectories.drop_vars("date")
    frame = data.to_dataframe().reset_index()
    quarters = [results.scenario.date(turn) for turn in range(results.scenario.turns)]
    frame["quarter"] = frame["turn"].map(dict(enumerate(quarters, 1)))
    labels = [name for name in data.coords if name not in INDEX]
    return frame[[*INDEX, *labels, *data]]


def write_csv(path: Path, table: pd.DataFrame, european: bool = False) -> None:
    """Write a table as CSV; undefined values are empty cells, and whole values of a column with fractions end in ``.0``.

    A European table separates cells by semicolons and has decimal commas.
    """
    texts = {name: table[name].map(cell) for name in table if table[name].dtype.kind not in "iufb"}
    how = {"sep": ";", "decimal": ","} if european else {}
    table.assign(**texts).to_csv(path, index=False, lineterminator="\n", chunksize=10_000, **how)
