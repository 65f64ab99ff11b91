"""``new``: a scenario to start from."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates
from ..screen.messages import say

SUFFIX = ".yaml"


@click.command(short_help="Start a scenario: a commented file to change.")
@click.argument("name")
@click.option(
    "--from",
    "base",
    default="georgia_2014",
    show_default=True,
    metavar="SCENARIO",
    shell_complete=candidates.scenarios,
    help="The scenario from which it differs.",
)
@click.option("--conflict", is_flag=True, help="A conflict of its own, with every fact to fill in: docs/another_conflict.md.")
@click.pass_context
def new(context, name, base, conflict):
    """Start a scenario: write NAME.yaml, a commented file that runs as it is.

    It extends another scenario, or with --conflict it stands for itself.

    Beside it comes scenario.schema.json, with which editors complete and check what you write.
    """
    from ...files.json_schema import scenario_schema
    from ...scenario import load_scenario, shipped_names, starter

    if conflict and context.get_parameter_source("base") is not click.core.ParameterSource.DEFAULT:
        raise click.UsageError("a conflict of its own differs from no scenario: give --conflict or --from")
    path = Path(name if name.endswith(SUFFIX) else name + SUFFIX)
    if path.stem.startswith(".") or not name.isprintable():
        raise click.UsageError(f"expected a name such as my_scenario, found {name!r}")
    if path.with_suffix("").as_posix() in shipped_names():
        raise click.UsageError(f"{path.stem} is the name of a shipped scenario; choose another, such as my_{path.stem}")
    if path.exists():
        raise click.UsageError(f"{path} is there already and is not touched; choose another name")
    if not path.parent.is_dir():
        raise click.UsageError(f"there is no folder {path.parent}; make it first")
    text = starter.conflict(path) if conflict else starter.starter(path, base, load_scenario(base))
    with open(path, "x", encoding="utf-8") as file:
        file.write(text)
    schema = path.with_name("scenario.schema.json")
    if not schema.exists():
        schema.write_text(scenario_schema(), "utf-8")
    click.echo(path)
    say(f"next:  frozen-conflict-sim check {path}")
