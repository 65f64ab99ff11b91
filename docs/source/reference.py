"""``docs/reference``: the help of every command, every key of a scenario, every column of the results."""

from __future__ import annotations

import click
from pages import NOTE, code, table

from frozen_conflict_sim.cli import program
from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES
from frozen_conflict_sim.model.columns import columns
from frozen_conflict_sim.scenario import load_scenario
from frozen_conflict_sim.scenario.describe import parameter_rows
from frozen_conflict_sim.scenario.schema import declarations

GEORGIA = "georgia_2014"
KEYS = """# Keys of a scenario

All keys that a scenario file can set, with their value in `georgia_2014` and their evidence. `--set` and experiments write a
key with dots: `patron.incentives.prestige`. A file nests it: `patron: {{incentives: {{prestige: 0.2}}}}`.

* A key that begins with a role (`parent.`, `territory.`, `elite.`) sets the value for all members of the role;
  `parents.georgia.` sets it for one.
* `play.choice_rule` is one of {rules}; [ODD.md](../ODD.md) explains them."""
OUTCOMES = """# Columns of the results

Columns are named `<owner>.<name>`, with the clause at the end where there is one value per clause. The examples are from
`georgia_2014`. `dictionary.csv` in every results folder explains the columns of that folder."""
TABLES = {
    "outcome": "Outcomes: one number per run",
    "trajectory": "Trajectories: one number per turn",
    "decision": "Decisions: the chosen option per turn",
}
WIDTH = {"terminal_width": 110, "max_content_width": 110}


def pages() -> dict[str, str]:
    """The pages, by their path under ``docs``."""
    texts = {"commands": of_commands(), "parameters": of_parameters(), "outcomes": of_outcomes()}
    return {f"reference/{name}.md": NOTE.format("reference.py") + "\n" + text for name, text in texts.items()}


def of_commands() -> str:
    """Every command's own help."""
    whole = click.Context(program, info_name="frozen-conflict-sim", help_option_names=["-h", "--help"], **WIDTH)
    parts = ["# Commands", "What `frozen-conflict-sim COMMAND --help` prints.", _help(program, whole)]
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
    said = [KEYS.format(rules=", ".join(code(rule) for rule in CHOICE_RULES))]
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
