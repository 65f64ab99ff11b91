"""The ensemble of a live file: its compiled program, the memory with which it begins, and the slots of what can be moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...engine.arrays.starting_values import drawn, in_force
from ...engine.compiled.wasm.image import Image
from ...engine.declare.parameter import Category, Quantity
from ...engine.random_streams import key_of
from ...engine.time_step import USUAL, by_the_quarter
from ...model.compiled_outcomes import CompiledOutcomes
from ...model.model import FrozenConflictModel, mandates_of
from ...model.reusable import field_of, sources_of
from ...politics.catalogue import declared
from ...scenario import Scenario
from ...scenario.addresses import Target, addresses_of

Slot = tuple[int, int]


@dataclass(frozen=True)
class Movable:
    """A number that the page can move: its key, its slots in memory, its own values and the key of its random stream."""

    key: str
    target: Target
    slots: tuple[Slot, ...]
    own: np.ndarray
    stream: str

    @property
    def address(self) -> tuple[str, str, str, str]:
        """The address of the number."""
        return self.target.addresses[0]


@dataclass(frozen=True)
class PlayablePolicy:
    """A policy that the page offers: numbers by slot, which are what it mandates, and the keys whose values it sets."""

    name: str
    description: str
    constants: dict[int, float]
    values: dict[str, np.ndarray]


class LiveFileEnsemble:
    """A scenario as a live file plays it: ``runs`` runs with ``residents`` residents in every territory.

    ``movable`` are all numbers that can be moved, by key; ``shaping`` are the keys of those that cannot, because they shape
    what happens before the first turn. ``policies`` are playable, ``other_policies`` are not, for the same reason.
    """

    def __init__(self, scenario: Scenario, runs: int, residents: int, seed: int):
        self.scenario = scenario.with_values({"public.residents": residents})
        self.seed, self.runs = seed, runs
        self.targets = addresses_of(declared, self.scenario.entities)
        self.model = self._model(self.scenario)
        self.outcomes = CompiledOutcomes(self.model)
        self.image = Image(self.model.compiled, self.outcomes.program)
        world = self.model.world
        self._shapes = self.model.read_at_birth | sources_of(world.constant)
        self.movable = self._movable()
        self.shaping = tuple(
            key for key, target in self._numbers() if key not in self.movable and self._name(target) in self._shapes
        )
        found = [self._playable(word) for word in self.policy_words]
        self.policies = [policy for policy in found if policy]
        self.other_policies = tuple(word for word, policy in zip(self.policy_words, found) if not policy)

    def _model(self, scenario: Scenario) -> FrozenConflictModel:
        return FrozenConflictModel(
            scenario, runs=self.runs, seed=self.seed, compiled=True, every_run=True, adjustable=bool(mandates_of(scenario))
        )

    @property
    def policy_key(self) -> str:
        """The key under which a policy is chosen; empty if there is nobody with several."""
        keys = [
            key
            for key, target in self.targets.targets.items()
            if isinstance(target.declared, Category) and target.declared.open_to == "policies" and not target.shared
        ]
        return keys[0] if len(keys) == 1 else ""

    @property
    def policy_words(self) -> tuple[str, ...]:
        """The policies of the scenario, its own judgement first."""
        if not self.policy_key:
            return ()
        return (*self.targets[self.policy_key].declared.options, *self.scenario.policies)

    def _numbers(self):
        """Every number that is of one member, by key."""
        for key, target in self.targets.targets.items():
            if not target.shared and isinstance(target.declared, Quantity):
                yield key, target

    @staticmethod
    def _name(target: Target):
        role, _, name, _ = target.addresses[0]
        return (role, name) if (role, name) in declared.weights else name

    def _movable(self) -> dict[str, Movable]:
        step, found = self.scenario.time_step, {}
        for key, target in self._numbers():
            quantity, name = target.declared, self._name(target)
            scaled = step != USUAL and by_the_quarter(quantity.unit)
            if quantity.common or quantity.recomputed or scaled or name in self._shapes:
                continue
            slots, own = self._slots(target), self._own(target)
            if slots and own is not None and np.isfinite(own).all():
                found[key] = Movable(key, target, slots, own, "")
        everything = {key: {"from": one.target.declared.low, "to": one.target.declared.high} for key, one in found.items()}
        values = self.scenario.with_values(everything).values
        return {
            key: Movable(key, one.target, one.slots, one.own, f"value:{values[one.address].stream}")
            for key, one in found.items()
        }

    def _place(self, target: Target) -> tuple[str, tuple[int, ...], int]:
        """Name, index of the item and place of the member of a number."""
        role, member, name, item = target.addresses[0]
        index = (declared.items[target.declared.by].index(item),) if item else ()
        return name, index, self.scenario.entities[declared.roles[role].level].index(member)

    def _slots(self, target: Target) -> tuple[Slot, ...]:
        name, index, at = self._place(target)
        in_program = self.image.slot(field_of(self._name(target)), index, at)
        return tuple(slot for slot in (in_program, self.image.outcome_slot(name, index, at)) if slot)

    def _own(self, target: Target) -> np.ndarray:
        name, index, at = self._place(target)
        key, world = self._name(target), self.model.world
        values = world.weights[key] if isinstance(key, tuple) else world.given[name]
        return np.broadcast_to(values[(*index, at)], (self.runs,)).copy()

    def _playable(self, word: str) -> PlayablePolicy | None:
        """A policy as numbers in memory; ``None`` if it sets something that shapes what happens before the first turn."""
        scenario = self.scenario.with_values({self.policy_key: word})
        categories = self.model.world.categories | {(self._policy_name, self._policy_member): word}
        (policy,) = in_force(declared, scenario, categories) or (None,)
        values: dict[str, np.ndarray] = {}
        for address, value in (policy.values if policy else {}).items():
            key = self.targets.specific[address]
            if key not in self.movable:
                return None
            number = drawn(value, self.movable[key].target.declared, self.model.world.streams)
            values[key] = np.broadcast_to(number, (self.runs,))
        constants = {}
        for kind in ("forbidden", "mandatory"):
            for option in sorted(mandates_of(self.scenario)):
                if (at := self.image.constant(f"{kind} {option}")) is not None:
                    constants[at] = float(policy is not None and option in getattr(policy, kind))
        description = policy.description if policy else self.targets[self.policy_key].declared.meaning
        return PlayablePolicy(word, description, constants, values)

    @property
    def _policy_name(self) -> str:
        return self.targets[self.policy_key].addresses[0][2]

    @property
    def _policy_member(self) -> str:
        return self.targets[self.policy_key].addresses[0][1]

    @property
    def policy(self) -> str:
        """The policy of the scenario itself."""
        return self.model.world.categories[self._policy_name, self._policy_member] if self.policy_key else ""

    def stream_key(self, movable: Movable) -> tuple[int, int]:
        """The key of the random stream from which a range is drawn."""
        return key_of(self.seed, movable.stream)
