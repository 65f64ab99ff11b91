"""``check``: whether a file is right, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .. import candidates, options


@click.command(short_help="Check scenario files.")
@click.argument("files", nargs=-1, metavar="FILE …", shell_complete=candidates.files)
@click.option("--order", is_flag=True, help="Print the order of play: who does what when, and what changes what.")
@options.given
@options.as_json
def check(files, order, given, as_json):
    """Check scenario files and say what they contain; all problems of a file are listed at once."""
    from ...scenario import InputError, load_scenario
    from ...scenario.load import declarations
    from ...scenario.overrides import settings
    from ...scenario.summary import summary

    if order:
        from ...politics.order import order_of_play_text

        click.echo(order_of_play_text())
    elif not files:
        raise click.UsageError("name a scenario file, or the bare name of a shipped one, such as georgia_2014")
    told, wrong = {}, []
    for file in files:
        try:
            asks = _asks_a_question(file)
            said = (
                _plan(file, given) if asks else summary(declarations(), load_scenario(file, settings(given) if given else None))
            )
            told[file] = []
            if not as_json:
                click.echo(said)
        except InputError as error:
            wrong.append(error)
            told[file] = [
                {"file": at.file, "line": at.line, "column": at.column, "key": at.key, "message": at.message}
                for at in error.problems
            ]
    if as_json:
        click.echo(json.dumps({"ok": not wrong, "problems": told}, ensure_ascii=False, indent=1))
    for error in wrong:
        if not as_json:
            click.echo(str(error), err=True)
    if wrong:
        raise click.exceptions.Exit(2)


def _asks_a_question(file: str) -> bool:
    """Whether a file is an experiment: a scenario asks no question."""
    from ...scenario.shipped import shipped_folder

    path = Path(file)
    path = path if path.is_file() else shipped_folder("experiments") / f"{file}.yaml"
    try:
        return any(line.startswith("question:") for line in path.read_text("utf-8", errors="replace").splitlines())
    except OSError:
        return False


def _plan(file: str, given) -> str:
    from ...experiment.load import load_experiment
    from ...experiment.plan import plan
    from ...experiment.study.study import Study
    from ...scenario.overrides import settings
    from ..screen.plan_text import lines

    return "\n".join(lines(plan(Study(load_experiment(file, settings(given) if given else None), large=True)), None, 1))
