"""The spec of a file's events."""

from __future__ import annotations

from dataclasses import dataclass

from ...engine.declare.parameter import Quantity
from ...engine.event_numbers import AT, HAZARD, KINDS, PRESENT, SIZE
from ...files.json_schema import defined, keyed, sentence
from ...files.nodes import Broken, Mapping, Node, Scalar, Sequence, is_null
from ...files.problems import Report
from ...files.section import Section
from ...files.specs import Date, Flag, Parsed, Text, scalar
from ...politics import examples
from ..quantities import EVIDENCE, NEEDS_SOURCE, QuantitySpec, evidence

CHANGES = ("shock", "trend")
NUMBERS = {
    PRESENT: "whether it happens at all",
    SIZE: "a factor on all that it changes",
    AT: "when it happens",
    HAZARD: "how likely it is in a quarter",
}


def change_of(state: Quantity) -> Quantity:
    """What an event may add to a state: at most the width of its bounds, either way."""
    width = state.high - state.low
    return Quantity(None, -width, width, state.unit, state.meaning, name=state.name)


@dataclass(frozen=True)
class Shock:
    """What an event adds to which states; ``states`` are the states of any scenario by key pattern, for the JSON Schema."""

    description: str
    states: dict[str, Quantity]

    def check(self, node: Node, key: str, report: Report):
        """Read dotted keys and finite numbers or maps; what the keys address, and the maps, are checked later."""
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping) or not node.entries:
            report.add(node.position, key, f"expected a map such as {{{examples.STATE}: -0.3}}, found {node}")
            return None
        read = {}
        for name, inner in node.entries.items():
            if isinstance(inner, Mapping):
                read[name] = Parsed(inner, node.positions[name])
            elif found := scalar(inner, f"{key}.{name}", report, "a number", (int, float)):
                read[name] = Parsed(float(found.data), node.positions[name])
        return Parsed(read, node.position)

    def schema(self, definitions: dict) -> dict:
        """A map from keys that address a state to changes no larger than the state's bounds are wide."""
        changes = {}
        for pattern, state in self.states.items():
            change = change_of(state)
            about = f"{sentence(state.meaning)}\n\nA change of at most {change.high:g} either way ({state.unit})."
            changes[pattern] = {"description": about} | QuantitySpec(change).form_schema(definitions)
        changes = keyed(changes) | {"minProperties": 1}
        return {"description": sentence(self.description)} | defined("changes", changes, definitions)


class EventList:
    """The events of a scenario."""

    description = "what happens that nobody in the model decides"

    def __init__(self, states: dict[str, Quantity]):
        numbers = {name: QuantitySpec(Quantity(None, *KINDS[name][:3], about, name=name)) for name, about in NUMBERS.items()}
        self.entry = Section(
            "an event",
            {
                "name": Text("what it is called"),
                "description": Text("what happens, in a sentence"),
                AT: numbers[AT],
                "from": Date("the first quarter in which it has an effect"),
                "to": Date("the last quarter in which it has an effect"),
                HAZARD: numbers[HAZARD],
                "when": Text(f"the condition under which it happens, as in {examples.CONDITION!r}"),
                "once": Flag("whether it happens only the first time"),
                "shock": Shock("what it adds to which states", states),
                "trend": Shock("what it adds to which states in each quarter", states),
                SIZE: numbers[SIZE],
                PRESENT: numbers[PRESENT],
                "remove": Flag("whether an inherited event of this name is removed"),
                **EVIDENCE,
            },
            needs=("name",),
            requires=NEEDS_SOURCE,
        )

    def check(self, node: Node, key: str, report: Report):
        """Read the events, each as a dictionary of what was read, its evidence, and the keys that are written."""
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
                line = events[name].position.line
                report.add(item.position, dotted, f"an event on line {line} has this name; give this one another")
            elif removes(item):
                report.add(item.position, dotted, "nothing is inherited that could be removed; delete the entry")
            elif read is not None and name:
                read |= {"evidence": evidence(read), "written": tuple(item.entries)}
                events[name] = Parsed(read, item.position)
        return Parsed(tuple(events.values()), node.position)

    def schema(self, definitions: dict) -> dict:
        """A list of events."""
        definitions["event"] = self.entry.schema(definitions) | {"type": "object"}
        return {"description": sentence(self.description), "type": ["array", "null"], "items": {"$ref": "#/$defs/event"}}


def name_of(item: Node) -> str:
    """The name of an event; empty if it has none."""
    name = item.entries.get("name") if isinstance(item, Mapping) else None
    return name.value if isinstance(name, Scalar) and isinstance(name.value, str) else ""


def removes(item: Node) -> bool:
    """Whether an entry removes an inherited event."""
    flag = item.entries.get("remove") if isinstance(item, Mapping) else None
    return isinstance(flag, Scalar) and flag.value is True


def adjusts(item: Node) -> bool:
    """Whether an entry changes an inherited event in part: it does not say what the event moves, or is given from outside."""
    return isinstance(item, Mapping) and (item.position.layer < 0 or not set(CHANGES) & item.entries.keys())


def adjusted(far: Mapping, near: Mapping) -> Mapping:
    """An inherited event with the changes of an entry; null removes a key."""
    entries, positions = dict(far.entries), far.positions | near.positions
    for name, node in near.entries.items():
        old = entries.pop(name, None)
        if isinstance(old, Mapping) and isinstance(node, Mapping) and name in CHANGES:
            node = Mapping(node.position, old.entries | node.entries, old.positions | node.positions)
        if not is_null(node):
            entries[name] = node
    return Mapping(far.position, entries, positions)
