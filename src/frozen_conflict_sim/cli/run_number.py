"""The number of a run, as a command is given it."""

from __future__ import annotations

import click


def number_of_run(written: str) -> int:
    """The number of a run; anything else is refused."""
    if not written.isdigit():
        raise click.UsageError(f"expected the number of a run, found {written!r}; for two results: explain A B --pair 7")
    return int(written)
