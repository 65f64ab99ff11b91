"""A model that is built once and then played again and again with other values, equal to a new one to the last bit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from importlib.util import find_spec
from threading import RLock

import numpy as np

from ..engine.arrays.starting_values import categories_of, resolve, resolve_events, spread_of
from ..engine.arrays.state import NotedReads
from ..engine.compiled.emit.events import signature
from ..engine.declare.names import WEIGHT
from ..engine.declare.parameter import Category
from ..engine.event_numbers import EVENT
from ..engine.memory import borrowed
from ..engine.policies import in_force, mandated
from ..engine.random_streams import RandomStreams
from ..engine.setting import Setting
from ..model.simulation import Simulation
from ..politics.catalogue import declared

Address = tuple[str, str, str, str]
MOST_BYTES = 2 << 30  # of the models that are kept besides the last one


class ReusableModel:
    """A compiled model whose memory before the first turn is kept, for all settings of one structure.

    To play it with other values, the kept memory is restored and only the slots of the values that differ are rewritten.
    Values that shape what happens before the first turn (how residents are born, the positions of factions, derived
    starting values) need a new model, which uses the same machine code.
    """

    def __init__(
        self, setting: Setting, seed: int, stream_numbers, compiling: Callable[[], None] = lambda: None, threads: int = 1
    ):
        self.setting, self.compiling, self.threads, self.structure = setting, compiling, threads, structure_of(setting)
        self.streams = RandomStreams(seed, stream_numbers)
        self.model, self.other = self._built(setting, {}), None
        world, executor = self.model.world, self.model.compiled
        self.reads_before = self.model.read_at_birth | sources_of(world.constant)
        self.set_values = _set_values(setting)
        self.values, self.weights = dict(world.given), dict(world.weights)
        if executor:
            buffers = executor.buffers
            self.inputs = executor.program.layout.inputs
            changing = [buffers.block, buffers.constants, *(population.memory for population in executor.populations)]
            self.kept = [(array, _copied(array)) for array in changing]
            self.frozen = dict(world.frozen)

    def fits(self, setting: Setting) -> bool:
        """Whether a setting has the structure of this model: whatever is no number is the same, but events may be missing."""
        return self.structure == structure_of(_with_events_of(self.setting, setting))

    def at(self, setting: Setting, given: dict[Address, np.ndarray] | None = None) -> Simulation:
        """The model of a setting of this structure before its first turn; what it returned before must not be used any more.

        ``given`` overrides values by address, with one number a run.
        """
        given = given or {}
        changed = self._names(self._differing(setting) | given.keys())
        if not self.model.compiled or not self.reads_before.isdisjoint(changed):
            self._release()
            self.other = self._built(setting, given)
            return self.other
        values, weights, _ = resolve(declared, setting, self.streams, given, True, self.values, changed)
        self._restore(setting, self.values | values, self.weights | weights, given)
        self._rewrite(changed)
        return self.model

    @property
    def bytes(self) -> int:
        """How much memory its runs take, twice: as they are, and as they were before the first turn."""
        return 2 * sum(array.nbytes for array, _ in self.kept) if self.model.compiled else 0

    def release(self) -> None:
        """Free the memory now instead of at the next garbage collection."""
        self._release()
        self.model.release()

    def _release(self) -> None:
        if self.other:
            self.other.release()
            self.other = None

    def _differing(self, setting: Setting) -> set[Address]:
        """The addresses at which a setting has other values than the one for which the model was built."""
        own, other = self.set_values, _set_values(setting)
        return {address for address in own.keys() | other.keys() if own.get(address) != other.get(address)}

    @staticmethod
    def _names(addresses: set[Address]) -> set:
        """The quantities at some addresses, and the weights that depend on them, as ``(role, name)``."""
        found: set = set()
        for role, _, name, _ in addresses:
            if (role, name) in declared.weights:
                found.add((role, name))
            elif role != EVENT.name:
                found.add(name)
                found |= {other for other, quantity in declared.quantities.items() if getattr(quantity, "follows", "") == name}
                found |= {key for key in declared.weights if spread_of(declared.roles[key[0]]) == name}
        return found

    def reads(self, address: Address) -> bool:
        """Whether anything reads the value at an address, under the categories and the policy of the model's setting."""
        if address[0] == EVENT.name or isinstance(declared.quantities.get(address[2]), Category):
            return True
        if self.mandated(address):
            return False
        return not self.model.compiled or any(
            name in self.reads_before or name in self.reads_after or field_of(name) in self.inputs
            for name in self._names({address})
        )

    @cached_property
    def reads_after(self) -> frozenset:
        """The values that are read by outcomes and by the classes of runs."""
        model = self.at(self.setting)
        model.world.values.rest = NotedReads(model.world.values.rest, set())
        model.run_to_end().outcomes()
        model.classes()
        return frozenset(model.world.values.rest.read)

    def mandated(self, address: Address) -> bool:
        """Whether the policy in force sets the value at an address, whatever the setting gives."""
        return address in mandated(declared, self.setting, self.model.world.categories)

    def _built(self, setting: Setting, given: dict) -> Simulation:
        return Simulation(
            setting, seed=self.streams.seed, stream_numbers=self.streams.stream_numbers, given=given, every_run=True,
            compiled=True if find_spec("llvmlite") else None, compiling=self.compiling, threads=self.threads,
        )  # fmt: skip

    def _restore(self, setting: Setting, values: dict, weights: dict, given: dict) -> None:
        """Set the model back to before its first turn; all but the buffers has the new values."""
        model, world = self.model, self.model.world
        for array, kept in self.kept:
            array[...] = kept
        world.setting = _with_events_of(self.setting, setting)
        world.given, world.weights, world.frozen = values, weights, dict(self.frozen)
        world.values.rest = world.in_turns(values)
        world.events, world.event_numbers = resolve_events(declared, world.setting, self.streams, given, True)
        world.turn, world.active[:] = 0, True
        world.past.clear()
        world.refresh()
        model.restart(setting, given)

    def _rewrite(self, changed: set) -> None:
        world, buffers = self.model.world, self.model.compiled.buffers
        for key in changed:
            if (name := field_of(key)) in self.inputs:
                buffers.write(name, world.weights[key] if isinstance(key, tuple) else world.values.rest[key])
        for name, value in self.inputs.items():
            if " of event " in name:
                buffers.write(name, value(world))


class ReusableModels:
    """The models of the last few structures and ensembles that were asked for; safe to use from several threads.

    ``most`` is how many are kept, fewer if they take much memory: each run some 130 kB for a thousand residents in two
    territories. They play on ``threads``.
    """

    def __init__(self, most: int = 4, threads: int = 1):
        self.most, self.threads, self.lock, self._building = most, threads, RLock(), RLock()
        self._models: OrderedDict[tuple, ReusableModel] = OrderedDict()

    def find(self, setting: Setting, seed: int, stream_numbers) -> ReusableModel | None:
        """The model for settings of this structure, seed and streams, if there is one."""
        kin = declared.version, seed, np.asarray(stream_numbers, np.uint64).tobytes()
        with self.lock:
            for key in [key for key in self._models if key[:3] == kin]:
                if self._models[key].fits(setting):
                    self._models.move_to_end(key)
                    return self._models[key]
        return None

    def get(self, setting: Setting, seed: int, stream_numbers, compiling: Callable[[], None] = lambda: None) -> ReusableModel:
        """The model for settings of this structure, seed and streams; it is built if it is not there.

        While one thread builds a model, others may find those that are there.
        """
        found = self.find(setting, seed, stream_numbers)
        if found is None:
            with self._building:
                found = self.find(setting, seed, stream_numbers) or self._add(setting, seed, stream_numbers, compiling)
        return found

    def _add(self, setting: Setting, seed: int, stream_numbers, compiling: Callable[[], None]) -> ReusableModel:
        built = ReusableModel(setting, seed, stream_numbers, compiling, self.threads)
        with self.lock:
            while len(self._models) >= self.most or (self._models and self._bytes + built.bytes > MOST_BYTES):
                self._models.popitem(last=False)[1].release()
            numbers = np.asarray(stream_numbers, np.uint64).tobytes()
            self._models[declared.version, seed, numbers, built.structure] = built
        return built

    @property
    def _bytes(self) -> int:
        return sum(one.bytes for one in self._models.values())


def _copied(array: np.ndarray) -> np.ndarray:
    """A copy of an array in memory that is used again."""
    copy = borrowed(array.shape, array.dtype)
    copy[...] = array
    return copy


def structure_of(setting: Setting) -> tuple:
    """All of a setting that is no number and on which code or memory depends."""
    categories = categories_of(declared, setting)
    mandates = tuple((policy.forbidden, policy.mandatory) for policy in in_force(declared, setting, categories))
    return (
        setting.start, setting.turns, setting.time_step, tuple(setting.entities.items()), tuple(setting.belongs.items()),
        tuple(categories.items()), mandates, tuple(signature(event) for event in setting.events_in_turns),
    )  # fmt: skip


def _with_events_of(base: Setting, setting: Setting) -> Setting:
    """A setting with all events of ``base`` in their order; those that it lacks never happen, which changes no number."""
    own = {event.name: event for event in setting.events}
    if not own.keys() <= {event.name for event in base.events} or setting.events == base.events:
        return setting
    never = {"first": base.quarters, "last": -1}
    return replace(setting, events=tuple(own.get(event.name) or replace(event, **never) for event in base.events))


def _set_values(setting: Setting) -> dict:
    """What a setting and its policies in force set, by address."""
    return setting.values | mandated(declared, setting, categories_of(declared, setting))


def sources_of(constant: set[str]) -> set[str]:
    """Everything from which constant names are derived."""
    found: set[str] = set()
    for name in constant:
        if name in declared.derived:
            found |= set(declared.derived[name].rule.reads)
        elif name in declared.aggregates:
            found.add(declared.aggregates[name].of)
    return found


def field_of(key) -> str:
    """The name of the field of a quantity, or of a weight given as ``(role, name)``."""
    return f"{WEIGHT}{key[0]}/{key[1]}" if isinstance(key, tuple) else key
