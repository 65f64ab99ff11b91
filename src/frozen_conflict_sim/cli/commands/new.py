"""``new``: a commented scenario or experiment file to start from."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from .. import candidates
from ..screen.messages import say

SUFFIX = ".yaml"


@click.command(short_help="Write a commented scenario or experiment file to start from.")
@click.argument("name")
@click.option(
    "--from",
    "base",
    default="georgia_2014",
    show_default=True,
    metavar="SCENARIO",
    shell_complete=candidates.scenarios,
    help="The scenario that it extends, or in which an experiment is run.",
)
@click.option("--conflict", is_flag=True, help="Start another conflict, with every fact to fill in (docs/another_conflict.md).")
@click.option("--experiment", is_flag=True, help="Start an experiment (docs/reference/experiments.md).")
@click.pass_context
def new(context, name, base, conflict, experiment):
    """Write NAME.yaml, a commented scenario that runs as it is.

    It extends another scenario, or with --conflict describes a conflict of its own; with --experiment it is an experiment. The
    schema file beside it lets editors complete and check what you write.
    """
    from ...experiment.store.files import write_atomically
    from ...scenario import load_scenario

    if conflict and context.get_parameter_source("base") is not click.core.ParameterSource.DEFAULT:
        raise click.UsageError("a conflict of its own extends no scenario: give either --conflict or --from")
    if conflict and experiment:
        raise click.UsageError("give either --conflict or --experiment")
    kind = "experiment" if experiment else "scenario"
    path = _path(name, kind)
    if conflict:
        from ...scenario.starter import conflict as text_of_conflict

        text = text_of_conflict(path)
    elif experiment:
        from ...experiment.starter import starter as experiment_starter

        text = experiment_starter(path, base, load_scenario(base))
    else:
        from ...scenario.starter import starter

        text = starter(path, base, load_scenario(base))
    write_atomically(path, text.encode())
    _put_schema_beside(path, kind)
    click.echo(path)
    say(f"next:  frozen-conflict-sim {'batch' if experiment else 'check'} {quote(str(path))}{' --dry-run' * experiment}")


def _path(name: str, kind: str) -> Path:
    """The path of the new file, which must be free; raise ``UsageError`` if it is not."""
    path = Path(name if name.endswith(SUFFIX) else name + SUFFIX)
    if path.stem.startswith(".") or not name.isprintable():
        raise click.UsageError(f"expected a name such as my_{kind}, found {name!r}")
    if path.with_suffix("").as_posix() in candidates.shipped_names(f"{kind}s"):
        raise click.UsageError(f"{path.stem} is the name of a shipped {kind}; choose another, such as my_{path.stem}")
    if path.exists():
        raise click.UsageError(f"{path} exists already and is not changed; choose another name")
    if not path.parent.is_dir():
        raise click.UsageError(f"there is no folder {path.parent}; make it first")
    return path


def _put_schema_beside(path: Path, kind: str) -> None:
    from ...experiment.store.files import write_atomically

    schema = path.with_name(f"{kind}.schema.json")
    if schema.exists():
        return
    if kind == "experiment":
        from ...editors import experiment_schema as schema_of
    else:
        from ...editors import scenario_schema as schema_of
    write_atomically(schema, schema_of().encode())
