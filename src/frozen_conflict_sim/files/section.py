"""The spec of a map: known keys, keys of the file's own choosing, or both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .json_schema import sentence
from .nodes import Broken, Mapping, Node, Scalar, is_null
from .problems import Report, listed, nearest
from .specs import Spec

NAME = re.compile(r"[a-z][a-z0-9_]*")
ANY = object()


@dataclass(frozen=True)
class Requires:
    """A rule between two keys: where ``key`` has the ``value`` (or any), ``needed`` must be there too."""

    key: str
    needed: str
    message: str
    value: object = ANY

    def broken_by(self, node: Mapping) -> bool:
        """Whether a map breaks the rule."""
        found = node.entries.get(self.key)
        if found is None or self.needed in node.entries:
            return False
        return self.value is ANY or (isinstance(found, Scalar) and found.value == self.value)

    def schema(self) -> dict:
        """The rule for one value, as JSON Schema."""
        has_value = {"properties": {self.key: {"const": self.value}}, "required": [self.key]}
        return {"if": has_value, "then": {"required": [self.needed]}}


@dataclass
class Section:
    """A map with known ``keys``, with keys of the file's own choosing (``each``), or with both.

    ``noun`` is what a key of one's own names. ``needs`` are the keys that must be there. ``forms`` are alternative sets of
    keys, of which exactly one must be there, whole. ``requires`` are rules between keys. ``places`` maps a name to the
    sections that know it, for hints.
    """

    description: str
    keys: dict[str, Spec] = field(default_factory=dict)
    each: Spec | None = None
    noun: str = ""
    needs: tuple[str, ...] = ()
    forms: tuple[tuple[str, ...], ...] = ()
    requires: tuple[Requires, ...] = ()
    places: dict[str, list[str]] = field(default_factory=dict)

    def inside(self, name: str) -> Spec | None:
        """The spec of a key; ``None`` if the key is unknown."""
        return self.keys.get(name, self.each)

    def form_of(self, node: Mapping) -> tuple[str, ...]:
        """The keys of any form that a map has: one of ``forms`` if the map is right."""
        return tuple(name for form in self.forms for name in form if name in node.entries)

    def check(self, node: Node, key: str, report: Report):
        """Read a map as a dictionary; every key must be known. Whoever names ``forms`` reports what is in none of them."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping):
            hint = "; write {} if nothing differs from the defaults, or delete the key" if is_null(node) else ""
            report.add(node.position, key, f"expected a map ({self.description.rstrip('.')}), found {node}{hint}")
            return None
        read = {}
        for name, inner in node.entries.items():
            dotted = f"{key}.{name}" if key else name
            spec = self.inside(name)
            if name not in self.keys and (spec is None or not NAME.fullmatch(name)):
                report.add(node.positions[name], dotted, self._unknown(name))
            elif (parsed := spec.check(inner, dotted, report)) is not None:
                read[name] = parsed
        for name in self.needs:
            if name not in node.entries:
                dotted = f"{key}.{name}" if key else name
                report.add(node.position, dotted, f"missing: {self.keys[name].description}")
        for rule in self.requires:
            if rule.broken_by(node):
                report.add(node.entries[rule.key].position, f"{key}.{rule.key}", rule.message)
        return read

    def schema(self, definitions: dict) -> dict:
        """A map in which every key must be known; ``null`` for a whole map removes what is inherited."""
        schema = {"description": sentence(self.description), "type": ["object", "null"], "additionalProperties": False}
        if self.keys:
            schema["properties"] = {name: spec.schema(definitions) for name, spec in self.keys.items()}
        if self.each is not None:
            schema["patternProperties"] = {f"^{NAME.pattern}$": self.each.schema(definitions)}
        if self.needs:
            schema["required"] = list(self.needs)
        if self.forms:
            schema["oneOf"] = [{"required": [form[0]]} for form in self.forms]
        depends = {name: [other for other in form if other != name] for form in self.forms for name in form if len(form) > 1}
        depends |= {rule.key: [rule.needed] for rule in self.requires if rule.value is ANY}
        rules = [rule.schema() for rule in self.requires if rule.value is not ANY]
        schema |= {"dependentRequired": depends} if depends else {}
        return schema | ({"allOf": rules} if rules else {})

    def _unknown(self, name: str) -> str:
        if self.each is not None:
            return f"{name!r} cannot name {self.noun}: expected lower-case letters, digits and _, as in 'south_ossetia'"
        if ":" in name:
            return f"unknown key; write a space after the colon: {name.replace(':', ': ')}"
        section, _, rest = name.partition(".")
        if name in self.places:
            hint = f"; it is known as {listed(self.places[name], 3)}"
        elif rest and section in self.keys:
            hint = f"; inside a file keys are nested: {section}: {{{rest.replace('.', ': {')}: …{'}' * name.count('.')}"
        else:
            hint = nearest(name, self.keys) or f"; known are {listed(sorted(self.keys))}"
        return f"unknown key{hint}"
