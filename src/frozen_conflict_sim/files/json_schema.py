"""JSON Schema for editors: completion, hovers and a first check while a file is being written.

It follows from the objects that check a file, which say more than a schema can: ``check`` has the last word.
"""

from __future__ import annotations

import json

from .section import Section

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> str:
    """The schema of scenario files."""
    from ..scenario.load import declarations
    from ..scenario.schema import Schema

    return for_editors(Schema(declarations()).root, "A scenario of frozen-conflict-sim")


def for_editors(root: Section, title: str) -> str:
    """The schema of a kind of file. One that may extend another must be complete only where it does not."""
    shared: dict[str, dict] = {}
    schema = root.json_schema(shared) | {"type": "object"}
    if "extends" in root.keys:
        schema |= {"if": {"required": ["extends"]}, "else": _taken_needs(schema)}
    return _lines({"$schema": DIALECT, "title": title, **schema, "$defs": dict(sorted(shared.items()))}, 2) + "\n"


def _lines(data, levels: int, indent: str = "") -> str:
    """JSON in which each section and each definition has a line of its own, so that changes can be read."""
    if not levels or not isinstance(data, dict):
        return json.dumps(data, ensure_ascii=False)
    inner = indent + " "
    entries = [f"{inner}{json.dumps(name)}: {_lines(value, levels - 1, inner)}" for name, value in data.items()]
    return "{\n" + ",\n".join(entries) + f"\n{indent}}}"


def _taken_needs(schema: dict) -> dict:
    """What must stand in a complete file, taken out of the schema: what is inherited need not be written again."""
    needs = {"required": schema.pop("required")} if "required" in schema else {}
    for kind in ("properties", "patternProperties"):
        inner = {name: _taken_needs(under) for name, under in schema.get(kind, {}).items() if isinstance(under, dict)}
        inner = {name: found for name, found in inner.items() if found}
        needs |= {kind: inner} if inner else {}
    return needs
