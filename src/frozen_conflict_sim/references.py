"""The literature that rules and pages cite: entries of ``references.bib`` by key.

Text cites a key as Pandoc does: ``@dewaal2015`` within a sentence, ``[@walt1987; @schweller1994]`` in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "shipped" / "references.bib"
FILE = _INSTALLED if _INSTALLED.exists() else _PACKAGE.parents[1] / "docs" / "references.bib"
KEY = re.compile(r"(?<![\w.])@([a-z]+\d{4}[a-z]?)\b")
_BRACKETS = re.compile(r"\[(@[a-z]+\d{4}[^\[\]]*)\](?!\()")
_ENTRY = re.compile(r"^@(\w+)\{(\w+),\n(.*?)^\}", flags=re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^  (\w+) = \{(.*)\},$", flags=re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """An entry of the bibliography: its kind (article, book, …), its key, its fields as they stand in the file."""

    kind: str
    key: str
    fields: dict[str, str]

    @property
    def year(self) -> str:
        """The year of publication."""
        return self.fields["year"]

    @property
    def names(self) -> str:
        """The authors as text cites them: one or three family names, or the first and *et al.* in place of the others.

        >>> references()["mckelvey1995"].names, references()["dewaal2015"].names
        ('McKelvey and Palfrey', 'de Waal')
        """
        names = [author.strip("{}").split(",")[0] for author in self.fields["author"].split(" and ")]
        if names[-1] == "others" or len(names) > 3:
            return f"{names[0]} et al."
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]

    @property
    def full(self) -> str:
        """The entry as a list of references prints it, in Markdown.

        >>> references()["putnam1988"].full.split(". ")[-1]
        '*International Organization* 42(3), 427–460.'
        """
        return " ".join(f"{part}." for part in (f"{self._authors} ({self.year})", *self._title, *self._where))

    @property
    def _authors(self) -> str:
        names = self.fields["author"].replace("{", "").replace("}", "").split(" and ")
        if names[-1] == "others":
            return f"{names[0]}, et al."
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]

    @property
    def _title(self) -> list[str]:
        title = self.fields.get("title")
        return [f"*{title}*" if self.kind == "book" else f"“{title}”"] if title else []

    @property
    def _where(self) -> list[str]:
        told = self.fields.get
        place = f"*{told('journal')}*" if told("journal") else f"In *{told('booktitle')}*" if told("booktitle") else ""
        place += f" {told('volume')}" if told("volume") else ""
        place += f"({told('number')})" if told("number") else ""
        place += f", {told('pages')}".replace("--", "–") if told("pages") else ""
        doi = f"doi:{told('doi')}" if told("doi") else ""
        return [part for part in (told("note"), place, told("publisher"), told("howpublished"), doi, told("url")) if part]


@cache
def references() -> dict[str, Entry]:
    """Every entry of the bibliography by its key."""
    found = _ENTRY.findall(FILE.read_text("utf-8"))
    return {key: Entry(kind, key, dict(_FIELD.findall(inside))) for kind, key, inside in found}


def cited(text: str) -> list[str]:
    """The keys that a text cites, each once, in their order.

    >>> cited("@dewaal2015 on the railway; see [@walt1987; @dewaal2015]")
    ['dewaal2015', 'walt1987']
    """
    return list(dict.fromkeys(KEY.findall(text)))


def with_names(text: str) -> str:
    """A text with authors and years instead of keys; a key without an entry raises ``KeyError``.

    >>> with_names("@dewaal2015 on the railway [@walt1987; @schweller1994]")
    'de Waal (2015) on the railway (Walt 1987; Schweller 1994)'
    """

    def bracket(found: re.Match) -> str:
        return f"({KEY.sub(lambda key: f'{references()[key[1]].names} {references()[key[1]].year}', found[1])})"

    text = _BRACKETS.sub(bracket, text)
    return KEY.sub(lambda key: f"{references()[key[1]].names} ({references()[key[1]].year})", text)


def bibliography(text: str) -> list[str]:
    """The full references of all that a text cites, in the order of the alphabet."""
    return [references()[key].full for key in sorted(cited(text))]
