"""``docs/reference``: commands as they explain themselves, every key of a scenario, every column of the results."""

from __future__ import annotations

import click
from pages import NOTE, code, table

from frozen_conflict_sim.cli import program
from frozen_conflict_sim.engine.choice_rules import RULES
from frozen_conflict_sim.politics.columns import columns
from frozen_conflict_sim.scenario import load_scenario
from frozen_conflict_sim.scenario.describe import parameter_rows
from frozen_conflict_sim.scenario.load import declarations

GEORGIA = "georgia_2014"
KEYS = """# Keys of a scenario

What can stand in a scenario file, its value in `georgia_2014`, and how well it is known. A dotted key is how `--set` and
experiments write it; inside a file keys are nested: `patron: {{incentives: {{prestige: 0.2}}}}`. A key that begins with a
role's own name (`parent.`, `territory.`, `elite.`) speaks of all its members; `parents.georgia.` of one. `play.rule` is one
of {rules}; [ODD.md](../ODD.md) says what each is."""
OUTCOMES = """# Outcomes and courses

Columns are named `<owner>.<name>`, clause by clause where a clause follows. Examples are of `georgia_2014`; the
`dictionary.csv` of every results folder explains each of its own columns."""
TABLES = {
    "outcome": "Outcomes: one number a run",
    "trajectory": "Courses: turn by turn",
    "decision": "Decisions: turn by turn",
}
WIDTH = {"terminal_width": 110, "max_content_width": 110}


def pages() -> dict[str, str]:
    """The pages, by their path under ``docs``."""
    texts = {"commands": of_commands(), "parameters": of_parameters(), "outcomes": of_outcomes()}
    return {f"reference/{name}.md": NOTE.format("reference.py") + "\n" + text for name, text in texts.items()}


def of_commands() -> str:
    """Every command's own help."""
    whole = click.Context(program, info_name="frozen-conflict-sim", help_option_names=["-h", "--help"], **WIDTH)
    parts = ["# Commands", "As each explains itself: `frozen-conflict-sim COMMAND --help`.", _help(program, whole)]
    for name in program.list_commands(whole):
        command = program.get_command(whole, name)
        inner = click.Context(command, info_name=name, parent=whole, **WIDTH)
        parts += [f"## {name}", _help(command, inner)]
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context)}\n```"


def of_parameters() -> str:
    """Every key of a scenario by section, with its value in the Georgian one."""
    sections: dict[str, list] = {}
    for row in parameter_rows(declarations(), load_scenario(GEORGIA)):
        sections.setdefault(row.key.split(".")[0], []).append(row)
    said = [KEYS.format(rules=", ".join(code(rule) for rule in RULES))]
    for section, rows in sections.items():
        lines = [[code(row.key), row.value, row.bounds, row.unit, row.meaning, _known(row)] for row in rows]
        said += [f"## {section}", table(["key", "value", "bounds", "unit", "meaning", "grade: source"], lines)]
    return "\n\n".join(said) + "\n"


def _known(row) -> str:
    unread = ", unverified" if row.source and row.set_by == "scenario" and not row.verified else ""
    return f"{row.grade}{unread}" + (f": {row.source}" if row.source else "")


def of_outcomes() -> str:
    """Every column of the results of the Georgian scenario that is not a parameter, one line for each of its kind."""
    setting = load_scenario(GEORGIA)
    said = [OUTCOMES]
    for kind, title in TABLES.items():
        seen, lines = set(), []
        for column in columns(setting):
            name = column.name.removeprefix(f"{column.owner}.")
            if column.kind != kind or name in seen:
                continue
            seen.add(name)
            means = column.meaning + (f" Options: {', '.join(code(one) for one in column.options)}." if column.options else "")
            lines.append([code(name), code(column.name), column.unit, means, column.better_for or "–"])
        said += [f"## {title}", table(["name", "such as", "unit", "meaning", "more is better for"], lines)]
    return "\n\n".join(said) + "\n"
