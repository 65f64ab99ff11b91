"""A summary workbook: what the runs gave, how they went, what each column means."""

from __future__ import annotations

from pathlib import Path

from ...results import Results
from ..summary import CAVEAT
from .codebook import HEADINGS, Variable, cells
from .sheets import Sheet, about, classes, outcomes

WIDTHS = dict(zip("ABCDEFGHIJKLMNO", (34, 40, *[16] * 13)))


def write(path: Path, book: list[Variable], results: Results) -> None:
    """Write the workbook."""
    from openpyxl import Workbook

    made = Workbook(write_only=True)
    made.properties.title, made.properties.description = results.title, CAVEAT
    codebook = Sheet("codebook", HEADINGS, [tuple(cells(variable)) for variable in book])
    for sheet in (outcomes(results), classes(results), codebook, about(results)):
        _add(made, sheet)
    made.save(path)


def _add(book, sheet: Sheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    page = book.create_sheet(sheet.title)
    page.freeze_panes = "B2"
    for letter, width in WIDTHS.items():
        page.column_dimensions[letter].width = width

    def cell(value, bold: bool = False):
        made = WriteOnlyCell(page, value)
        made.font = Font(bold=bold)
        if isinstance(value, str):
            made.data_type = "s"  # a name that begins with = is no formula
        return made

    page.append([cell(heading, bold=True) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([cell(value) for value in row])
