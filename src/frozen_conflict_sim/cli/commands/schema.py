"""``schema``: JSON Schema for editors."""

from __future__ import annotations

from pathlib import Path

import click

from ..screen.messages import say


@click.command(short_help="Print the JSON Schema of scenario or experiment files, for editors.")
@click.argument("kind", type=click.Choice(["scenario", "experiment"]), default="scenario")
@click.option("--write", is_flag=True, help="Write it to KIND.schema.json in this folder instead of printing it.")
def schema(kind, write):
    """Print the JSON Schema of scenario or experiment files, with which editors complete and check them.

    An editor with a YAML language server finds it by this first line of a file:

    \b
      # yaml-language-server: $schema=scenario.schema.json
    """  # noqa: D301, click keeps lines after a backspace as they are
    if kind == "scenario":
        from ...editors import scenario_schema as schema_of
    else:
        from ...editors import experiment_schema as schema_of
    text = schema_of()
    if not write:
        click.echo(text, nl=False)
        return
    from ...experiment.store.files import write_atomically

    path = Path(f"{kind}.schema.json")
    write_atomically(path, text.encode())
    say(f"written: {path}")
