"""JSON Schema as strict validators want it: one type for each part, and every required key among the properties.

What a schema accepts stays the same. Editors complete and describe the parts of a choice better than those of a condition.
"""

from __future__ import annotations

from collections.abc import Callable

_MANY = ("properties", "patternProperties", "$defs")
_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
_ONE = ("items", "if", "then", "else", "not", "additionalProperties")
_NUMBER = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
_OF_TYPE = {
    "number": _NUMBER,
    "integer": _NUMBER,
    "string": {"pattern", "minLength", "maxLength", "format"},
    "array": {"items", "prefixItems", "minItems", "maxItems", "uniqueItems"},
    "object": {"properties", "patternProperties", "additionalProperties", "required", "dependentRequired"},
}


def strict(schema):
    """The same schema without unions of types, and with every required key among the properties.

    >>> strict({"type": ["number", "object"], "minimum": 0, "if": {"type": "object"}, "then": {"required": ["value"]}})
    {'anyOf': [{'type': 'number', 'minimum': 0}, {'type': 'object', 'required': ['value'], 'properties': {'value': True}}]}
    """
    if not isinstance(schema, dict):
        return schema
    inner = _inside(schema, strict)
    lacking = {name: True for name in inner.get("required", ()) if name not in inner.get("properties", {})}
    if lacking:
        inner["properties"] = inner.get("properties", {}) | lacking
    types = inner.get("type")
    return _divided(inner) if isinstance(types, list) and len({*types} - {"null"}) > 1 else inner


def _inside(schema: dict, change: Callable) -> dict:
    """The schema with every schema inside it changed."""
    changed = dict(schema)
    for name in schema.keys() & {*_MANY}:
        changed[name] = {key: change(one) for key, one in schema[name].items()}
    for name in schema.keys() & {*_LISTS}:
        changed[name] = [change(one) for one in schema[name]]
    for name in schema.keys() & {*_ONE}:
        changed[name] = change(schema[name])
    return changed


def _divided(schema: dict) -> dict:
    """A schema of several types as a choice between one of each; a condition on objects goes to the object."""
    rest = {name: value for name, value in schema.items() if name != "type"}
    if rest.get("if") == {"type": "object"}:
        rest.pop("if")
        rest = rest.pop("then") | {name: value for name, value in rest.items() if name != "then"}
    about_objects = {"oneOf", "allOf"} if "object" in schema["type"] else set()
    choices = []
    for kind in schema["type"]:
        words = _OF_TYPE.get(kind, set()) | (about_objects if kind == "object" else set())
        choices.append({"type": kind, **{name: value for name, value in rest.items() if name in words}})
    used = {name for choice in choices for name in choice}
    return {name: value for name, value in rest.items() if name not in used} | {"anyOf": choices}
