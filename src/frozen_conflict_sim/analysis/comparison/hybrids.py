"""Runs between two runs: the same random numbers, with some of the inputs of one side and the others of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ...engine.arrays.starting_values import categories_of, resolve, resolve_events
from ...engine.declare.parameter import Category
from ...engine.event_numbers import EVENT
from ...engine.policies import mandated
from ...engine.random_streams import RandomStreams
from ...engine.setting import Event
from ...engine.time_step import TIME_STEP
from ...experiment.errors import NotComparable
from ...experiment.execute.simulate import simulate
from ...experiment.store.files import digest
from ...experiment.study.rows import Rows, Task
from ...files.problems import listed
from ...scenario import Scenario
from ...scenario.addresses import Address, Addresses, addresses_in
from ...scenario.schema import declarations
from .inputs import NOTHING, told_apart, value_of

DECISIVE = ("kind", "shock", "first", "last", "hazard", "when", "once", "present", "size")  # of an event
AT_ONCE = 1024  # runs that a model plays at once


@dataclass(frozen=True)
class Side:
    """One side of some pairs: a scenario, the numbers given to its runs by address, and their stream numbers."""

    scenario: Scenario
    given: dict[Address, np.ndarray]
    stream: np.ndarray

    @classmethod
    def of(cls, task: Task, places: np.ndarray) -> Side:
        """The runs of a task at some places."""
        rows = task.rows.take(places)
        return cls(task.scenario, rows.given, rows.stream)

    @cached_property
    def addresses(self) -> Addresses:
        """What can be addressed in the scenario."""
        return addresses_in(declarations(), self.scenario)

    @cached_property
    def mandates(self) -> dict:
        """The values that policies in force set, by address."""
        return mandated(declarations(), self.scenario, categories_of(declarations(), self.scenario))

    def input(self, address: Address, ruled: bool) -> tuple[str, tuple]:
        """What is given at an address, as text, and as data that is equal only for equal inputs.

        Where a policy has a say (``ruled``), a number that is given to the runs is not the same as one in the scenario.
        """
        if address not in self.given:
            return value_of(self.scenario, self.addresses, address)
        numbers = np.asarray(self.given[address])
        low, high = float(numbers.min()), float(numbers.max())
        if low == high:
            return f"{low:g}", ("given" if ruled else "fixed", (low,), "", "")
        return f"varies, {low:.3g} to {high:.3g}", ("drawn", digest(numbers.tobytes())[:8])

    def played_number(self, address: Address, seed: int) -> np.ndarray | None:
        """The number with which each run starts at an address; None if it is computed from others."""
        values, weights, events = self._resolved(seed)
        if address[0] == EVENT.name:
            return np.broadcast_to(events[address], len(self.stream))
        role, member, name, item = address
        array = weights[role, name] if (role, name) in weights else values[name]
        declared = declarations()
        quantity = declared.weights.get((role, name)) or declared.quantities[name]
        array = array[declared.items[quantity.by].index(item)] if item else array
        number = array[self.scenario.entities[declared.roles[role].level].index(member)]
        return None if np.isnan(number).any() else np.broadcast_to(number, len(self.stream))

    def _resolved(self, seed: int) -> tuple[dict, dict, dict]:
        if "resolved" not in vars(self):
            about = declarations(), self.scenario, RandomStreams(seed, self.stream), self.given
            vars(self)["resolved"] = (*resolve(*about)[:2], resolve_events(*about)[1])
        return vars(self)["resolved"]


@dataclass
class Change:
    """One thing that differs between two sides: addresses that are changed together, an event, or a policy."""

    key: str
    left: str
    right: str
    addresses: list[Address] = field(default_factory=list)
    event: str = ""
    policy: str = ""


class Group:
    """Pairs whose runs share their two scenarios, and what differs between these; ``places`` are positions among all pairs."""

    def __init__(self, places: np.ndarray, left: Side, right: Side, seed: int):
        self.places, self.sides, self.seed = places, (left, right), seed
        _check_frames(left.scenario, right.scenario)
        self.changes = {change.key: change for change in (*self._of_values(), *self._of_events(), *self._of_policies())}
        self.numbers = {key: found for key, change in self.changes.items() if (found := self._numbers(change))}

    def _of_values(self) -> Iterator[Change]:
        left, right = self.sides
        alone = {(EVENT.name, event.key) for event in self._events_that_differ()}
        known = [at for at in left.addresses.specific if at in right.addresses.specific and at[:2] not in alone]
        ruled = {address: address in left.mandates or address in right.mandates for address in known}
        inputs = {address: (left.input(address, rules), right.input(address, rules)) for address, rules in ruled.items()}
        differing = {address: pair for address, pair in inputs.items() if pair[0][1] != pair[1][1]}
        for target in left.addresses.targets.values():
            pairs = [differing.get(address) for address in target.addresses]
            alike = all(pair is not None and pair == pairs[0] for pair in pairs)
            if target.shared and len(pairs) > 1 and alike:
                yield Change(target.key, *told_apart(*pairs[0]), [*target.addresses])
                differing = {address: pair for address, pair in differing.items() if address not in target.addresses}
        for address, pair in differing.items():
            yield Change(left.addresses.specific[address], *told_apart(*pair), [address])

    def _of_events(self) -> Iterator[Change]:
        """Events that only one side has, or that differ in more than their numbers, each with its numbers."""
        for event in self._events_that_differ():
            sides = [{one.key: one for one in side.scenario.events}.get(event.key) for side in self.sides]
            texts = [NOTHING if mine is None else _told(mine, other) for mine, other in (sides, sides[::-1])]
            addresses = {at for side in self.sides for at in side.addresses.specific if at[:2] == (EVENT.name, event.key)}
            yield Change(f"events.{event.name}", *texts, sorted(addresses), event=event.key)

    def _events_that_differ(self) -> list[Event]:
        left, right = ({event.key: event for event in side.scenario.events} for side in self.sides)
        return [(left | right)[key] for key in left | right if _played_event(left.get(key)) != _played_event(right.get(key))]

    def _of_policies(self) -> Iterator[Change]:
        """Policies that are defined differently; one that only one side has does nothing unless it is chosen."""
        left, right = (side.scenario.policies for side in self.sides)
        for name in left.keys() & right.keys():
            mandates = [(one.values, one.forbidden, one.mandatory) for one in (left[name], right[name])]
            if mandates[0] != mandates[1]:
                yield Change(f"policies.{name}", "as in A", "as in B", policy=name)

    def _numbers(self, change: Change) -> list[tuple[Address, np.ndarray, np.ndarray]] | None:
        """The numbers of both sides, run by run, if runs of one model may differ in them: not in what a policy mandates."""
        found = []
        if change.event:
            return None
        for address in change.addresses:
            declared = self.sides[0].addresses[self.sides[0].addresses.specific[address]].declared
            ruled = any(address in side.mandates for side in self.sides)
            if isinstance(declared, Category) or declared.common or ruled:
                return None
            numbers = [side.played_number(address, self.seed) for side in self.sides]
            if any(number is None for number in numbers):
                return None
            found.append((address, *numbers))
        return found

    def outcomes(self, taken: np.ndarray, at: np.ndarray, keys: Sequence[str], names: Sequence[str]) -> np.ndarray:
        """Outcomes of runs between the two sides, shape (request, outcome).

        ``taken`` says which changes each run has, shape (request, change); ``at`` is its pair, as a position in this group.
        """
        found = np.full((len(at), len(names)), np.nan)
        structural = [place for place, key in enumerate(keys) if key in self.changes and key not in self.numbers]
        kinds, kind = np.unique(taken[:, structural], axis=0, return_inverse=True)
        for number, chosen in enumerate(kinds):
            wanted = np.flatnonzero(kind.ravel() == number)
            scenario, given = self._structure({keys[place] for place, has in zip(structural, chosen) if has})
            for begin in range(0, len(wanted), AT_ONCE):
                some = wanted[begin : begin + AT_ONCE]
                mixed = {address: numbers[at[some]] for address, numbers in given.items()}
                for place, key in enumerate(keys):
                    for address, left, right in self.numbers.get(key, ()):
                        mixed[address] = np.where(taken[some, place], right[at[some]], left[at[some]])
                found[some] = _played(scenario, self.seed, self.sides[0].stream[at[some]], mixed, names)
        return found

    def _structure(self, taken: set[str]) -> tuple[Scenario, dict[Address, np.ndarray]]:
        """The scenario, and the numbers that are given, with some of the changes that need a model of their own."""
        left, right = self.sides
        values, given = dict(left.scenario.values), dict(left.given)
        policies = right.scenario.policies | left.scenario.policies
        events = {event.key: event for event in left.scenario.events}
        for change in (self.changes[key] for key in taken):
            for address in change.addresses:
                for mine, theirs in ((values, right.scenario.values), (given, right.given)):
                    mine.pop(address, None)
                    mine |= {address: theirs[address]} if address in theirs else {}
            if change.event:
                events.pop(change.event, None)
                events |= {event.key: event for event in right.scenario.events if event.key == change.event}
            if change.policy:
                policies[change.policy] = right.scenario.policies[change.policy]
        order = [event.key for event in (*left.scenario.events, *right.scenario.events)]
        ordered = tuple(sorted(events.values(), key=lambda event: order.index(event.key)))
        scenario = replace(left.scenario, values=values, policies=policies, events=ordered)
        step = next((value.fixed for (_, _, name, _), value in values.items() if name == TIME_STEP), left.scenario.time_step)
        return scenario.with_time_step(step) if step != scenario.time_step else scenario, given


def _played_event(event: Event | None) -> dict | None:
    """What of an event decides a run."""
    return event and {name: getattr(event, name) for name in DECISIVE}


def _told(event: Event, other: Event | None) -> str:
    """What of an event the other side has otherwise, in a few words."""
    if other is None:
        return "as there"
    mine, theirs = _played_event(event), _played_event(other)
    parts = [(name, value) for name, value in mine.items() if value != theirs[name]]
    return ", ".join(name if isinstance(value, (dict, tuple)) else f"{name} {value}" for name, value in parts)


def _check_frames(left: Scenario, right: Scenario) -> None:
    """Raise unless two scenarios have the same members and the same calendar."""
    frames = [(scenario.entities, scenario.belongs, scenario.start, scenario.quarters) for scenario in (left, right)]
    differing = [name for name, one, two in zip(("members", "who belongs to whom", "start", "quarters"), *frames) if one != two]
    if differing:
        raise NotComparable(
            f"the sides differ in {listed(differing, 4)}, which cannot be changed one by one; give both the same"
        )


def _played(scenario: Scenario, seed: int, stream: np.ndarray, given: dict, names: Sequence[str]) -> np.ndarray:
    nothing = np.zeros(len(stream), np.int64)
    result = simulate(scenario, seed, Rows(np.arange(len(stream)), nothing, nothing, stream, {}, given), keep=())
    if result.failures:
        reason = result.failures[0]["traceback"].strip().splitlines()[-1]
        raise NotComparable(f"a run with some of the changes failed, so they cannot be told apart: {reason}")
    table = result.runs
    return np.stack([table[name].to_numpy(zero_copy_only=False).astype(float) for name in names], axis=1)
