"""Export results to CSV, Stata or a workbook, with a codebook."""

from __future__ import annotations

import os
from pathlib import Path

from ...experiment.errors import ResultsError
from ...experiment.store.files import make_folder, whole
from ...results import Results
from . import stata, workbook
from .codebook import codebook, csv_names, write_codebook
from .tables import trajectories_table, write_csv

FORMATS = ("csv", "stata", "xlsx")


def export(
    results: Results, folder: str | os.PathLike, to: str = "csv", *, trajectories: bool = False, european: bool = False
) -> list[Path]:
    """Write results into a folder for another program, with a codebook of all variables; return the files written.

    ``csv`` and ``stata`` give a table with a row per run and, with ``trajectories``, one with a row per run and turn; ``xlsx``
    gives a workbook with summary, classes and codebook. ``european`` tables of ``csv`` have semicolons and decimal commas.
    Raises :class:`ResultsError` for any other format.
    """
    if to not in FORMATS:
        raise ResultsError(f"cannot export to {to!r}; expected one of {', '.join(FORMATS)}")
    if trajectories and to == "xlsx":
        raise ResultsError("a workbook holds summaries only; export trajectories to csv or stata")
    if european and to != "csv":
        raise ResultsError("only csv has a European form: other formats keep numbers as numbers")
    tables = {"runs": results.runs} | ({"trajectories": trajectories_table(results)} if trajectories else {})
    naming = stata.names if to == "stata" else csv_names
    books = {name: codebook(results, table, naming(table.columns)) for name, table in tables.items()}
    folder = Path(folder)
    make_folder(folder)
    written = []
    for name, table in tables.items():
        path = folder / (f"{name}.csv" if to == "csv" else f"{name}.dta" if to == "stata" else "summary.xlsx")
        with whole(path) as temporary:
            if to == "csv":
                write_csv(temporary, table, european)
            elif to == "stata":
                stata.write(temporary, table, books[name], results)
            else:
                workbook.write(temporary, books[name], results)
        written.append(path)
    path = folder / "codebook.csv"
    with whole(path) as temporary:
        write_codebook(temporary, books)
    return [*written, path]
