"""The ``design`` section: the kind, the options that it takes, and the points of a list or a file."""

from __future__ import annotations

from pathlib import Path

from ...files.json_schema import sentence
from ...files.nodes import Broken, Mapping, Node, Scalar, Sequence
from ...files.numbers import Whole
from ...files.problems import Report, listed
from ...files.section import Section
from ...files.specs import Flag, OneOf, Parsed, Spec, Text
from ...politics import examples
from ..designs import ALIASES, KINDS
from ..designs.listed import COMMON, INDEPENDENT
from ..designs.saltelli import BY_GRADE, ONE_BY_ONE
from ..spec import Design
from .keys import Keys, point_schema
from .table import read_table
from .values import MOST_LEVELS

MOST_POINTS = 1 << 24


class Points:
    """The points of a list, each a map from dotted keys to values."""

    description = "the points themselves"

    def __init__(self, keys: Keys | None):
        self.keys = keys

    def check(self, node: Node, key: str, report: Report):
        """Read the points as a table {key: values}; all must set the same keys."""
        if not isinstance(node, Sequence) or not node.items:
            if not isinstance(node, Broken):
                report.add(
                    node.position, key, f"expected a list of points such as [{{{examples.PARAMETER}: 0.5}}], found {node}"
                )
            return None
        points = [self.keys.values(item, f"{key}[{number}]", report) for number, item in enumerate(node.items, 1)]
        read = [point for point in points if point is not None]
        for number, (item, point) in enumerate(zip(node.items, points), 1):
            if point is not None and len(point) == len(item.entries) and set(point) != set(read[0]):
                missing = listed(sorted(set(read[0]) ^ set(point)))
                report.add(
                    item.position, f"{key}[{number}]", f"every point sets the same keys; here {missing} differs from the first"
                )
        if read and not read[0] and len(read) == len(points):
            example = f"{{{examples.PARAMETER}: 0.5}}"
            report.add(node.position, key, f"expected points that set something, such as {example}, found an empty one")
            return None
        complete = len(read) == len(points) and all(set(point) == set(read[0]) for point in read)
        return Parsed({name: tuple(point[name] for point in read) for name in read[0]}, node.position) if complete else None

    def schema(self, definitions: dict) -> dict:
        """A list of points."""
        points = {"type": "array", "items": point_schema(definitions), "minItems": 1}
        return {"description": sentence(self.description)} | points


class DesignSection:
    """The kind of design and its options."""

    description = "how levers and uncertainties are laid out"
    kinds = OneOf((*KINDS, *ALIASES), "the kind of design")

    def __init__(self, keys: Keys | None, folder: Path):
        self.keys, self.folder = keys, folder

    def check(self, node: Node, key: str, report: Report):
        """Read the section as a :class:`Design`."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping) or "kind" not in node.entries:
            report.add(node.position, key, f"expected {{kind: …}}, one of {listed(KINDS)}, found {node}")
            return None
        kind = self.kinds.check(node.entries["kind"], f"{key}.kind", report)
        if kind is None:
            return None
        name = ALIASES.get(kind.data, kind.data)
        read = self._options(name, node, key, report)
        return read if read is None else Parsed(self._design(name, read, key, report), node.position)

    def schema(self, definitions: dict) -> dict:
        """The options of each kind."""
        kinds = []
        for word in (*KINDS, *ALIASES):
            kind = KINDS[ALIASES.get(word, word)]
            known = self._known(kind.name)
            taken = {option: known[option].schema(definitions) for option in kind.takes}
            is_kind = {"properties": {"kind": {"const": word}}, "required": ["kind"]}
            takes = {"properties": {"kind": True, **taken}, "required": list(kind.needs), "additionalProperties": False}
            kinds.append({"if": is_kind, "then": takes})
        properties = {"kind": self.kinds.schema(definitions)}
        described = {"description": sentence(self.description), "type": "object"}
        return described | {"properties": properties, "required": ["kind"], "allOf": kinds}

    def _known(self, kind: str) -> dict[str, Spec]:
        """The specs of all options of a kind, and of other kinds."""
        points = Points(self.keys) if kind == "list" else Whole(1, MOST_POINTS, "points", "how many points")
        return {
            "points": points,
            "levels": Whole(2, MOST_LEVELS, "values", "how many values a range gets"),
            "second_order": Flag("whether the design also serves indices of pairs"),
            "exchange": OneOf((ONE_BY_ONE, BY_GRADE), "what is exchanged between two points: one number, or all of one grade"),
            "random_numbers": OneOf((COMMON, INDEPENDENT), "whether all points use common random numbers, or each its own"),
            "path": Text("the CSV file that holds the points, one a line"),
        }

    def _options(self, name: str, node: Mapping, key: str, report: Report) -> dict | None:
        known = self._known(name)
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
    """The node with the number of points of a design, if it has one."""
    found = node.entries.get("points") if isinstance(node, Mapping) else None
    return found if isinstance(found, Scalar) else None
