"""The ``uncertainties`` section: a distribution for each key, a table of plausible sets, or a range by grade.

``from_posterior`` names a table whose rows are drawn whole. ``by_grade`` makes every number of the scenario uncertain by a
share that depends on its grade: a convention, to ask how much rests on what nobody measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from pathlib import Path

from ...engine.declare.parameter import GRADES as ALL_GRADES
from ...engine.declare.parameter import Quantity
from ...engine.event_numbers import EVENT
from ...engine.setting import Value
from ...files.nodes import Mapping, Node
from ...files.numbers import Number
from ...files.problems import Report, listed
from ...files.section import Section
from ...files.specs import Parsed, Text
from ...politics import examples
from ...scenario.addresses import Target
from .keys import DottedMap, Keys
from .table import read_table
from .values import Distribution

FROM_POSTERIOR = "from_posterior"
BY_GRADE = "by_grade"
SHARE = Number(0.0, 1.0, "share", "the share by which a number of this grade may be off, up or down")
GRADES = Section("every number as uncertain as its grade says, {assumed: 0.5}", dict.fromkeys(ALL_GRADES, SHARE))
PATH = Text("a CSV file of plausible sets, one a line, as calibrate writes it; each run draws a whole line")


@dataclass
class Uncertainties:
    """A map from dotted keys to distributions, with ``from_posterior`` and ``by_grade`` beside them.

    ``by_grade`` is expanded later, when all else has been read.
    """

    keys: Keys | None
    folder: Path
    description: str = "what nobody chooses; sampled"

    def check(self, node: Node, key: str, report: Report):
        """Read the map."""
        beside, example = (FROM_POSTERIOR, BY_GRADE), f"{{{examples.PARAMETER}: {{from: 0, to: 2}}}}"
        each = DottedMap(self.keys, self.description, Distribution, example, beside)
        if not isinstance(node, Mapping) or not set(beside) & node.entries.keys():
            return each.check(node, key, report)
        others = each.check(node.without(*beside), key, report) or {}
        if BY_GRADE in node.entries:
            read = GRADES.check(node.entries[BY_GRADE], f"{key}.{BY_GRADE}", report) or {}
            others[BY_GRADE] = Parsed({grade: found.data for grade, found in read.items()}, node.positions[BY_GRADE])
        if FROM_POSTERIOR not in node.entries:
            return others
        file = PATH.check(node.entries[FROM_POSTERIOR], f"{key}.{FROM_POSTERIOR}", report)
        drawn = self._posterior(file, f"{key}.{FROM_POSTERIOR}", report) if file else {}
        twice = sorted(drawn.keys() & others.keys())
        if twice:
            report.add(
                file.position, f"{key}.{FROM_POSTERIOR}", f"{listed(twice)} is set beside it too; delete it in one of the two"
            )
        return drawn | others

    def schema(self, definitions: dict) -> dict:
        """Distributions by key, and the two keys beside them."""
        by_key = DottedMap(None, self.description, Distribution).schema(definitions)
        beside = {FROM_POSTERIOR: PATH.schema(definitions), BY_GRADE: GRADES.schema(definitions)}
        return by_key | {"properties": by_key["properties"] | beside}

    def _posterior(self, file: Parsed, key: str, report: Report) -> dict[str, Parsed]:
        table = read_table(self.folder / file.data, file.position, key, self.keys, report)
        structural = [name for name in table if self.keys.is_structural(name)]
        if structural:
            report.add(
                file.position, key, f"{listed(structural)} is the same in all runs and cannot be drawn; delete the column"
            )
        name_of_draw = Path(file.data).stem
        return {
            name: Parsed(
                Value("choices", numbers, source=f"drawn from {Path(file.data).name}", jointly=name_of_draw), file.position
            )
            for name, numbers in table.items()
            if name not in structural and None not in numbers
        }


def expanded(read: dict, keys: Keys) -> dict:
    """Replace ``by_grade`` by a range around every number of the scenario.

    Left out are zeros, values that are uncertain already, structural numbers, and what levers, arms, points or other
    uncertainties set.
    """
    uncertain = dict(read.get("uncertainties") or {})
    if BY_GRADE not in uncertain:
        return read
    shares = uncertain.pop(BY_GRADE)
    taken = _set_elsewhere(read, uncertain, keys)
    ranges = {}
    for target in keys.addresses.targets.values():
        is_number = isinstance(target.declared, Quantity) and not target.declared.common and target.role is not EVENT
        if is_number and (target.shared or not target.role.many):
            for key, number, known in _numbers(target, keys):
                reach = shares.data.get(known.grade, 0.0) * abs(number)
                ends = max(number - reach, target.declared.low), min(number + reach, target.declared.high)
                if ends[0] < ends[1] and not taken & set(keys.addresses[key].addresses):
                    ranges[key] = Parsed(Value("between", ends, known.source, known.grade), shares.position)
    return read | {"uncertainties": ranges | uncertain}


def _set_elsewhere(read: dict, uncertain: dict, keys: Keys) -> set:
    arms = read["compare_with"].data.values() if "compare_with" in read else ()
    table = read["design"].data.table if "design" in read else {}
    named = [*(read.get("levers") or {}), *table, *(key for arm in arms for key in arm.data), *uncertain]
    return {address for key in named for address in keys.addresses[key].addresses}


def _numbers(target: Target, keys: Keys) -> Iterator[tuple[str, float, Value | Quantity]]:
    """Key, number, and the source of its grade: once for all members alike, and for each member with its own number."""
    values = keys.scenario.values
    given = {address: values[address] for address in target.addresses if address in values}
    own = {address: value for address, value in given.items() if value.stream != target.key}
    if len(own) < len(target.addresses):
        shared = next((value for value in given.values() if value.stream == target.key), None)
        default = target.declared.default_of(target.item)
        if shared is None and not isnan(default):
            yield target.key, default, target.declared
        elif shared is not None and shared.law == "fixed":
            yield target.key, shared.fixed, shared
    for address, value in own.items():
        if value.law == "fixed":
            yield keys.addresses.specific[address], value.fixed, value
