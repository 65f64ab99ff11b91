"""Events as a file writes them: what may stand in one, before anybody knows what it addresses."""

from __future__ import annotations

from dataclasses import dataclass

from ..engine.declare.parameter import Quantity
from ..files.nodes import Broken, Mapping, Node, Scalar, Sequence
from ..files.problems import Report
from ..files.section import Section
from ..files.specs import Date, Flag, Parsed, Text, scalar
from .evidence import EVIDENCE, SOURCED, evidence
from .hover import sentence, shared_as
from .patterns import keyed
from .quantities import Number


@dataclass(frozen=True)
class Shock:
    """What an event adds to which states; ``states`` has a pattern of dotted keys for each, for editors."""

    description: str
    states: dict[str, Quantity]

    def check(self, node: Node, key: str, report: Report):
        """Read dotted keys and finite numbers; what they address is judged later."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping) or not node.entries:
            report.add(node.position, key, f"expected a map such as {{parent.economy: -0.3}}, found {node}")
            return None
        read = {}
        for name, inner in node.entries.items():
            found = scalar(inner, f"{key}.{name}", report, "a number", (int, float))
            if found:
                read[name] = Parsed(float(found.data), node.positions[name])
        return Parsed(read, node.position)

    def schema(self, shared: dict) -> dict:
        """A map from keys that address a state to changes no larger than its bounds are wide."""
        changes = {}
        for pattern, state in self.states.items():
            width = state.high - state.low
            about = f"{sentence(state.meaning)}\n\nA change of at most {width:g} either way ({state.unit})."
            changes[pattern] = {"description": about, "type": "number", "minimum": -width, "maximum": width}
        changes = keyed(changes) | {"minProperties": 1}
        return {"description": sentence(self.description)} | shared_as("changes", changes, shared)


class EventList:
    """The events of a scenario."""

    description = "what happens that nobody in the model decides"

    def __init__(self, states: dict[str, Quantity]):
        self.entry = Section(
            "an event",
            {
                "name": Text("what it is called"),
                "description": Text("what happens, in a sentence"),
                "at": Date("when it happens"),
                "from": Date("the first quarter in which it works"),
                "to": Date("the last quarter in which it works"),
                "hazard": Number(0.0, 1.0, "probability per quarter", "how likely it is in a quarter"),
                "when": Text("the condition under which it happens, as in 'parent.alienation > 0.8'"),
                "once": Flag("whether it happens only the first time"),
                "shock": Shock("what it adds to which states", states),
                "trend": Shock("what it adds to which states in each quarter", states),
                "remove": Flag("whether an inherited event of this name is removed"),
                **EVIDENCE,
            },
            needs=("name",),
        )

    def check(self, node: Node, key: str, report: Report):
        """Read the events, each as a dictionary of what it says, its evidence, and the keys that are written."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Sequence):
            report.add(node.position, key, f"expected a list of events (- {{at: …, name: …, shock: {{…}}}}), found {node}")
            return None
        events: dict[str, Parsed] = {}
        for number, item in enumerate(node.items, 1):
            name = name_of(item)
            dotted = f"{key}.{name}" if name else f"{key}[{number}]"
            read = self.entry.check(item, dotted, report)
            if name in events:
                message = f"an event of this name stands on line {events[name].position.line}; give it another name"
                report.add(item.position, dotted, message)
            elif removes(item):
                report.add(item.position, dotted, "nothing is inherited that could be removed; delete the entry")
            elif read is not None and name:
                read |= {"evidence": evidence(read, dotted, report), "written": tuple(item.entries)}
                events[name] = Parsed(read, item.position)
        return Parsed(tuple(events.values()), node.position)

    def schema(self, shared: dict) -> dict:
        """A list of events, each with a name."""
        shared["event"] = self.entry.schema(shared) | {"type": "object"} | SOURCED
        return {"description": sentence(self.description), "type": ["array", "null"], "items": {"$ref": "#/$defs/event"}}


def name_of(item: Node) -> str:
    """The name of an event, or nothing."""
    name = item.entries.get("name") if isinstance(item, Mapping) else None
    return name.value if isinstance(name, Scalar) and isinstance(name.value, str) else ""


def removes(item: Node) -> bool:
    """Whether an entry removes an inherited event."""
    flag = item.entries.get("remove") if isinstance(item, Mapping) else None
    return isinstance(flag, Scalar) and flag.value is True
