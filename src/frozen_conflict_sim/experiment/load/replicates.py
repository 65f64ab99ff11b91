"""The ``replicates`` section: a number, or a rule for adding replicates until an outcome is known."""

from __future__ import annotations

from dataclasses import dataclass

from ...files.json_schema import sentence
from ...files.nodes import Mapping, Node
from ...files.numbers import Whole
from ...files.problems import Report, nearest
from ...files.section import Section
from ...files.specs import Flag, Parsed, Text, scalar
from ...model.columns import Column
from ..spec import Until
from .names import called, known_names

MOST_REPLICATES = (1 << 24) - 1
EXAMPLE = "{until: {outcome: western_alignment_at_end, half_width: 0.01}, at_most: 500}"
COUNT = Whole(1, MOST_REPLICATES, "runs", "how often each point is run, each time with random numbers of its own")


class Width:
    """Half the width of an interval, above 0."""

    description = "half the width that the 90 % interval of the mean may have at each point"

    def check(self, node: Node, key: str, report: Report):
        """Read a positive number."""
        found = scalar(node, key, report, "a number above 0", (int, float))
        if found and not found.data > 0:
            report.add(node.position, key, f"expected a number above 0, found {node}")
            return None
        return found and Parsed(float(found.data), found.position)

    def schema(self, definitions: dict) -> dict:
        """A positive number."""
        return {"description": sentence(self.description), "type": "number", "exclusiveMinimum": 0}


UNTIL = {
    "outcome": Text("the outcome that is to be known"),
    "half_width": Width(),
    "ranking": Flag("whether the values that are compared must be put in order at each point"),
}
START = Whole(2, MOST_REPLICATES, "runs", "how many replicates there are before the first judgement")
FORM = {"until": Section("what is to be known", UNTIL, needs=("outcome",)), "at_most": COUNT, "start": START}


@dataclass
class Replicates:
    """A number, or a map with what is to be known and the maximum; read as (number, until).

    Without the columns of a scenario the outcome is not checked.
    """

    columns: list[Column] | None
    description: str = "how often each point is run, each time with random numbers of its own, or until something is known"

    def check(self, node: Node, key: str, report: Report):
        """Read the number, or the rule with the one outcome that it names."""
        if not isinstance(node, Mapping):
            found = COUNT.check(node, key, report)
            return found and Parsed((found.data, None), found.position)
        read = Section("replicates", FORM, needs=("until", "at_most")).check(node, key, report)
        if not {"until", "at_most"} <= read.keys() or "outcome" not in read["until"]:
            return None
        asked = {name: found.data for name, found in read["until"].items()}
        if node.entries["until"].entries.keys() - asked.keys():
            return None  # what was refused is told already
        if not asked.get("half_width") and not asked.get("ranking"):
            report.add(node.entries["until"].position, f"{key}.until", f"name half_width or ranking, as in {EXAMPLE}")
            return None
        if self.columns is None:
            return None
        found = read["until"]["outcome"]
        outcomes = [column for column in self.columns if column.kind == "outcome"]
        names, known = called(found.data, outcomes), known_names(outcomes)
        if len(names) != 1:
            none = f"there is no such outcome{nearest(found.data, known)}"
            which = f"several members have it; name one of {', '.join(names)}" if names else none
            report.add(found.position, f"{key}.until.outcome", f"{found.data!r}: {which}")
            return None
        start = read["start"].data if "start" in read else min(Until.start, read["at_most"].data)
        if start > read["at_most"].data:
            report.add(read["start"].position, f"{key}.start", f"{start} is more than at_most, {read['at_most'].data}")
            return None
        return Parsed((read["at_most"].data, Until(**asked | {"outcome": names[0]}, start=start)), node.position)

    def schema(self, definitions: dict) -> dict:
        """A number, or the rule."""
        count = {"type": "integer", "minimum": 1, "maximum": MOST_REPLICATES}
        rule = {name: spec.schema(definitions) for name, spec in FORM.items()}
        until = {"type": "object", "properties": rule, "required": ["until", "at_most"], "additionalProperties": False}
        return {"description": sentence(self.description), "anyOf": [count, until]}
