"""A summary workbook: what an ensemble gave, how its runs went, what each column means."""

from __future__ import annotations

from pathlib import Path

from ...results import Results
from ..summary import CAVEAT, OutcomeLine, summary
from .codebook import HEADINGS, Variable, cells

OUTCOMES = (
    *("outcome", "label", "unit", "statistic", "estimate", "low (90 %)", "high (90 %)"),
    *("median", "5 %", "95 %", "defined in runs"),
)
CLASSES = ("class", "runs", "share", "low (90 %)", "high (90 %)")


def write(path: Path, book: list[Variable], results: Results) -> None:
    """Write the workbook."""
    from openpyxl import Workbook

    found = summary(results)
    made = Workbook(write_only=True)
    made.properties.title, made.properties.description = found.title, CAVEAT
    _sheet(made, "summary", OUTCOMES, (_outcome(line) for line in found.outcomes))
    _sheet(made, "classes", CLASSES, ((line.name, line.runs, line.share, *line.interval) for line in found.classes))
    _sheet(made, "codebook", HEADINGS, (cells(variable) for variable in book))
    code = results.manifest["code"]
    about = {
        "title": found.title,
        "runs": found.runs,
        "failed runs": found.failed,
        "seed": found.seed,
        "model": f"{code['version']} ({code['fingerprint']})",
        "note": CAVEAT,
    }
    _sheet(made, "about", ("what", "value"), about.items())
    made.save(path)


def _outcome(line: OutcomeLine) -> tuple:
    about = (line.outcome, line.label, line.unit, line.statistic, line.estimate, *(line.interval or (None, None)))
    return (*about, line.median, line.p5, line.p95, line.defined)


def _sheet(book, title: str, headings, rows) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for letter, width in zip("ABCDEFGHIJKL", (34, 40, *[16] * 10)):
        sheet.column_dimensions[letter].width = width

    def cell(value, bold: bool = False):
        made = WriteOnlyCell(sheet, value)
        made.font = Font(bold=bold)
        if isinstance(value, str):
            made.data_type = "s"  # a name that begins with = is no formula
        return made

    sheet.append([cell(heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([cell(value) for value in row])
