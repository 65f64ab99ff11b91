"""The ensemble of a live file: its compiled program, the memory with which it begins, and the slots of what can be moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...engine.arrays.mandates import Mandates
from ...engine.arrays.starting_values import drawn
from ...engine.compiled.wasm.image import Image
from ...engine.declare.parameter import Quantity
from ...engine.policies import in_force
from ...engine.random_streams import key_of
from ...engine.time_step import USUAL, by_the_quarter
from ...live.reusable import field_of, sources_of
from ...model.outcomes.compiled import CompiledOutcomes
from ...model.simulation import Simulation, mandates_of
from ...politics.catalogue import declared
from ...scenario import Scenario
from ...scenario.addresses import Address, addresses_of

Slot = tuple[int, int]


@dataclass(frozen=True)
class Movable:
    """A number that the page can move: its addresses, and the key of the random stream from which a range is drawn."""

    quantity: Quantity
    addresses: tuple[Address, ...]
    stream: tuple[int, int]


@dataclass(frozen=True)
class PlayablePolicy:
    """A policy that the page offers: constants by address in memory, and one number a run for each value that it sets."""

    name: str
    constants: dict[int, float]
    values: dict[Address, np.ndarray]


class LiveFileEnsemble:
    """A scenario as a live file plays it: ``runs`` runs with ``residents`` residents in every territory.

    ``keys`` are those that a page might move. ``movable`` are those that it can; the others are the same in all runs, or shape
    what happens before the first turn. ``policies`` can be played, ``other_policies`` set something of that kind.
    """

    def __init__(self, scenario: Scenario, keys: list[str], runs: int, seed: int, policy_key: str = ""):
        self.scenario, self.seed, self.runs, self.policy_key = scenario, seed, runs, policy_key
        self.targets = addresses_of(declared, scenario.entities)
        self.model = Simulation(scenario, runs=runs, seed=seed, compiled=True, every_run=True, steerable=True)
        self.outcomes = CompiledOutcomes(self.model)
        self.image = Image(self.model.compiled, self.outcomes.program)
        self._shapes = self.model.read_at_birth | sources_of(self.model.world.constant)
        self.slots: dict[Address, tuple[Slot, ...]] = {}
        self.movable = self._movable(keys)
        words = (*self.targets[policy_key].declared.options, *scenario.policies) if policy_key else ("",)
        found = [self._playable(word) for word in words]
        self.policies = [policy for policy in found if policy]
        self.other_policies = tuple(word for word, policy in zip(words, found) if not policy)

    def _movable(self, keys: list[str]) -> dict[str, Movable]:
        found = {key: self.targets[key] for key in keys if all(map(self._find_slots, self.targets[key].addresses))}
        ranges = {key: {"from": target.declared.low, "to": target.declared.high} for key, target in found.items()}
        values = self.scenario.with_values(ranges).values if ranges else {}
        return {
            key: Movable(
                target.declared, target.addresses, key_of(self.seed, f"value:{values[target.addresses[0]].stream}")
            )
            for key, target in found.items()
        }  # fmt: skip

    def _find_slots(self, address: Address) -> bool:
        """Find the slots that hold the number at an address and nothing but that; whether there are any."""
        if address not in self.slots:
            role, member, name, item = address
            key = (role, name) if (role, name) in declared.weights else name
            quantity = declared.weights.get((role, name)) or declared.quantities.get(name)
            if not isinstance(quantity, Quantity):
                return False
            index = (declared.items[quantity.by].index(item),) if item else ()
            at = self.scenario.entities[declared.roles[role].level].index(member)
            scaled = self.scenario.time_step != USUAL and by_the_quarter(quantity.unit)
            still = quantity.common or quantity.recomputed or scaled or key in self._shapes
            both = () if still else (self.image.slot(field_of(key), index, at), self.image.outcome_slot(name, index, at))
            self.slots[address] = tuple(slot for slot in both if slot)
        return bool(self.slots[address])

    def _playable(self, word: str) -> PlayablePolicy | None:
        """A policy as numbers in memory; ``None`` if it sets something that shapes what happens before the first turn."""
        world = self.model.world
        address = self.targets[self.policy_key].addresses[0] if word else None
        categories = world.categories | ({(address[2], address[1]): word} if address else {})
        policies = in_force(declared, self.scenario, categories)
        mandates, own = Mandates(policies, self.scenario.time_step), self.model.decision_maker.mandates
        if mandates.sometimes != own.sometimes:  # which are part of the code
            return None
        values: dict[Address, np.ndarray] = {}
        for at, value in (pair for policy in policies for pair in policy.values.items()):
            if not self._find_slots(at):
                return None
            quantity = declared.weights.get((at[0], at[2])) or declared.quantities[at[2]]
            values[at] = np.broadcast_to(drawn(value, quantity, world.streams), (self.runs,))
        constants = {}
        for kind in ("forbidden", "mandatory"):
            for option in sorted(mandates_of(self.scenario)):
                if (place := self.image.constant(f"{kind} {option}")) is not None:
                    constants[place] = float(option in mandates.always[kind])
        return PlayablePolicy(word, constants, values)

    @property
    def single(self) -> bool:
        """Whether residents have numbers of single precision."""
        return self.model.compiled.populations[0].kind is np.float32

    def policy(self, word: str) -> PlayablePolicy:
        """The policy of that name; the first one for no name."""
        return next((policy for policy in self.policies if policy.name == word), self.policies[0])

    def lanes_of(self, streams: int) -> list[tuple[int, int]] | None:
        """The block and lane of each of the first runs, if no two are in the same block, so that a block may play one alone."""
        places = [np.argwhere(self.model.compiled.run_blocks.columns == run)[0] for run in range(min(streams, self.runs))]
        found = [(int(block), int(lane)) for block, lane in places]
        return found if len({block for block, _ in found}) == streams else None

    def dropped(self) -> dict[str, list[tuple[Slot, float]]]:
        """For each event the slots with the numbers with which it never happens."""
        never = {"first": float(self.scenario.turns), "last": -1.0}
        found = {}
        for number, event in enumerate(self.scenario.events):
            slots = {name: self.image.slot(f"{name} of event {number}", (), 0) for name in never}
            if all(slots.values()):
                found[event.name] = [(slot, never[name]) for name, slot in slots.items()]
        return found
