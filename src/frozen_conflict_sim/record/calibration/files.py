"""What a calibration leaves behind: the plausible sets as a table that an experiment can draw from, and how they came about."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np

from ...experiment.store.files import write_whole

POSTERIOR, REPORT = "posterior.csv", "calibration.json"


def table(keys: tuple[str, ...], sets: np.ndarray) -> str:
    """Sets as CSV: dotted keys in the first line, then a set a line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([f"{value:.6g}" for value in line] for line in sets)
    return text.getvalue()


def keep(folder: Path, keys: tuple[str, ...], sets: np.ndarray, report: dict) -> Path:
    """Write both files; the path of the table."""
    path = folder / POSTERIOR
    write_whole(path, table(keys, sets).encode())
    write_whole(folder / REPORT, (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode())
    return path
