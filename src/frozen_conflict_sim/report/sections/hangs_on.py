"""What the answer hangs on: how much of it is assumed, and which uncertain values move it most."""

from __future__ import annotations

from dataclasses import dataclass

from ...analysis.groups import base_runs
from ...analysis.main_effects import MainEffect, main_effects
from ...analysis.numbers import interval, percent
from ...references import with_names
from ...scenario.describe import ParameterRow, grade_rows, parameter_rows
from ...scenario.schema import declarations
from ..document import Block, Paragraph, Section, Table
from ..pictures import picture
from ..subject import Subject
from ..wording import written_as

MOST = 10
ASSUMED = "assumed"


@dataclass(frozen=True)
class Evidence:
    """How well a value is known: its grade and source."""

    grade: str
    source: str


def hangs_on(subject: Subject) -> Section:
    """The grades of all parameters, and the effects of what is uncertain."""
    rows = parameter_rows(declarations(), subject.results.scenario)
    blocks: list[Block] = [Paragraph(_grades(rows))]
    pictured = next(filter(None, (picture(subject.results, plot, subject.outcomes[0]) for plot in ("tornado", "morris"))), None)
    if pictured is not None:
        blocks.append(pictured)
    else:
        blocks += _effects(subject, {row.key: Evidence(row.grade, row.source) for row in rows})
    return Section("hangs-on", "What it hangs on", tuple(blocks))


def _grades(rows: list[ParameterRow]) -> str:
    counted = {row.grade: row for row in grade_rows(rows)}
    parts = [f"{row.parameters} ({percent(row.share)}) {grade}" for grade, row in counted.items()]
    return f"Of the {len(rows)} parameters of this scenario are {', '.join(parts)}."


def _effects(subject: Subject, known: dict[str, Evidence]) -> list[Block]:
    """The strongest main effects on the first outcome, of what the study or the scenario leaves uncertain."""
    results, name = subject.results, subject.outcomes[0]
    column = results.columns[name]
    uncertain = results.names("uncertainty") or results.names("parameter")
    series = (results.table([each])[each] for each in uncertain)
    numeric = [values for values in series if values.dtype.kind == "f" and values.nunique() > 2]
    runs = base_runs(results, name)
    found = main_effects(runs, (values.loc[runs.index] for values in numeric), [column])
    if not found:
        return []
    return [Paragraph(_strongest(subject, found)), _table(subject, found[:MOST], known, len(found))]


def _strongest(subject: Subject, found: tuple[MainEffect, ...]) -> str:
    first, shown = found[0], written_as(subject.results.columns[subject.outcomes[0]])
    apart = [line for line in found if line.interval[0] > 0 or line.interval[1] < 0]
    label = subject.results.columns[first.uncertainty].label
    chance = f", where chance alone would give about {round(len(found) / 10)}" if len(found) >= 5 else ""
    return (
        f"Of {len(found)} uncertain values, {label} moves {first.label} most: {shown(first.low)} in its lowest third and "
        f"{shown(first.high)} in its highest, a difference of {shown(first.difference)} ({interval(first.interval, shown)}). "
        f"The intervals of {len(apart)} exclude zero{chance}."
    )


def _table(subject: Subject, found: tuple[MainEffect, ...], known: dict[str, Evidence], of: int) -> Table:
    shown = written_as(subject.results.columns[subject.outcomes[0]])
    rows = []
    for line in found:
        evidence = known.get(line.uncertainty, Evidence(ASSUMED, ""))
        cells = (shown(line.low), shown(line.high), shown(line.difference), interval(line.interval, shown))
        rows.append((subject.results.columns[line.uncertainty].label, *cells, evidence.grade, with_names(evidence.source)))
    headings = ("uncertain value", "lowest third", "highest third", "difference", "90 % interval", "grade", "source")
    return Table(f"The {len(found)} strongest of {of} uncertain values, on {found[0].label}", headings, tuple(rows))
