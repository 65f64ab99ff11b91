"""A map in a scenario file: keys that are known, keys of the file's own choosing, or both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..scenario.hover import sentence
from .nodes import Broken, Mapping, Node, is_null
from .problems import Report, listed, nearest
from .specs import Spec

NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass
class Section:
    """A map with known keys, with keys of the file's own choosing (``each``), or with both.

    ``noun`` is what a key of one's own names; ``places`` tells for a name in which sections it is at home.
    """

    says: str
    keys: dict[str, Spec] = field(default_factory=dict)
    each: Spec | None = None
    noun: str = ""
    needs: tuple[str, ...] = ()
    places: dict[str, list[str]] = field(default_factory=dict)

    def inside(self, name: str) -> Spec | None:
        """What stands under a key."""
        return self.keys.get(name, self.each)

    def check(self, node: Node, key: str, report: Report):
        """Read a map; every key must be known."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping):
            hint = "; write {} if nothing differs from the defaults, or delete the key" if is_null(node) else ""
            report.add(node.mark, key, f"expected a map ({self.says.rstrip('.')}), found {node}{hint}")
            return None
        read = {}
        for name, inner in node.entries.items():
            dotted = f"{key}.{name}" if key else name
            spec = self.inside(name)
            if name not in self.keys and (spec is None or not NAME.fullmatch(name)):
                report.add(node.marks[name], dotted, self._unknown(name))
            elif (found := spec.check(inner, dotted, report)) is not None:
                read[name] = found
        for name in self.needs:
            if name not in node.entries:
                report.add(node.mark, f"{key}.{name}" if key else name, f"missing: {self.keys[name].says}")
        return read

    def json_schema(self, shared: dict) -> dict:
        """A map in which every key must be known. A whole map may be ``null``: that removes what is inherited."""
        schema = {"description": sentence(self.says), "type": ["object", "null"], "additionalProperties": False}
        if self.keys:
            schema["properties"] = {name: spec.json_schema(shared) for name, spec in self.keys.items()}
        if self.each is not None:
            schema["patternProperties"] = {f"^{NAME.pattern}$": self.each.json_schema(shared)}
        return schema | ({"required": list(self.needs)} if self.needs else {})

    def _unknown(self, name: str) -> str:
        if self.each is not None:
            return f"{name!r} cannot name {self.noun}: expected lower-case letters, digits and _, as in 'south_ossetia'"
        section, _, rest = name.partition(".")
        if name in self.places:
            hint = f"; it is known as {listed(self.places[name], 3)}"
        elif rest and section in self.keys:
            hint = f"; inside a file keys are nested: {section}: {{{rest.replace('.', ': {')}: …{'}' * name.count('.')}"
        else:
            hint = nearest(name, self.keys) or f"; known are {listed(sorted(self.keys))}"
        return f"unknown key{hint}"
