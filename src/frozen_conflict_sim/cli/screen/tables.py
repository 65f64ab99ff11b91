"""Tables as plain text, which also read well in a file."""

from __future__ import annotations

import sys

from rich import box
from rich.console import Console
from rich.table import Table

from ...analysis.numbers import interval, number, percent

PIPED_WIDTH = 150

__all__ = ["console", "interval", "number", "percent", "table"]


def console() -> Console:
    """Standard output for tables, without markup; respects ``NO_COLOR``, and does not break lines in a pipe."""
    return Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, markup=False, emoji=False)


def table(title: str, columns: dict[str, str], rows) -> Table:
    """A table; ``columns`` maps each heading to ``left`` or ``right``."""
    result = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for at, (heading, justify) in enumerate(columns.items()):
        result.add_column(heading, justify=justify, overflow="fold", no_wrap=at == 0)
    for row in rows:
        result.add_row(*row)
    return result
