"""The layout of the values of a world in memory: a slot for each value of each member.

Values that are the same in all runs have one slot (``constants``); values that differ have a slot in every block of runs
(``block``); temporary values have a slot that all blocks use in turn (``scratch``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import prod

import numpy as np

from ...declare.names import WEIGHT
from ...declare.parameter import Category, Quantity

ACTIVE = "active"
FAULT = "no finite number"  # 0, and NaN once a rule gave a run no finite number
PAST = "past of "
TURNS_OF = "turns of "


@dataclass(frozen=True)
class Field:
    """The slots of a name in a buffer: the offset, the ``shape`` in front of the members (clauses), and the strides."""

    buffer: str
    offset: int
    shape: tuple[int, ...]
    members: int
    member_step: int = 1
    item_step: int = 0

    def slot(self, index: tuple[int, ...], member: int = 0) -> int:
        """The slot of one item of one member."""
        flat = int(np.ravel_multi_index(index, self.shape)) if index else 0
        return self.offset + flat * (self.item_step or self.members) + member * self.member_step

    def indices(self) -> Iterator[tuple[int, ...]]:
        """The index of every item."""
        return product(*(range(length) for length in self.shape))


class Layout:
    """Allocates fields in the buffers ``constants``, ``block`` and ``scratch``; ``inputs`` computes their initial values."""

    def __init__(self, world):
        self.world, self.declared = world, world.declared
        self.size = {"constants": 0, "block": 0, "scratch": 0}
        self.fields: dict[str, Field] = {}
        self.inputs: dict[str, Callable] = {}
        self._inputs_of: dict[str, tuple[list[Callable], np.ndarray]] = {}
        self.allocate(ACTIVE, "block", (), 1)
        self.allocate(FAULT, "block", (), 1)

    def __getstate__(self) -> dict:
        """What is left once everything is emitted, to be kept for other processes."""
        return {"size": self.size, "fields": self.fields, "inputs": self.inputs, "_inputs_of": {}}

    def allocate(self, name: str, buffer: str, shape: tuple[int, ...], members: int, **steps) -> Field:
        """Allocate a field at the end of a buffer."""
        field = Field(buffer, self.size[buffer], shape, members, **steps)
        self.size[buffer] += prod(shape) * members
        self.fields[name] = field
        return field

    def inputs_of(self, buffer: str) -> tuple[list[Callable], np.ndarray]:
        """What computes the initial values in a buffer, and the slots of these values; nothing is allocated any more."""
        if buffer not in self._inputs_of:
            names = [name for name in self.inputs if self.fields[name].buffer == buffer]
            slots = [np.arange(prod(field.shape) * field.members) + field.offset for field in map(self.fields.get, names)]
            self._inputs_of[buffer] = [self.inputs[name] for name in names], np.concatenate([np.zeros(0, int), *slots])
        return self._inputs_of[buffer]

    def number(self, name: str, of: Callable) -> Field:
        """The field of what ``of(world)`` computes: one number for all runs, or one for each."""
        if name not in self.fields:
            self.inputs[name] = partial(_in_a_row, of)
            self.allocate(name, "block" if np.size(of(self.world)) > 1 else "constants", (), 1)
        return self.fields[name]

    def number_by_member(self, name: str, of: Callable, members: int) -> Field:
        """The field of what ``of(world)`` computes: one number for each member, the same in all runs."""
        if name not in self.fields:
            self.inputs[name] = of
            self.allocate(name, "constants", (), members)
        return self.fields[name]

    def members(self, name: str) -> int:
        """The number of members of the owner of a name."""
        return len(self.world.members(self.declared.owner(name).level))

    def input_field(self, name: str) -> Field | None:
        """The field of a name that is not derived; ``None`` if it is derived."""
        if name in self.fields:
            return self.fields[name]
        world, declared = self.world, self.declared
        quantity = declared.quantities.get(name)
        if quantity is not None or name.startswith(WEIGHT) or name in world.frozen or name in world.constant:
            return self._input(name, isinstance(quantity, Quantity) and quantity.state)
        if name in declared.acts or name in declared.hazards or name in declared.fixed_values:
            return self.allocate(name, "block", (), self.members(name))
        return None

    def weight(self, role: str, name: str) -> Field:
        """The field of the weight of an incentive."""
        key = f"{WEIGHT}{role}/{name}"
        return self.fields.get(key) or self._input(key, True)

    def _input(self, name: str, changes: bool) -> Field:
        values = value_of(name, self.world)
        self.inputs[name] = partial(value_of, name)
        buffer = "block" if changes or values.shape[-1] > 1 else "constants"
        return self.allocate(name, buffer, values.shape[:-2], values.shape[-2])


def _in_a_row(of: Callable, world) -> np.ndarray:
    return np.reshape(np.asarray(of(world), float), (1, -1))


def value_of(name: str, world) -> np.ndarray:
    """The initial value of a name, shape ``(…, member, run)``; a category is the index of its option."""
    quantity = world.declared.quantities.get(name)
    if isinstance(quantity, Category):
        members = world.members(world.declared.owners[name].level)
        return np.array([float(quantity.options.index(world.categories[name, member])) for member in members])[:, None]
    if name.startswith(WEIGHT) and "/" in name:
        return world.weights[tuple(name.removeprefix(WEIGHT).split("/"))]
    return np.asarray(world.own_level(name), float)
