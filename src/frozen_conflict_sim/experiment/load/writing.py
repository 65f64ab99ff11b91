"""An experiment as one complete YAML file that loads back to an equal one."""

from __future__ import annotations

import csv
import io

from ...files.writer import Flow, dumped
from ...scenario.addresses import Addresses, addresses_in
from ...scenario.schema import declarations
from ...scenario.write import as_section, as_written, form_of
from ..spec import Design, ExperimentSpec, Range, Search
from .names import ALL

EXPERIMENT = "experiment.yaml"
TABLE = "points.csv"


def to_yaml(experiment: ExperimentSpec) -> str:
    """The text of the file; the points of a design of the kind file are in ``points.csv`` beside it."""
    known = addresses_in(declarations(), experiment.scenario)
    levers = {key: _lever(key, lever, known) for key, lever in experiment.levers.items()}
    uncertain = {key: form_of(value, known[key].declared) for key, value in experiment.uncertainties.items()}
    arms = {name: _values(arm, known) for name, arm in experiment.arms.items()}
    tree = {
        "question": experiment.question,
        "about": experiment.about,
        "verified": experiment.verified,
        "levers": levers,
        "uncertainties": uncertain,
        "design": _design(experiment.design, known),
        "replicates": _replicates(experiment),
        "compare_with": next(iter(arms.values())) if _named_by_itself(experiment) else arms,
        "search": _search(experiment.search),
        "outcomes": list(experiment.outcomes),
        "keep": ALL if experiment.keep is None else list(experiment.keep),
        "seed": experiment.seed,
    }
    always = ("keep", "seed", "design")
    own = dumped({key: value for key, value in tree.items() if key in always or value})
    return own + as_section(experiment.scenario, declarations())


def table_text(experiment: ExperimentSpec) -> str:
    """The points of a file design as CSV."""
    table, known = experiment.design.table, addresses_in(declarations(), experiment.scenario)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*([_cell(key, value, known) for value in values] for key, values in table.items())))
    return text.getvalue()


def _cell(key: str, value, known: Addresses) -> str:
    written = as_written(known[key].declared, value)
    return str(written).lower() if isinstance(written, bool) else written


def _lever(key: str, lever, known: Addresses):
    declared = known[key].declared
    if not isinstance(lever, Range):
        return [as_written(declared, value) for value in lever]
    ends = {"from": as_written(declared, lever.low), "to": as_written(declared, lever.high)}
    return Flow(ends | ({"levels": lever.levels} if lever.levels else {}))


def _search(search: Search | None) -> dict | None:
    if search is None:
        return None
    parts = {
        "objectives": {one.name: Flow(one.to_data()) for one in search.objectives},
        "numbers": {name: _number(number) for name, number in search.numbers.items()},
        "policies": search.policies,
    }
    return {name: part for name, part in parts.items() if part} | {"trials": search.trials}


def _number(number: tuple[float, ...] | Range):
    if not isinstance(number, Range):
        return list(number)
    return Flow({"from": number.low, "to": number.high} | ({"levels": number.levels} if number.levels else {}))


def _values(values: dict, known: Addresses) -> dict:
    return Flow({key: as_written(known[key].declared, value) for key, value in values.items()})


def _replicates(experiment: ExperimentSpec):
    until = experiment.until
    if until is None:
        return experiment.replicates
    asked = {"outcome": until.outcome, "half_width": until.half_width, "ranking": until.ranking}
    known = Flow({name: value for name, value in asked.items() if value})
    return {"until": known, "at_most": experiment.replicates, "start": until.start}


def _design(design: Design, known: Addresses) -> dict:
    options = dict(design.options)
    if design.kind == "file":
        options["path"] = TABLE
    if design.kind == "list":
        options["points"] = [_values(dict(zip(design.table, point)), known) for point in zip(*design.table.values())]
    return {"kind": design.kind, **options}


def _named_by_itself(experiment: ExperimentSpec) -> bool:
    return len(experiment.arms) == 1 and "=" in next(iter(experiment.arms))
