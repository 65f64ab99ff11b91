"""The codebook of an export: name, meaning, unit and bounds of each variable, and how often it is defined."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from ...files.printable import cell
from ...results import Results

if TYPE_CHECKING:
    import pandas as pd

ABOUT_TURNS = {
    "turn": ("number", "turn", "The turn, counted from 1."),
    "quarter": ("quarter of a year", "quarter", "The quarter of the turn."),
}


@dataclass(frozen=True)
class Variable:
    """One variable of an exported table; ``codes`` are the options of a decision by code."""

    variable: str
    column: str
    kind: str
    unit: str
    label: str
    meaning: str
    source: str
    low: float | None
    high: float | None
    codes: dict[int, str]
    defined: int
    undefined: int


def csv_names(columns: Iterable[str]) -> dict[str, str]:
    """Variables named like their columns."""
    return {name: name for name in columns}


def plain_names(columns: Iterable[str]) -> dict[str, str]:
    """Variables of letters, digits and underscores alone, no two alike.

    >>> plain_names(["georgia.alienation", "georgia_alienation"])
    {'georgia.alienation': 'georgia_alienation', 'georgia_alienation': 'georgia_alienation_2'}
    """
    called: dict[str, str] = {}
    for name in columns:
        plain = free = re.sub(r"\W", "_", name, flags=re.ASCII)
        number = 1
        while free in called.values():
            number += 1
            free = f"{plain}_{number}"
        called[name] = free
    return called


def codebook(results: Results, table: pd.DataFrame, names: dict[str, str]) -> list[Variable]:
    """The variables of a table in order; ``names`` gives the exported name of each column."""
    described = {**results.columns, **results.variables} if "turn" in table else results.columns
    return [_variable(name, names[name], described.get(name), int(table[name].notna().sum()), len(table)) for name in table]


def _variable(name: str, called: str, column, defined: int, rows: int) -> Variable:
    counts = (defined, rows - defined)
    if name in ABOUT_TURNS:
        return Variable(called, name, "about", *ABOUT_TURNS[name], "", None, None, {}, *counts)
    codes = dict(enumerate(column.options)) if column.kind == "decision" else {}
    about = (column.kind, column.unit, column.label, column.meaning, column.source, column.low, column.high)
    return Variable(called, name, *about, codes, *counts)


def cells(variable: Variable) -> list:
    """A variable as a row of the codebook."""
    codes = "; ".join(f"{code} = {option}" for code, option in variable.codes.items())
    return list((asdict(variable) | {"codes": codes}).values())


HEADINGS = tuple(field.name for field in fields(Variable))


def write_codebook(path: Path, books: dict[str, list[Variable]]) -> None:
    """Write the codebook of all tables of an export as one CSV file."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("table", *HEADINGS))
        for name, book in books.items():
            writer.writerows((name, *map(cell, cells(variable))) for variable in book)
