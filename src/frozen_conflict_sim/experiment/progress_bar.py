"""A progress bar for notebooks and scripts: the runs that are done, in a line that goes away."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MANY = 1000  # runs, from which on a notebook shows a bar by itself


@contextmanager
def shown(progress: Callable[[int], object] | bool | None, runs: int) -> Iterator[Callable[[int], object]]:
    """Yield a function to call with the number of runs just finished.

    ``progress`` is such a function; True shows a bar, False none; None shows one in a notebook if there are many runs.
    """
    if callable(progress):
        yield progress
    elif progress or (progress is None and runs >= MANY and in_notebook()):
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=None if in_notebook() else Console(stderr=True), transient=True) as bar:
            task = bar.add_task("runs", total=runs)
            yield lambda finished: bar.update(task, advance=finished)
    else:
        yield lambda finished: None


def in_notebook() -> bool:
    """Whether this process is the kernel of a notebook."""
    return "ipykernel" in sys.modules and "IPython" in sys.modules
