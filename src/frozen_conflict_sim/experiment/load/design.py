"""The design section of a study file: the kind, the options that it takes, and the points of a list or a file."""

from __future__ import annotations

from pathlib import Path

from ...files.nodes import Broken, Mapping, Node, Scalar, Sequence
from ...files.numbers import Whole
from ...files.problems import Report, listed, nearest
from ...files.section import Section
from ...files.specs import Flag, Parsed, Text, scalar
from ..designs import ALIASES, KINDS
from ..designs.listed import COMMON, INDEPENDENT
from ..designs.saltelli import BY_GRADE, ONE_BY_ONE
from ..spec import Design
from .keys import Keys
from .table import read_table
from .values import MOST_LEVELS

MOST_POINTS = 1 << 24


class OneOf:
    """One of some words."""

    def __init__(self, options: tuple[str, ...], description: str):
        self.options, self.description = options, description

    def check(self, node: Node, key: str, report: Report):
        """Read a word."""
        found = scalar(node, key, report, f"one of {listed(self.options)}", str)
        if found and found.data not in self.options:
            report.add(
                node.position, key, f"expected one of {listed(self.options)}, found {node}{nearest(found.data, self.options)}"
            )
            return None
        return found


class Points:
    """How many points, or, for a list, the points themselves; told apart by the kind."""

    description = "how many points; for a list, the points themselves"

    def __init__(self, kind: str, keys: Keys):
        self.kind, self.keys = kind, keys

    def check(self, node: Node, key: str, report: Report):
        """Read a number, or a table {key: values}."""
        if self.kind != "list":
            return Whole(1, MOST_POINTS, "points", self.description).check(node, key, report)
        if not isinstance(node, Sequence) or not node.items:
            if not isinstance(node, Broken):
                report.add(node.position, key, f"expected a list of points such as [{{parent.grievance: 0.5}}], found {node}")
            return None
        points = [self.keys.values(item, f"{key}[{number}]", report) for number, item in enumerate(node.items, 1)]
        whole = [point for point in points if point is not None]
        for number, (item, point) in enumerate(zip(node.items, points), 1):
            if point is not None and len(point) == len(item.entries) and set(point) != set(whole[0]):
                missing = listed(sorted(set(whole[0]) ^ set(point)))
                report.add(
                    item.position, f"{key}[{number}]", f"every point gives the same keys; here {missing} differs from the first"
                )
        alike = len(whole) == len(points) and all(set(point) == set(whole[0]) for point in whole)
        return Parsed({name: tuple(point[name] for point in whole) for name in whole[0]}, node.position) if alike else None


class DesignSection:
    """The kind of design and its options."""

    description = "how levers and uncertainties are laid out"

    def __init__(self, keys: Keys, folder: Path):
        self.keys, self.folder = keys, folder

    def check(self, node: Node, key: str, report: Report):
        """Read the section as a :class:`Design`."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping) or "kind" not in node.entries:
            report.add(node.position, key, f"expected {{kind: …}}, one of {listed(KINDS)}, found {node}")
            return None
        kind = OneOf((*KINDS, *ALIASES), "the kind").check(node.entries["kind"], f"{key}.kind", report)
        if kind is None:
            return None
        name = ALIASES.get(kind.data, kind.data)
        read = self._options(name, node, key, report)
        return read if read is None else Parsed(self._design(name, read, key, report), node.position)

    def _options(self, name: str, node: Mapping, key: str, report: Report) -> dict | None:
        known = {
            "points": Points(name, self.keys),
            "levels": Whole(2, MOST_LEVELS, "values", "how many values a span gets"),
            "second_order": Flag("whether the design also serves indices of pairs"),
            "exchange": OneOf((ONE_BY_ONE, BY_GRADE), "what is exchanged between two points: one number, or all of one grade"),
            "random_numbers": OneOf((COMMON, INDEPENDENT), "whether all points use common random numbers, or each its own"),
            "path": Text("the CSV file that holds the points, one a line"),
        }
        takes, needs = KINDS[name].takes, KINDS[name].needs
        for option in node.entries:
            if option in known and option not in takes:
                which = f"it takes {listed(takes)}" if takes else "it takes no options"
                report.add(
                    node.positions[option], f"{key}.{option}", f"a design of the kind {name} takes no {option!r}; {which}"
                )
        stray = [option for option in node.entries if option in known and option not in takes]
        taken = Section("a design", {option: known[option] for option in takes}, needs=needs)
        read = taken.check(node.without("kind", *stray), key, report)
        levels = read.get("levels")
        if name == "morris" and levels and levels.data % 2:
            report.add(
                levels.position,
                f"{key}.levels",
                f"expected an even number, so that half the grid is a step, found {levels.data}",
            )
        return read if set(needs) <= set(read) else None

    def _design(self, name: str, read: dict, key: str, report: Report) -> Design | None:
        options = {option: found.data for option, found in read.items() if not (name == "list" and option == "points")}
        table = read["points"].data if name == "list" else {}
        if name == "file":
            table = read_table(self.folder / read["path"].data, read["path"].position, f"{key}.path", self.keys, report)
        return Design(name, options, table)


def points_of(node: Node | None) -> Scalar | None:
    """Where a design says how many points it has."""
    found = node.entries.get("points") if isinstance(node, Mapping) else None
    return found if isinstance(found, Scalar) else None
