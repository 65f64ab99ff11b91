"""The ``compare_with`` section: arms, whose runs equal those of the base except for some values."""

from __future__ import annotations

from ...files.json_schema import sentence
from ...files.nodes import Broken, Mapping, Node
from ...files.problems import Position, Report
from ...files.section import NAME
from ...files.specs import Parsed
from ...politics import examples
from ...scenario.write import as_written
from ..spec import BASE
from .keys import Keys, current_value, point_schema

EXAMPLE = f"{{{examples.CATEGORY}: off}}, or with names {{no_coupling: {{{examples.CATEGORY}: off}}}}"
Arms = dict[str, dict[str, float | str]]


class Comparison:
    """One arm ``{key: value}``, or several ``{name: {key: value}}``."""

    description = "what is run beside the base: values, or several arms by name"

    def __init__(self, keys: Keys | None):
        self.keys = keys

    def check(self, node: Node, key: str, report: Report):
        """Read the arms by name; an arm without a name is named after the values that it sets."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping) or not node.entries:
            report.add(node.position, key, f"expected {EXAMPLE}, found {node}")
            return None
        named = {name: inner for name, inner in node.entries.items() if isinstance(inner, Mapping) and not self._is_key(name)}
        if not named:
            values = self.keys.values(node, key, report)
            name = ", ".join(f"{dotted}={_written(dotted, value, self.keys)}" for dotted, value in (values or {}).items())
            return Parsed({name: Parsed(values, node.position)}, node.position) if values else None
        for stray in [name for name in node.entries if name not in named]:
            message = f"named arms and single values cannot be mixed; write {EXAMPLE}"
            report.add(node.positions[stray], f"{key}.{stray}", message)
        return Parsed({name: found for name in named if (found := self._arm(name, node, key, report))}, node.position)

    def schema(self, definitions: dict) -> dict:
        """Values by key, or several of these by name."""
        point = point_schema(definitions)
        named = {"type": "object", "patternProperties": {f"^{NAME.pattern}$": point}, "additionalProperties": False}
        return {"description": sentence(self.description), "anyOf": [point, named]}

    def _is_key(self, name: str) -> bool:
        return name in self.keys.addresses or "." in name

    def _arm(self, name: str, node: Mapping, key: str, report: Report) -> Parsed | None:
        if name == BASE or not NAME.fullmatch(name):
            reason = (
                "means the runs without an arm" if name == BASE else "cannot name an arm: use lower-case letters, digits and _"
            )
            report.add(node.positions[name], f"{key}.{name}", f"{name!r} {reason}")
            return None
        inner = node.entries[name]
        if not inner.entries:
            report.add(node.positions[name], f"{key}.{name}", "an arm that sets nothing equals the base; delete it")
            return None
        values = self.keys.values(inner, f"{key}.{name}", report)
        return values and Parsed(values, node.positions[name])


def check_arms(arms: dict[str, Parsed], levers: dict[str, Position], uncertain: set[str], keys: Keys, report: Report) -> None:
    """Refuse arms that set a lever, that equal the base, or that equal each other."""
    seen: list[tuple[str, dict]] = []
    set_by_levers = {address: key for key in levers for address in keys.addresses[key].addresses}
    for name, found in arms.items():
        where = f"compare_with.{name}" if len(arms) > 1 or NAME.fullmatch(name) else "compare_with"
        for key in found.data:
            lever = next((set_by_levers[at] for at in keys.addresses[key].addresses if at in set_by_levers), None)
            if lever:
                message = (
                    f"{lever} is a lever, so runs with its values are in the study already; compare those, or delete the lever"
                )
                report.add(found.position, where, message)
        if all(key not in uncertain and current_value(keys, key) == value for key, value in found.data.items()):
            report.add(found.position, where, f"the scenario has {_sets(found.data, keys)} already: this arm equals the base")
        for other, values in seen:
            if values == found.data:
                report.add(found.position, where, f"this arm equals {other!r}; keep one of them")
        seen.append((name, found.data))


def _sets(values: dict, keys: Keys) -> str:
    return ", ".join(f"{key}: {_written(key, value, keys)}" for key, value in values.items())


def _written(key: str, value, keys: Keys) -> str:
    """A value as text: dates, and true and false, as files write them."""
    written = value if isinstance(value, str) else as_written(keys.addresses[key].declared, value)
    return str(written).lower() if isinstance(written, bool) else written if isinstance(written, str) else f"{value:g}"
