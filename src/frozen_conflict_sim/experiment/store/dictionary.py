"""The data dictionary: the meaning, unit and source of every column of the results."""

from __future__ import annotations

import csv
import io
from functools import lru_cache

from ...engine.declare.parameter import Quantity
from ...files.problems import nearest
from ...model.columns import Column, columns
from ...scenario.addresses import Target
from ..errors import NoSuchColumn
from ..study.resolved_factors import ResolvedFactors
from ..study.study import Study

DICTIONARY = "dictionary.csv"
_FIELDS = ("name", "kind", "unit", "label", "meaning", "source", "better_for", "options", "low", "high", "owner", "key_outcome")
_ABOUT_RUNS = {
    "run": ("number", "The run's number within the study."),
    "point": ("number", "The point of the design that the run belongs to."),
    "replicate": ("number", "Which repetition at its point."),
    "stream": ("number", "The stream number: runs with the same one use the same random numbers."),
    "arm": ("word", "The arm of the comparison that the run belongs to; base, if none."),
    "changed": ("word", "Which lever or uncertainty is changed at the point; nothing, in the scenario as it is."),
    "status": ("word", "Whether the run was finished (done) or failed."),
    "class": ("word", "What kind of course the run took."),
    "ended_quarter": ("quarter", "The quarter, counted from 1, after which the run ended."),
}


class ColumnsByName(dict[str, Column]):
    """Columns by name; an unknown name raises ``NoSuchColumn`` with the nearest known one."""

    def __missing__(self, name: str) -> Column:
        raise NoSuchColumn(f"these results have no {name!r}{nearest(name, self)}")


def dictionary(study: Study) -> list[Column]:
    """All columns of runs and trajectories, in the order in which they are shown."""
    experiment, factors = study.experiment, study.factors
    present = {"arm": bool(experiment.arms), "changed": factors.matrix.changed is not None}
    about = [
        Column(name, "about", unit, meaning, label=name.replace("_", " "))
        for name, (unit, meaning) in _ABOUT_RUNS.items()
        if present.get(name, True)
    ]
    levers = [*experiment.levers, *experiment.design.table]
    keys = {key: "lever" if key in levers else "uncertainty" for key in (*levers, *factors.addresses)}
    own = [_factor(kind, factors.keys.addresses[key], factors) for key, kind in keys.items()]
    known = {*keys, *frozenset.intersection(*map(factors.members_set, study.configurations))}
    rest = {column.name: column for scenario in study.scenarios() for column in columns(scenario) if column.kind == "parameter"}
    others = [column for column in columns(study.scenario) if column.kind != "parameter"]
    return [*about, *own, *(column for name, column in rest.items() if name not in known), *others]


def _factor(kind: str, target: Target, factors: ResolvedFactors) -> Column:
    declared, label = target.declared, target.key.rpartition(".")[2].replace("_", " ")
    label = f"{target.key.rpartition('.')[0].replace('_', ' ').replace('.', ', ')}: {label}"
    if not isinstance(declared, Quantity):
        options = factors.options(target.key)
        return Column(target.key, kind, "word", declared.meaning, label=label, source=declared.source, options=options)
    bounds = {"low": declared.low, "high": declared.high}
    return Column(target.key, kind, declared.unit, declared.meaning, label=label, source=declared.source, **bounds)


def to_csv(dictionary: list[Column]) -> str:
    """The dictionary as CSV, one column a line; options are separated by spaces, and their codes count from 0."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("column", *_FIELDS[1:]))
    for column in dictionary:
        writer.writerow(_cells(column))
    return text.getvalue()


def from_csv(text: str) -> list[Column]:
    """Read what :func:`to_csv` wrote; ``ValueError`` for anything else."""
    found, reader = [], csv.DictReader(io.StringIO(text), restval="?", strict=True)
    if tuple(reader.fieldnames or ()) != ("column", *_FIELDS[1:]):
        raise ValueError("this is not a dictionary of columns")
    for row in reader:
        name = row.pop("column")
        bounds = {end: float(cell) if (cell := row.pop(end)) else None for end in ("low", "high")}
        key_outcome = bool(row.pop("key_outcome"))
        found.append(Column(name=name, options=tuple(row.pop("options").split()), key_outcome=key_outcome, **bounds, **row))
    return found


@lru_cache(maxsize=4096)
def _cells(column: Column) -> tuple[str, ...]:
    return tuple(_cell(getattr(column, field)) for field in _FIELDS)


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    return " ".join(value) if isinstance(value, tuple) else f"{value:g}" if isinstance(value, float) else str(value)
