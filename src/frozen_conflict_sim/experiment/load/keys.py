"""Dotted keys of an experiment file: what each addresses, and its value in the scenario."""

from __future__ import annotations

import math
from collections.abc import Callable

from ...engine.declare.parameter import Category, Quantity
from ...engine.declare.registry import Declarations
from ...engine.setting import Value
from ...files.json_schema import defined, keyed, sentence
from ...files.nodes import Broken, Mapping, Node, is_null
from ...files.problems import Report
from ...files.specs import Parsed
from ...politics import examples
from ...scenario.addresses import Address, Addresses, Target, addresses_in, event_patterns, patterns
from ...scenario.load import Scenario
from ...scenario.quantities import annotations
from ...scenario.schema import declarations
from .values import SingleValue


class Keys:
    """The dotted keys of a scenario."""

    def __init__(self, scenario: Scenario, declared: Declarations):
        self.scenario, self.addresses = scenario, addresses_in(declared, scenario)

    def target(self, key: str, where: str, position, report: Report, also: tuple[str, ...] = ()) -> Target | None:
        """What a key addresses; a report if it is unknown (``also`` are further words for the hint) or addresses nobody."""
        if key not in self.addresses:
            report.add(position, where, self.addresses.unknown(key, also=also))
            return None
        target = self.addresses[key]
        if not target.addresses:
            report.add(position, where, f"{key!r} addresses nobody: this scenario has no {target.role.name}")
            return None
        return target

    def is_structural(self, key: str) -> bool:
        """Whether all runs of one model share the value: a category, or a number that the model is built from."""
        declared = self.addresses[key].declared
        return isinstance(declared, Category) or declared.common

    def map(
        self, node: Node, key: str, report: Report, spec: Callable, example: str, also: tuple[str, ...] = ()
    ) -> dict[str, Parsed] | None:
        """Read a map from dotted keys; ``spec(target, scenario)`` reads each value."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping):
            hint = "; delete the key if there are none" if is_null(node) else ""
            report.add(node.position, key, f"expected a map such as {example}, found {node}{hint}")
            return None
        read = {}
        for name, inner in node.entries.items():
            target = self.target(name, f"{key}.{name}", node.positions[name], report, also)
            found = target and spec(target, self.scenario).check(inner, f"{key}.{name}", report)
            if found and target.key in read:
                report.add(node.positions[name], f"{key}.{name}", f"{target.key} is set twice; delete one of the two")
            elif found:
                read[target.key] = Parsed(found.data, node.positions[name])
        return read

    def values(self, node: Node, key: str, report: Report) -> dict[str, object] | None:
        """Read a map from dotted keys to single values."""
        read = self.map(node, key, report, SingleValue, f"{{{examples.PARAMETER}: 0.5}}")
        return None if read is None else {name: found.data for name, found in read.items()}


class DottedMap:
    """A map with dotted keys; ``spec`` makes, for what a key addresses, the spec of its value.

    Without the keys of a scenario it gives its schema for any scenario, and cannot check.

    ``also`` are further keys that are read elsewhere.
    """

    def __init__(
        self,
        keys: Keys | None,
        description: str,
        spec: Callable[[Target, Scenario | None], object],
        example: str = "",
        also: tuple[str, ...] = (),
    ):
        self.keys, self.description, self.spec, self.example, self.also = keys, description, spec, example, also

    def check(self, node: Node, key: str, report: Report):
        """Read the map."""
        return self.keys.map(node, key, report, self.spec, self.example, self.also)

    def schema(self, definitions: dict) -> dict:
        """The keys of any scenario, each with the schema of its value."""
        schemas = {}
        for key, target in (patterns(declarations()) | event_patterns(declarations())).items():
            spec = self.spec(target, None)
            schema = spec.schema(definitions)
            if schema is not None:
                described = {"description": annotations(target.declared, target.item)["description"]}
                name = ".".join(filter(None, (spec.label, target.declared.name, target.item)))
                schemas[key] = defined(name, described | schema, definitions)
        return {"description": sentence(self.description)} | keyed(schemas)


def point_schema(definitions: dict) -> dict:
    """A reference to the schema of single values by dotted key."""
    schema = DottedMap(None, "values by dotted key", SingleValue).schema(definitions)
    return defined("point", schema, definitions)


def effective(keys: list[str], addresses: Addresses) -> dict[str, tuple[Address, ...]]:
    """The addresses that each of several keys sets; where a general and a specific key overlap, the specific one wins."""
    ordered = sorted(keys, key=lambda key: addresses[key].shared)
    taken: set[Address] = set()
    found = {}
    for key in ordered:
        found[key] = tuple(address for address in addresses[key].addresses if address not in taken)
        taken |= set(found[key])
    return {key: found[key] for key in keys}


def current_value(keys: Keys, key: str, mandates: dict[Address, Value] | None = None) -> float | str | None:
    """The value of a key in the scenario itself; ``None`` where members differ or the value is uncertain.

    ``mandates`` are the values of the policies in force; without them, a key that any policy mandates has no single value.
    """
    target = keys.addresses[key]
    policies = keys.scenario.policies.values()
    mandated = {address for policy in policies for address in policy.values} if mandates is None else set()
    given = keys.scenario.values | (mandates or {})
    values = {None if address in mandated else _value(target, given.get(address)) for address in target.addresses}
    return values.pop() if len(values) == 1 else None


def _value(target: Target, given: Value | None) -> float | str | None:
    if given is not None:
        return given.fixed if given.law == "fixed" else None
    if not isinstance(target.declared, Quantity):
        return target.declared.default
    default = target.declared.default_of(target.item)
    return None if ".incentives." in target.key or math.isnan(default) else default
