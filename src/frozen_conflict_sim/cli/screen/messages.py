"""Messages on standard error: short notes, and a progress bar for people at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


def say(message: str) -> None:
    """Print a message on standard error."""
    click.echo(message, err=True)


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
