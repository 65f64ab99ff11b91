"""``new``: a commented scenario file to start from."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from .. import candidates
from ..screen.messages import say

SUFFIX = ".yaml"


@click.command(short_help="Write a commented scenario file to start from.")
@click.argument("name")
@click.option(
    "--from",
    "base",
    default="georgia_2014",
    show_default=True,
    metavar="SCENARIO",
    shell_complete=candidates.scenarios,
    help="The scenario that it extends.",
)
@click.option("--conflict", is_flag=True, help="Start another conflict, with every fact to fill in (docs/another_conflict.md).")
@click.pass_context
def new(context, name, base, conflict):
    """Write NAME.yaml, a commented scenario that runs as it is.

    It extends another scenario, or with --conflict describes a conflict of its own. The file scenario.schema.json beside it
    lets editors complete and check what you write.
    """
    from ...scenario import load_scenario, shipped_names, starter
    from ...scenario.schema import scenario_schema

    if conflict and context.get_parameter_source("base") is not click.core.ParameterSource.DEFAULT:
        raise click.UsageError("a conflict of its own extends no scenario: give either --conflict or --from")
    path = Path(name if name.endswith(SUFFIX) else name + SUFFIX)
    if path.stem.startswith(".") or not name.isprintable():
        raise click.UsageError(f"expected a name such as my_scenario, found {name!r}")
    if path.with_suffix("").as_posix() in shipped_names():
        raise click.UsageError(f"{path.stem} is the name of a shipped scenario; choose another, such as my_{path.stem}")
    if path.exists():
        raise click.UsageError(f"{path} exists already and is not changed; choose another name")
    if not path.parent.is_dir():
        raise click.UsageError(f"there is no folder {path.parent}; make it first")
    text = starter.conflict(path) if conflict else starter.starter(path, base, load_scenario(base))
    with open(path, "x", encoding="utf-8") as file:
        file.write(text)
    schema = path.with_name("scenario.schema.json")
    if not schema.exists():
        schema.write_text(scenario_schema(), "utf-8")
    click.echo(path)
    say(f"next:  frozen-conflict-sim check {quote(str(path))}")
