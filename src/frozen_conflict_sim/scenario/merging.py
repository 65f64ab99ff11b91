"""How layers become one: a scenario states only what differs. Maps merge, policies and events by name, null removes."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..files.nodes import Broken, Mapping, Node, Sequence, at, is_null
from ..files.problems import Position, Report, nearest
from ..files.section import Section
from ..files.specs import Spec
from .events import EventList, name_of, removes

Layers = tuple["Mapping | Layers", ...]
"""Files, nearest first; where a file extends several, each of these with all that it extends is one layer."""


@dataclass
class Merged:
    """All layers in one; what was removed is kept, because what is inherited and refers to it goes with it."""

    layers: Layers
    spec: Section
    report: Report
    removed: dict[str, Position] = field(default_factory=dict)

    def __post_init__(self):
        self.root = self._whole(self.layers)
        # What one base removes, another may bring.
        self.removed = {key: position for key, position in self.removed.items() if at(self.root, tuple(key.split("."))) is None}

    def inherited(self, position: Position) -> bool:
        """Whether something stands in another layer than the nearest."""
        return position.layer > self.layers[0].position.layer

    def gone(self, dotted: str, position: Position) -> bool:
        """Whether something that is inherited speaks of what was removed."""
        return self.inherited(position) and any(f"{dotted}.".startswith(f"{key}.") for key in self.removed)

    def _whole(self, layers: Layers) -> Mapping:
        *nearer, root = (self._whole(layer) if isinstance(layer, tuple) else layer for layer in layers)
        for layer in reversed(nearer):
            root = self._merge(self.spec, root, layer, "")
        return root

    def _merge(self, spec: Spec | None, far: Node, near: Node, key: str) -> Node:
        if isinstance(spec, Section) and isinstance(far, Mapping) and isinstance(near, Mapping):
            return self._maps(spec, far, near, key)
        if isinstance(spec, EventList) and isinstance(far, Sequence) and isinstance(near, Sequence):
            return self._events(far, near)
        return near

    def _maps(self, spec: Section, far: Mapping, near: Mapping, key: str) -> Mapping:
        entries, positions = dict(far.entries), far.positions | near.positions
        for name, node in near.entries.items():
            dotted = f"{key}.{name}" if key else name
            if not is_null(node):
                self.removed.pop(dotted, None)
                entries[name] = self._merge(spec.inside(name), entries[name], node, dotted) if name in entries else node
            elif name in entries:
                del entries[name]
                self.removed[dotted] = near.positions[name]
            else:
                if spec.inside(name) is not None:
                    message = f"null removes what is inherited, but nothing is{nearest(name, entries) or '; delete the line'}"
                    self.report.add(near.positions[name], dotted, message)
                entries[name] = Broken(node.position)
        return Mapping(near.position, entries, positions)

    def _events(self, far: Sequence, near: Sequence) -> Sequence:
        inherited = {name_of(item): item for item in far.items}
        added = []
        for item in near.items:
            name = name_of(item)
            if not removes(item):
                added.append(item)
            elif name in inherited:
                del inherited[name]
            else:
                message = f"no event of the name {name!r} is inherited, so none can be removed{nearest(name, inherited)}"
                self.report.add(item.position, f"events.{name}", message)
        replaced = {name_of(item) for item in added}
        return Sequence(near.position, (*(item for name, item in inherited.items() if name not in replaced), *added))
