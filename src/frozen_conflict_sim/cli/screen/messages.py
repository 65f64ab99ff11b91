"""Messages on standard error: short notes, and a progress bar for people at a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import isfinite

import click


def say(message: str) -> None:
    """Print a message on standard error."""
    click.echo(message, err=True)


def print_json(data) -> None:
    """Print data as JSON on standard output."""
    click.echo(json_text(data))


def json_text(data) -> str:
    r"""Data as JSON that every reader accepts: a number that is not finite becomes null.

    >>> json_text([0.5, float("nan"), (1, float("inf"))]).replace("\n", "")
    '[ 0.5, null, [  1,  null ]]'
    """
    return json.dumps(_finite(data), ensure_ascii=False, indent=1, allow_nan=False)


def _finite(data):
    if isinstance(data, Mapping):
        return {name: _finite(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not isfinite(data) else data


@contextmanager
def progress(runs: int, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """Show a progress bar over ``runs`` runs; yields a function to call with the number of runs just finished.

    Nothing is shown if ``quiet``, or if standard error is not a terminal.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda finished: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Runs per second."""

        def render(self, task):
            return Text(f"{task.speed:,.0f} runs/s" if task.speed else "")

    columns = (TextColumn("runs"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("runs", total=runs)
        yield lambda finished: bar.update(task, advance=finished)
