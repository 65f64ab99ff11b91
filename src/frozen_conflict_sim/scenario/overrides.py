"""Values given from outside a file, by ``--set key=value`` or from Python, as one more layer above all files."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map

from ..engine.declare.role import Declarations
from ..engine.setting import Setting
from ..files.from_python import GIVEN, from_python
from ..files.nodes import Mapping, Node, Scalar, Sequence
from ..files.parser import parse
from ..files.problems import InputError, Position, Report
from .addresses import addresses_of

SETTABLE = ("title", "about", "start", "turns")


def settings(pairs: Iterable[str]) -> dict[str, object]:
    """What ``--set`` was given, as values by dotted key.

    >>> settings(["patron.incentives.prestige={from: 0, to: 1}", "parent.channels=off"])
    {'patron.incentives.prestige': {'from': 0, 'to': 1}, 'parent.channels': 'off'}
    """
    report, given = Report(), {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key.strip():
            report.add(Position("--set"), "", f"expected key=value, as in parent.grievance=0.5, found {pair!r}")
            continue
        try:
            given[key.strip()] = _python(parse(text.strip(), "--set", report))
        except InputError as error:
            for problem in error.problems:
                report.add(Position("--set"), key.strip(), problem.message)
    report.raise_if_any()
    return given


def _python(node: Node | None):
    if isinstance(node, Mapping):
        return {name: _python(inner) for name, inner in node.entries.items()}
    if isinstance(node, Sequence):
        return [_python(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else None


def layer(setting: Setting, declared: Declarations, values: Map[str, object]) -> Mapping:
    """The given values as the nearest layer of a scenario; each key must address something that is there."""
    above = min([0, *(nearest.position.layer for nearest in getattr(setting, "layers", ())[:1])]) - 1
    position, report, tree = Position(GIVEN, layer=above), Report(), {}
    addresses = addresses_of(declared, setting.entities)
    policies = tuple(f"policies.{name}." for name in setting.policies)
    for key, value in values.items():
        known = key in addresses or key in SETTABLE or key.startswith(policies)
        if not known and not any(target.startswith(f"{key}.") for target in addresses.targets):
            report.add(position, key, addresses.unknown(key))
            continue
        branch = tree
        *path, last = key.split(".")
        for name in path:
            branch = branch.setdefault(name, {})
        branch[last] = {**branch[last], **value} if isinstance(branch.get(last), dict) and isinstance(value, Map) else value
    root = from_python(tree, position, "", report)
    report.raise_if_any()
    return root
