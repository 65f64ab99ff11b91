"""JSON Schema as strict validators want it: one type for each part, and every required key among the properties.

Editors insert a number's default or else 0: where 0 is out of bounds, a number has a default.
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
    return _divided(inner) if isinstance(types, list) and len({*types} - {"null"}) > 1 else _insertable(inner)


def _insertable(schema: dict) -> dict:
    """The schema with a default if an editor would otherwise insert 0 for a number that cannot be 0.

    >>> _insertable({"type": "integer", "minimum": 2}), _insertable({"type": "number", "exclusiveMinimum": 0, "maximum": 0.5})
    ({'type': 'integer', 'minimum': 2, 'default': 2}, {'type': 'number', 'exclusiveMinimum': 0, 'maximum': 0.5, 'default': 0.5})
    """
    if schema.get("type") not in ("number", "integer") or "default" in schema:
        return schema
    low, above = schema.get("minimum", 0), schema.get("exclusiveMinimum", -1)
    if above >= 0:
        return {**schema, "default": schema.get("maximum", above + 1)}
    if schema.get("maximum", 0) < 0:
        return {**schema, "default": schema["maximum"]}
    return {**schema, "default": low} if low > 0 else schema


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
        choices.append(_insertable({"type": kind, **{name: value for name, value in rest.items() if name in words}}))
    used = {name for choice in choices for name in choice}
    return {name: value for name, value in rest.items() if name not in used} | {"anyOf": choices}
