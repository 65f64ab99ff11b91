"""Export to a workbook: outcomes, classes, codebook, provenance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...results import Results
from ..effects import Effect, effects
from ..groups import finished_runs
from ..intervals import means
from ..summary import CAVEAT, OutcomeLine, class_shares, summary
from .codebook import HEADINGS, Variable, cells

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


INTERVAL = ("low (90 %)", "high (90 %)")
NONE = (None, None)


@dataclass(frozen=True)
class Sheet:
    """A table with headings."""

    title: str
    headings: tuple[str, ...]
    rows: list[tuple]


def is_ensemble(results: Results) -> bool:
    """Whether all runs are of one point, so that one summary describes them."""
    return results.manifest["points"] == 1 and not results.experiment.arms


def outcomes(results: Results) -> Sheet:
    """Every outcome, over all runs of an ensemble, or under each value of each lever and against each arm."""
    if is_ensemble(results):
        spread = ("median", "5 %", "95 %", "defined in runs")
        headings = ("outcome", "label", "unit", "statistic", "estimate", *INTERVAL, *spread)
        return Sheet("summary", headings, [_outcome(line) for line in summary(results).outcomes])
    found = effects(results, results.names("outcome")).effects
    versus = tuple(dict.fromkeys(name for effect in found for name in effect.versus))
    against = tuple(heading for name in versus for heading in (f"minus {name}", *(f"{end}, minus {name}" for end in INTERVAL)))
    headings = ("outcome", "label", "unit", "lever", "value", "runs", "estimate", *INTERVAL, *against)
    return Sheet("summary", headings, [_effect(effect, versus) for effect in found])


def _outcome(line: OutcomeLine) -> tuple:
    about = (line.outcome, line.label, line.unit, line.statistic, line.estimate, *(line.interval or NONE))
    return (*about, line.median, line.p5, line.p95, line.defined)


def _effect(effect: Effect, versus: tuple[str, ...]) -> tuple:
    lines = [effect.versus.get(name) for name in versus]
    against = (cell for line in lines for cell in ((line.difference, *(line.interval or NONE)) if line else (None, *NONE)))
    about = (effect.outcome, effect.label, effect.unit, effect.lever, effect.value, effect.runs)
    return (*about, effect.estimate, *(effect.interval or NONE), *against)


def classes(results: Results) -> Sheet:
    """The number of runs of each class."""
    lines = class_shares(results)
    if is_ensemble(results):
        rows = [(line.name, line.runs, line.share, *line.interval) for line in lines]
    else:
        rows = [(line.name, line.runs, line.share, *(interval or NONE)) for line, interval in _clustered(results, lines)]
    return Sheet("classes", ("class", "runs", "share", *INTERVAL), rows)


def _clustered(results: Results, lines) -> Iterator[tuple]:
    done = finished_runs(results)
    for line in lines:
        found = means((done["class"] == line.name).to_numpy(float)[:, None], done["cluster"].to_numpy())
        yield line, found.interval_of_share()


def about(results: Results) -> Sheet:
    """The provenance of the numbers."""
    code, counts = results.manifest["code"], results.manifest["counts"]
    facts = {
        "question": results.experiment.question,
        "scenario": results.title,
        "runs": counts["finished"],
        "failed runs": counts["failed"],
        "seed": results.manifest["seed"],
        "model": f"{code['version']} ({code['fingerprint']})",
        "note": CAVEAT,
    }
    return Sheet("about", ("what", "value"), list(facts.items()))
