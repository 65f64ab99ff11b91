"""How far the runs are, on standard error: a bar for people, nothing for machines."""

from __future__ import annotations

import sys
from contextlib import contextmanager


@contextmanager
def progress(runs: int, quiet: bool = False):
    """Give a function that is told how many more runs are done."""
    if quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Runs a second."""

        def render(self, task):
            return Text(f"{task.speed:,.0f} runs/s" if task.speed else "")

    columns = (TextColumn("runs"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("runs", total=runs)
        yield lambda done: bar.update(task, advance=done)
