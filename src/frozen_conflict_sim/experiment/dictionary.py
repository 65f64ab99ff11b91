"""The data dictionary: what every column of the results means, so that a folder explains itself."""

from __future__ import annotations

import csv
import io

from ..engine.setting import Setting
from ..politics.columns import Column, columns

_FIELDS = ("name", "kind", "unit", "label", "meaning", "source", "better_for", "options", "low", "high", "owner", "headline")
_ABOUT_RUNS = {
    "run": ("number", "The run's number within the study."),
    "point": ("number", "The point of the design that the run belongs to."),
    "replicate": ("number", "Which repetition at its point."),
    "luck": ("number", "The luck index: runs that share it share every draw of chance."),
    "status": ("word", "Whether the run was finished (done) or failed."),
    "class": ("word", "What kind of course the run took."),
    "ended_turn": ("turn", "The turn after which the run ended; the number of turns, if it ran to its end."),
}


def dictionary(setting: Setting) -> list[Column]:
    """Every column of runs and trajectories, in the order in which they are stored."""
    about = [
        Column(name, "about", unit, meaning, label=name.replace("_", " ")) for name, (unit, meaning) in _ABOUT_RUNS.items()
    ]
    return [*about, *columns(setting)]


def to_csv(dictionary: list[Column]) -> str:
    """The dictionary as a CSV file, one column a line; options are separated by spaces, their codes count from 0."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("column", *_FIELDS[1:]))
    for column in dictionary:
        writer.writerow([_cell(getattr(column, field)) for field in _FIELDS])
    return text.getvalue()


def from_csv(text: str) -> list[Column]:
    """The dictionary that ``to_csv`` wrote."""
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        name = row.pop("column")
        bounds = {end: float(cell) if (cell := row.pop(end)) else None for end in ("low", "high")}
        headline = bool(row.pop("headline"))
        found.append(Column(name=name, options=tuple(row.pop("options").split()), headline=headline, **bounds, **row))
    return found


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    return " ".join(value) if isinstance(value, tuple) else f"{value:g}" if isinstance(value, float) else str(value)
