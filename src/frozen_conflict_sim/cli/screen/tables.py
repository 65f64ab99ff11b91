"""Tables as plain text, which also read well in a file: numbers are never broken, and what is too wide continues below."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from ...analysis.numbers import interval, number, percent

PIPED_WIDTH = 150
GAP, EDGES, LEAST_TEXT = 3, 2, 14  # letters between two columns, at the edges of a table, of a column of text

__all__ = ["console", "interval", "number", "paged", "percent", "table"]


def console() -> Console:
    """Standard output for tables, without markup; respects ``NO_COLOR``, and does not break lines in a pipe."""
    return Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, markup=False, emoji=False)


@contextmanager
def paged(out: Console, lines: int) -> Iterator[None]:
    """Show what is printed in the pager of the terminal if it has more lines than the screen and somebody can turn pages."""
    if lines > out.height and sys.stdout.isatty() and sys.stdin.isatty():
        with out.pager():
            yield
    else:
        yield


def table(title: str, columns: dict[str, str], rows) -> Table:
    """A table; ``columns`` maps each heading to ``left`` or ``right``.

    On a screen that is too narrow, text breaks between words and headings above numbers over lines; columns that still do not
    fit follow in a second table that begins with the same first column.
    """
    result = FittedTable(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for at, (heading, justify) in enumerate(columns.items()):
        result.add_column(heading, justify=justify, overflow="fold", no_wrap=at == 0)
    for row in rows:
        result.add_row(*row)
    return result


class FittedTable(Table):
    """A table that fits its columns to the screen when it is printed."""

    def __rich_console__(self, console, options):
        cells = [[str(cell) for cell in column._cells] for column in self.columns]
        natural = [max(map(_width, (str(column.header), *found))) for column, found in zip(self.columns, cells)]
        if sum(natural) + GAP * (len(natural) - 1) + EDGES <= options.max_width:
            yield from super().__rich_console__(console, options)
            return
        least = [self._least(at, found) for at, found in enumerate(cells)]
        for number_, chosen in enumerate(_together(least, options.max_width)):
            part = self._part(chosen, cells, least, options.max_width)
            part.title = f"{self.title} (continued)" if number_ and self.title else self.title
            yield from Table.__rich_console__(part, console, options)

    def _least(self, at: int, found: Sequence[str]) -> int:
        """The least width of a column: that of its numbers, or of its longest word."""
        widest = max(map(_width, found), default=0)
        if self.columns[at].justify == "right":
            return max(widest, max(map(_width, _pieces(str(self.columns[at].header))), default=0))
        words = max((_width(word) for cell in found for word in cell.split()), default=0)
        return min(widest, max(words, LEAST_TEXT)) if widest else 1

    def _part(self, chosen: list[int], cells: list[list[str]], least: list[int], width: int) -> Table:
        """A table of some columns, with the room that is left for columns of text."""
        part = Table(title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
        room = width - EDGES - GAP * (len(chosen) - 1) - sum(least[at] for at in chosen)
        for at in chosen:
            column, size = self.columns[at], least[at]
            if column.justify != "right":
                more = min(room, max(map(_width, cells[at]), default=0) - size)
                size, room = size + max(0, more), room - max(0, more)
            header = _stacked(str(column.header), size)
            part.add_column(
                header, justify=column.justify, overflow="fold", width=max(size, 1), no_wrap=column.justify == "right"
            )
        for row in zip(*(cells[at] for at in chosen)):
            part.add_row(*row)
        return part


def _width(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _together(least: list[int], width: int) -> list[list[int]]:
    """The columns of each table: the first column, and as many others as fit beside it."""
    tables: list[list[int]] = []
    for at in range(1, len(least)):
        taken = tables[-1] if tables else None
        if taken and sum(least[each] for each in (*taken, at)) + GAP * len(taken) + EDGES <= width:
            taken.append(at)
        else:
            tables.append([0, at])
    return tables or [[0]]


def _pieces(heading: str) -> list[str]:
    """The parts between which a heading may be broken."""
    return re.findall(r"[^ ._=-]*[ ._=-]?", heading)


def _stacked(heading: str, width: int) -> str:
    r"""A heading over several lines, broken after spaces and signs.

    >>> _stacked("90 % interval, minus parent.channels=off", 13)
    '90 %\ninterval,\nminus parent.\nchannels=off'
    """
    lines = [""]
    for piece in _pieces(heading):
        if lines[-1] and cell_len((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)
