"""Dotted keys of a study file: what each addresses, and what stands under it."""

from __future__ import annotations

from collections.abc import Callable

from ...engine.declare.parameter import Category
from ...engine.declare.role import Declarations
from ...files.nodes import Broken, Mapping, Node, is_null
from ...files.problems import Report
from ...files.specs import Parsed
from ...scenario.addresses import Address, Addresses, Target, addresses_of
from ...scenario.scenario import Scenario
from .amounts import One


class Keys:
    """The dotted keys of a scenario."""

    def __init__(self, scenario: Scenario, declared: Declarations):
        self.scenario, self.addresses = scenario, addresses_of(declared, scenario.entities)

    def target(self, key: str, where: str, position, report: Report, also: tuple[str, ...] = ()) -> Target | None:
        """What a key addresses, or a report that it is nothing (nor ``also`` one of some words) or nobody."""
        if key not in self.addresses:
            report.add(position, where, self.addresses.unknown(key, also=also))
            return None
        target = self.addresses[key]
        if not target.addresses:
            report.add(position, where, f"{key!r} addresses nobody: this scenario has no {target.role.name}")
            return None
        return target

    def shapes(self, key: str) -> bool:
        """Whether all runs of a model have the same under a key: a word, or a number that shapes the world."""
        declared = self.addresses[key].declared
        return isinstance(declared, Category) or declared.common

    def map(
        self, node: Node, key: str, report: Report, spec: Callable, example: str, also: tuple[str, ...] = ()
    ) -> dict[str, Parsed] | None:
        """A map from dotted keys to what ``spec(target)`` reads."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping):
            hint = "; delete the key if there are none" if is_null(node) else ""
            report.add(node.position, key, f"expected a map such as {example}, found {node}{hint}")
            return None
        read = {}
        for name, inner in node.entries.items():
            target = self.target(name, f"{key}.{name}", node.positions[name], report, also)
            found = target and spec(target).check(inner, f"{key}.{name}", report)
            if found:
                read[name] = Parsed(found.data, node.positions[name])
        return read

    def values(self, node: Node, key: str, report: Report) -> dict[str, object] | None:
        """One value for each dotted key."""
        read = self.map(node, key, report, lambda target: One(target, self.scenario), "{parent.grievance: 0.5}")
        return None if read is None else {name: found.data for name, found in read.items()}


class DottedMap:
    """A map whose keys are dotted; ``spec`` says for what a key addresses what may stand under it.

    ``also`` are words that may stand beside them, and are read by others.
    """

    def __init__(
        self, keys: Keys, description: str, spec: Callable[[Target], object], example: str, also: tuple[str, ...] = ()
    ):
        self.keys, self.description, self.spec, self.example, self.also = keys, description, spec, example, also

    def check(self, node: Node, key: str, report: Report):
        """Read the map."""
        return self.keys.map(node, key, report, self.spec, self.example, self.also)


def effective(keys: list[str], addresses: Addresses) -> dict[str, tuple[Address, ...]]:
    """What each of several keys settles; where two speak of the same, the specific one does."""
    ordered = sorted(keys, key=lambda key: addresses[key].shared)
    taken: set[Address] = set()
    settled = {}
    for key in ordered:
        settled[key] = tuple(address for address in addresses[key].addresses if address not in taken)
        taken |= set(settled[key])
    return {key: settled[key] for key in keys}
