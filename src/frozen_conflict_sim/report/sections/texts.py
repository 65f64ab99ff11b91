"""The texts and the record: what the model's statements and patterns come to, from a stored validation, failures included."""

from __future__ import annotations

import json
from pathlib import Path

from ...files.problems import InputError, Position, Problem
from ..document import Block, Paragraph, Section, Table

TABLES = {"scoreboard": "patterns of the record", "statements": "statements of the texts"}
HOW = (
    "These results alone do not say how the model compares with the record: frozen-conflict-sim validate --out FOLDER scores "
    "it against dated patterns and the statements of the texts, and report --validation FOLDER shows both, failures included."
)


def texts(validation: Path | None) -> Section:
    """The tables of a folder that ``validate --out`` has written; without one, how to get them. Raises ``InputError``."""
    if validation is None:
        return Section("record", "The texts and the record", (Paragraph(HOW),))
    found = {name: _read(validation / f"{name}.json") for name in TABLES if (validation / f"{name}.json").exists()}
    if not found:
        names = " nor ".join(f"{name}.json" for name in TABLES)
        why = f"{validation} has neither {names}: write them by validate --out {validation}"
        raise InputError([Problem(Position("--validation"), "", why)])
    blocks: list[Block] = []
    if "statements" in found:
        blocks += _statements(found["statements"])
    if "scoreboard" in found:
        blocks += _patterns(found["scoreboard"])
    return Section("record", "The texts and the record", tuple(blocks))


def _read(path: Path) -> dict:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        why = f"{path} cannot be read: write it again by validate --out {path.parent}"
        raise InputError([Problem(Position("--validation"), "", why)]) from None


def _statements(board: dict) -> list[Block]:
    failing = f" It fails {', '.join(board['failing'])}." if board["failing"] else ""
    say = f"{board['held']} of {board['tested']} statements of the texts come out of the model.{failing} {board['caveat']}"
    rows = tuple((line["claim"], line["quote"] or "", line["source"] or "", line["result"]) for line in board["lines"])
    return [Paragraph(say), Table("Statements of the texts", ("claim", "quotation", "source", "result"), rows)]


def _patterns(board: dict) -> list[Block]:
    say = f"{board['passed']} of {board['tests']} test patterns of the record pass. {board['caveat']}"
    rows = tuple((line["claim"], line["evidence"], line["kind"], line["result"]) for line in board["lines"])
    return [Paragraph(say), Table("Patterns of the record", ("claim", "evidence", "kind", "result"), rows)]
