"""The tables of an export as CSV, and files that are replaced only when complete."""

from __future__ import annotations

import os
from contextlib import contextmanager
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


@contextmanager
def whole(path: Path):
    """A temporary path to write to, which replaces ``path`` at the end."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as error:  # the error of a full disk lacks the file name
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None
    finally:
        temporary.unlink(missing_ok=True)
