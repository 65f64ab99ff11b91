"""How far long work has come: a bar on standard error, at a terminal or in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int], object] | bool
"""A function to call with the number of runs just finished; or True for a bar, False for nothing."""


@contextmanager
def reported(progress: Progress, total: int) -> Iterator[Callable[[int], object]]:
    """What to call with the number of runs just finished: ``progress`` itself, or the bar that it asks for."""
    if callable(progress):
        yield progress
    elif progress:
        with bar(total) as done:
            yield done
    else:
        yield lambda finished: None


@contextmanager
def bar(total: int | None, what: str = "runs") -> Iterator[Callable[[int], None]]:
    """Show a bar over ``total`` runs, plots, …; without a total it only shows that something is going on."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Runs per second."""

        def render(self, task):
            return Text(f"{task.speed:,.0f} {what}/s" if task.speed and task.speed >= 2 else "")

    counts = (MofNCompleteColumn(), Rate(), TimeRemainingColumn()) if total is not None else (TimeElapsedColumn(),)
    with Progress(TextColumn(what), BarColumn(), *counts, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=total)
        yield lambda finished: shown.update(task, advance=finished)
