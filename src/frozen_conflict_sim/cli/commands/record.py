"""``record``: the historical record, with source and grade."""

from __future__ import annotations

import re
from itertools import chain

import click

from .. import options
from ..screen.messages import print_json, say

KINDS = ("events", "asks", "elections", "polls", "subsidies")


@click.command(short_help="List the historical record: events, asks, elections, polls, subsidies.")
@click.argument("kind", required=False, type=click.Choice(KINDS))
@click.option("--about", metavar="WORD", help="List only rows that contain this word, such as Abkhazia or 2014.")
@options.as_json
def record(kind, about, as_json):
    """List the entries of one KIND, each with its source and grade; without KIND, print how many there are of each.

    Entries marked “unverified” were not checked again at their source.
    """
    from ...files.problems import nearest
    from ...record.tables import rows, verified

    kinds = [kind] if kind else KINDS
    found = {name: [row for row in rows(name) if _contains(row, about)] for name in kinds}
    if not any(found.values()):
        known = {word for name in kinds for row in rows(name) for cell in row.values() for word in re.findall(r"\w{3,}", cell)}
        say(f"none of the {kind or 'entries'} contains {about!r}{nearest(about, sorted(known))}")
    if as_json:
        marked = {name: [{**row, "verified": verified(row)} for row in chosen] for name, chosen in found.items()}
        print_json(marked[kind] if kind else marked)
    elif kind and found[kind]:
        _list(kind, found[kind])
    elif not kind:
        _overview(found)


def _contains(row: dict[str, str], word: str | None) -> bool:
    return word is None or any(word.casefold() in cell.casefold() for cell in row.values())


def _overview(found: dict[str, list]) -> None:
    from ...record.tables import KINDS, verified
    from ..screen.tables import console, table

    lines = ([name, str(len(rows)), str(sum(not verified(row) for row in rows)), KINDS[name]] for name, rows in found.items())
    columns = {"kind": "left", "rows": "right", "unverified": "right", "what it lists": "left"}
    console().print(table("The record", columns, lines))


def _list(kind: str, rows: list[dict[str, str]]) -> None:
    from ..screen.tables import console, table

    names = list(dict.fromkeys(chain.from_iterable(rows)))
    headings = {name.replace("_", " "): "left" for name in names}
    console().print(table(f"{len(rows)} {kind}", headings, ([row[name] for name in names] for row in rows)))
