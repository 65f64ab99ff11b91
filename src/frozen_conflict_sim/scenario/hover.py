"""What an editor shows of what may stand in a file: sentences for a reader who writes YAML, each stored once."""

from __future__ import annotations

import math

from ..engine.declare.parameter import Category, Quantity


def sentence(description: str) -> str:
    """A description as a sentence.

    >>> sentence("what it is called")
    'What it is called.'
    """
    return description[:1].upper() + description[1:].rstrip(".") + ("" if description.endswith("?") else ".")


def shared_as(name: str, schema: dict, shared: dict) -> dict:
    """A reference to a schema that may stand in many places, and is written once."""
    while shared.setdefault(name, schema) != schema:
        name += "_"
    return {"$ref": f"#/$defs/{name}"}


def about(declared: Quantity | Category, item: str = "") -> dict:
    r"""Description and default of a quantity or a word: meaning, bounds, unit, default, source, grade.

    >>> from frozen_conflict_sim.engine.declare.parameter import quantity
    >>> about(quantity(0.5, 0, 2, "index", "How much a treaty hurts."))["description"]
    'How much a treaty hurts.\n\n0 to 2 (index); default 0.5; grade: assumed.'
    """
    facts, default = [], declared.default
    if isinstance(declared, Quantity):
        default = declared.default_of(item)
        facts += [declared.bounds, "by default it follows from others" if math.isnan(default) else f"default {default:g}"]
    elif default:
        facts += [f"default {default}"]
    facts += [f"grade: {declared.grade}"] + ([f"source: {declared.source.rstrip('.')}"] if declared.source else [])
    described = {"description": f"{sentence(declared.meaning)}\n\n{sentence('; '.join(facts))}"}
    return described if default == "" or default != default else described | {"default": default}
