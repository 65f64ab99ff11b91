"""``check``: whether files are valid, and what they contain."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json


@click.command(short_help="Check scenario and experiment files.")
@click.argument("files", nargs=-1, metavar="FILE …", shell_complete=candidates.files)
@click.option("--order", is_flag=True, help="Print the order of play of a turn: who acts when, which rule changes what.")
@options.overrides
@options.as_json
def check(files, order, overrides, as_json):
    """Check scenario and experiment files and print what they contain; all problems of a file are listed at once.

    Of a scenario that extends other files, also print what it changes in them.
    """
    from ...analysis.comparison.inputs import changes_of_extension
    from ...scenario import InputError, load_scenario
    from ...scenario.describe import summary
    from ...scenario.load import settings
    from ...scenario.schema import declarations

    if order:
        from ...model.schedule import order_of_play_text

        click.echo(order_of_play_text())
    elif not files:
        raise click.UsageError("name a scenario file, or a shipped scenario, such as georgia_2014")
    problems, errors, changes = {}, [], {}
    for file in files:
        try:
            values = settings(overrides) if overrides else None
            if _is_experiment(file):
                text = _plan(file, values)
            else:
                scenario = load_scenario(file, values)
                text, changes[file] = summary(declarations(), scenario), changes_of_extension(scenario)
            problems[file] = []
            if not as_json:
                click.echo(text)
                _print_changes(file, changes.get(file))
        except InputError as error:
            errors.append(error)
            problems[file] = [
                {"file": at.file, "line": at.line, "column": at.column, "key": at.key, "message": at.message}
                for at in error.problems
            ]
    if as_json:
        changed = {file: [one.to_dict() for one in found] for file, found in changes.items() if found is not None}
        print_json({"ok": not errors, "problems": problems, "changes": changed})
    for error in errors:
        if not as_json:
            click.echo(str(error), err=True)
    if errors:
        raise click.exceptions.Exit(2)


def _print_changes(file: str, changes) -> None:
    """Print what a file changes in those that it extends, if it extends any."""
    if changes is not None:
        from ..screen.comparison.comparison_tables import print_changes

        click.echo()
        name = Path(file).name
        print_changes(changes, f"What {name} changes in what it extends", "It changes nothing.", ("extended", "here"))


def _is_experiment(file: str) -> bool:
    """Whether a file is an experiment: only these have a key ``question``."""
    from ...scenario.shipped import shipped_folder

    path = Path(file)
    path = path if path.is_file() else shipped_folder("experiments") / f"{file}.yaml"
    try:
        return any(line.startswith("question:") for line in path.read_text("utf-8", errors="replace").splitlines())
    except OSError:
        return False


def _plan(file: str, values: dict[str, object] | None) -> str:
    from ...experiment.load import load_experiment
    from ...experiment.plan import plan
    from ...experiment.study.study import Study
    from ..screen.plan_text import plan_lines

    return "\n".join(plan_lines(plan(Study(load_experiment(file, values), large=True)), None, 1))
