"""The tables of an export as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...results import Results

if TYPE_CHECKING:
    import pandas as pd


INDEX = ("run", "turn", "quarter")


def trajectories_table(results: Results) -> pd.DataFrame:
    """All stored trajectories and decisions in long form: a row per run and turn, turns counted from 1."""
    frame = results.trajectories.drop_vars("date").to_dataframe().reset_index()
    quarters = [results.scenario.date(turn) for turn in range(results.scenario.turns)]
    frame.insert(2, "quarter", frame["turn"].map(dict(enumerate(quarters))))
    frame["turn"] += 1
    return frame


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV; undefined values are empty cells."""
    import pyarrow as pa
    from pyarrow import csv

    csv.write_csv(pa.Table.from_pandas(table, preserve_index=False), path, csv.WriteOptions(quoting_style="needed"))
