"""Messages on standard error: short notes, and a progress bar for people at a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import isfinite

import click

from ...files.printable import printable

OUT_OF_MEMORY = "out of memory: the system refused more; use fewer --workers or a smaller --task-size"


def say(message: str) -> None:
    """Print a message on standard error, without control characters."""
    click.echo(printable(message), err=True)


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
def progress(total: int | None, quiet: bool = False, what: str = "runs") -> Iterator[Callable[[int], None]]:
    """Show a progress bar over ``total`` runs, plots, …; yields a function to call with the number just finished.

    Nothing is shown if ``quiet``, or if standard error is not a terminal.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda finished: None
        return
    from ...experiment.execute.progress import bar

    with bar(total, what) as done:
        yield done
