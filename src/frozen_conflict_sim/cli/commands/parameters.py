"""``parameters``: list all parameters, count them by grade, search them by word, or explain one."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict, fields
from pathlib import Path

import click

from ...engine.declare.parameter import GRADES
from .. import candidates, options
from ..screen.messages import print_json

DISAGREE = "To disagree with one, a line in your scenario: patron: {incentives: {prestige: 0.2}}"
WIDE = 120  # letters of a screen that shows bounds and meaning too


@click.command(short_help="List all parameters, search them by word, or explain one.")
@click.argument("scenario", required=False, shell_complete=candidates.scenarios)
@click.argument("key", required=False)
@click.option("--grade", type=click.Choice(GRADES), help="Only parameters of this grade.")
@click.option("--count", is_flag=True, help="Print only how many are documented, estimated and assumed.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "md", "csv", "json"]),
    default="table",
    show_default=True,
    help="The format of the list.",
)
@click.option(
    "--diff", nargs=2, metavar="A B", shell_complete=candidates.scenarios, help="Print only what differs between two scenarios."
)
@options.overrides
@options.as_json
def parameters(scenario, key, grade, count, form, diff, overrides, as_json):
    """List every parameter: key, value, bounds, unit, meaning, source and grade; with the values of SCENARIO if given.

    With KEY, a dotted key (parent.grievance) or a name (grievance), explain that parameter: where it is declared, which rules
    read it, what it becomes in the results, and which shipped files set it. With another word, list the parameters with this
    word in key or meaning. SCENARIO may be left out. With --diff, print what differs between two scenarios.
    """
    from ...scenario import load_scenario
    from ...scenario.describe import grade_rows, parameter_rows
    from ...scenario.load import settings
    from ...scenario.schema import declarations

    if diff:
        if scenario or overrides:
            raise click.UsageError("--diff A B compares two scenarios: leave out SCENARIO, KEY and --set")
        _print_difference(*map(load_scenario, diff), as_json or form == "json")
        return
    if scenario and key is None and not _names_scenario(scenario):
        scenario, key = None, scenario
    if overrides and not scenario:
        raise click.UsageError("--set overrides values of a scenario: name one, such as georgia_2014")
    as_json = as_json or form == "json"
    loaded = load_scenario(scenario, settings(overrides) if overrides else None) if scenario else None
    found = parameter_rows(declarations(), loaded, grade)
    if key:
        from ...explain.parameters.parameter import explain, matching, search

        if matching(declarations(), key) or not search(found, key):
            found = search(found, key)
            _explain(explain(declarations(), key), found, as_json)
            return
        found = search(found, key)
    rows = grade_rows(found) if count else found
    if as_json:
        print_json([asdict(row) for row in rows])
    elif form != "table":
        _as_text(rows, form)
    elif count:
        _counted(rows, len(found))
    else:
        _table(rows, grade_rows(found))


def _names_scenario(word: str) -> bool:
    """Whether a word names a scenario and not a parameter: a shipped one, or a file."""
    return word in candidates.shipped_names("scenarios") or word.endswith((".yaml", ".yml")) or Path(word).exists()


def _print_difference(left, right, as_json: bool) -> None:
    """Print what differs between two scenarios: first parameters, then all else."""
    from ...analysis.comparison.inputs import scenario_changes

    changes = scenario_changes(left, right)
    if as_json:
        print_json([one.to_dict() for one in changes])
        return
    from ..screen.comparison.comparison_tables import print_changes

    click.echo(f"A  {left.path}: {left.title}\nB  {right.path}: {right.title}\n")
    print_changes([one for one in changes if one.kind == "parameter"], "Parameters that differ", "No parameter differs.")
    print_changes([one for one in changes if one.kind != "parameter"], "What else differs", "Nothing else differs.")


def _explain(explanations, mentions, as_json: bool) -> None:
    """Print explanations, and the keys of the other parameters that mention the word."""
    if as_json:
        print_json([one.to_dict() for one in explanations])
        return
    from ..screen.parameter_text import print_explanation

    for one in explanations:
        print_explanation(one)
    others = [row.key for row in mentions if row.key not in {one.key for one in explanations}]
    if others:
        click.echo(f"Also in key or meaning of: {', '.join(others)}")


def _as_text(rows, form: str) -> None:
    names = [field.name for field in fields(rows[0])] if rows else []
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([names, *([getattr(row, name) for name in names] for row in rows)])
        return
    click.echo(f"| {' | '.join(names)} |\n|{'---|' * len(names)}")
    for row in rows:
        click.echo(f"| {' | '.join(str(getattr(row, name)).replace('|', chr(92) + '|') for name in names)} |")


def _table(rows, counted) -> None:
    from ..screen.tables import console, paged, table

    out, columns = console(), {"parameter": "left", "value": "left", "unit": "left", "grade": "left"}
    cells = [[row.key, row.value, row.unit, row.grade] for row in rows]
    if out.width >= WIDE:
        columns |= {"bounds": "right", "meaning": "left"}
        cells = [[*short, row.bounds, row.meaning] for short, row in zip(cells, rows)]
    with paged(out, len(rows)):
        out.print(table(f"{len(rows)} parameters", columns, cells))
    click.echo(f"{', '.join(f'{row.parameters} {row.grade}' for row in counted if row.parameters)}.\n{DISAGREE}")
    if out.width < WIDE:
        click.echo("parameters KEY explains one, parameters WORD searches; a wider screen shows bounds and meaning.")


def _counted(rows, whole: int) -> None:
    from ..screen.tables import console, percent, table

    columns = {"grade": "left", "parameters": "right", "share": "right", "set by the scenario": "right", "verified": "right"}
    cells = ([row.grade, str(row.parameters), percent(row.share), str(row.set_by_scenario), str(row.verified)] for row in rows)
    console().print(table(f"{whole} parameters", columns, cells))
    click.echo(DISAGREE)
