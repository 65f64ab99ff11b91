"""A report as data, before it becomes a page: sections of paragraphs, pictures with their tables, and texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str
    kind = "paragraph"


@dataclass(frozen=True)
class Listing:
    """A list of short texts, numbered if their order matters."""

    items: tuple[str, ...]
    numbered: bool = False
    kind = "listing"


@dataclass(frozen=True)
class Table:
    """A table with its headings; ``caption`` says what it shows."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind = "table"


@dataclass(frozen=True)
class Picture:
    """A picture as SVG, its finding in words, and the table of its numbers."""

    title: str
    svg: str
    finding: str
    table: Table | None
    kind = "picture"


class Verbatim(str):
    """Text that stands in the page to the letter."""


@dataclass(frozen=True)
class Text:
    """A text that keeps its line breaks, such as a file, behind its title unless it is ``open``."""

    title: str
    text: str
    open: bool = False
    kind = "text"

    @property
    def verbatim(self) -> Verbatim:
        """The text, to the letter."""
        return Verbatim(self.text)


@dataclass(frozen=True)
class Download:
    """A file inside the page: its name, a line about it, and its content as an address."""

    name: str
    about: str
    address: str
    kind = "download"


Block = Paragraph | Listing | Table | Picture | Text | Download


@dataclass(frozen=True)
class Section:
    """A part of a report under a heading; ``name`` is its address within the page."""

    name: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A report: its question as a headline, the answer in sentences, what it is made of, and its sections.

    ``live`` is a page of its own that the reader can play with; it is empty unless it was asked for.
    """

    title: str
    about: str
    answer: tuple[str, ...]
    made_of: tuple[str, ...]
    sections: tuple[Section, ...]
    caveat: str
    live: str = ""
