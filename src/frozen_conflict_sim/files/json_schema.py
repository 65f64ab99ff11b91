"""JSON Schema for editors: completion, descriptions and a first check while a file is being written.

Every part comes from the spec that checks it. A spec can say more than a schema: the check has the last word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from .strict_schema import strict

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SPELT_OUT = re.compile("[a-z0-9_.]+")


def sentence(description: str) -> str:
    """A description as a sentence.

    >>> sentence("what it is called")
    'What it is called.'
    """
    return description[:1].upper() + description[1:].rstrip(".") + ("" if description.endswith("?") else ".")


def defined(name: str, schema: dict, definitions: dict) -> dict:
    """A reference to a schema that is used in many places and written once, among the definitions."""
    while definitions.setdefault(name, schema) != schema:
        name += "_"
    return {"$ref": f"#/$defs/{name}"}


def one_of(words: dict[str, str]) -> dict:
    """One of some words, each with what it means."""
    return {"anyOf": [{"const": word, **({"description": about} if about else {})} for word, about in words.items()]}


def keyed(schemas: dict[str, dict]) -> dict:
    """The schema of a map from keys to these schemas. A key is spelt out, or a regular expression with plain dots."""
    spelt_out = {key: schema for key, schema in schemas.items() if _SPELT_OUT.fullmatch(key)}
    others = {f"^{key.replace('.', '[.]')}$": schema for key, schema in schemas.items() if key not in spelt_out}
    return {"type": "object", "properties": spelt_out, "patternProperties": others, "additionalProperties": False}


def document(root, title: str, more: Sequence[dict] = ()) -> str:
    """The JSON Schema of the files that a section describes, as text; ``more`` are schemas that hold besides.

    A file that may extend another must be complete only where it does not.
    """
    definitions: dict[str, dict] = {}
    schema = root.schema(definitions) | {"type": "object"}
    if "extends" in root.keys:
        schema |= {"if": {"required": ["extends"]}, "else": _take_requirements(schema) | {"type": "object"}}
    if more:
        schema["allOf"] = [*more]
    whole = strict({**schema, "$defs": dict(sorted(definitions.items()))})
    return _lines({"$schema": DIALECT, "title": title, **whole}, 2) + "\n"


def _lines(data, levels: int, indent: str = "") -> str:
    """JSON with one line for each section and each definition, so that diffs can be read."""
    if not levels or not isinstance(data, dict):
        return json.dumps(data, ensure_ascii=False)
    inner = indent + " "
    entries = [f"{inner}{json.dumps(name)}: {_lines(value, levels - 1, inner)}" for name, value in data.items()]
    return "{\n" + ",\n".join(entries) + f"\n{indent}}}"


def _take_requirements(schema: dict) -> dict:
    """Take the required keys out of the schema and return them as a schema of their own: inherited keys may be left out."""
    required = {"required": schema.pop("required")} if "required" in schema else {}
    for kind in ("properties", "patternProperties"):
        inner = {name: _take_requirements(under) for name, under in schema.get(kind, {}).items() if isinstance(under, dict)}
        inner = {name: found for name, found in inner.items() if found}
        required |= {kind: inner} if inner else {}
    return {"type": ["object", "null"], **required} if required else {}
