"""Dotted keys: ``parents.georgia.grievance`` addresses one quantity, ``parent.grievance`` that of every parent.

``events.crimea.size`` addresses a number of an event.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..engine.declare.names import Owner
from ..engine.declare.parameter import Category, Quantity
from ..engine.declare.registry import Declarations
from ..engine.declare.role import Role
from ..engine.event_numbers import EVENT, KINDS, Address, event_key, number_quantities
from ..engine.setting import Setting, Value
from ..files.nodes import Mapping, at, position_at
from ..files.problems import Position, Report, listed, nearest
from ..files.section import NAME
from ..files.specs import Parsed
from .quantities import CategorySpec

ANY_NAME = r"[\w '\x22-]+"
Members = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Target:
    """What a dotted key addresses; ``shared`` if it addresses all members of a role at once."""

    key: str
    role: Owner
    declared: Quantity | Category
    item: str
    addresses: tuple[Address, ...]
    shared: bool

    @property
    def of_state(self) -> bool:
        """Whether it is a quantity that changes during a run."""
        return isinstance(self.declared, Quantity) and self.declared.state


class Addresses:
    """All dotted keys of a scenario with these members: ``targets`` by key, and the ``specific`` key of each address.

    ``numbers`` are those of its events, by address. In keys, an event may be written by its name or by its slug.
    """

    def __init__(self, declared: Declarations, members: Members, numbers: tuple[tuple[Address, Quantity], ...] = ()):
        entities = dict(members)
        self.targets: dict[str, Target] = {}
        self.specific: dict[Address, str] = {}
        for role, tail, quantity, item in _declared(declared):
            self._add(role, entities[role.level], tail, quantity, item)
        self.events = {slug for (_, slug, _, _), _ in numbers}
        for address, quantity in numbers:
            key = EVENT.dotted(address[1], address[2], address[3])
            self.targets[key] = Target(key, EVENT, quantity, address[3], (address,), False)
            self.specific[address] = key
        for key, addresses in self._shocks_to_all([address for address, _ in numbers]).items():
            quantity = self.targets[self.specific[addresses[0]]].declared
            self.targets[key] = Target(key, EVENT, quantity, addresses[0][3], tuple(addresses), True)

    def _add(self, role: Role, members: tuple[str, ...], tail: str, declared: Quantity | Category, item: str) -> None:
        addresses = tuple((role.name, member, declared.name, item) for member in members)
        for address, member in zip(addresses, members):
            key = f"{role.section.format(*member.split('.'))}.{tail}"
            self.targets[key] = Target(key, role, declared, item, (address,), False)
            self.specific[address] = key
        if role.many:
            key = f"{role.name}.{tail}"
            self.targets[key] = Target(key, role, declared, item, addresses, True)

    def _shocks_to_all(self, numbers: list[Address]) -> dict[str, list[Address]]:
        """Keys for shocks of one event to a state of all members, as in ``events.slump.shock.parent.economy``."""
        found: dict[str, list[Address]] = {}
        for address in numbers:
            state = self.targets.get(address[3])
            if state and state.role.many:
                shared = f"{state.role.name}.{state.declared.key}" + (f".{state.item}" if state.item else "")
                found.setdefault(EVENT.dotted(address[1], address[2], shared), []).append(address)
        return found

    @cached_property
    def open_targets(self) -> dict[str, Target]:
        """The categories to whose words a scenario adds, by key."""
        return {key: target for key, target in self.targets.items() if getattr(target.declared, "open_to", "")}

    def __getitem__(self, key: str) -> Target:
        return self.targets[self.canonical(key)]

    def __contains__(self, key: str) -> bool:
        return self.canonical(key) in self.targets

    def canonical(self, key: str) -> str:
        """The key with the slug of an event in place of its name."""
        section, _, rest = key.partition(".")
        if section == "events":
            for end in (*(at for at, letter in enumerate(rest) if letter == "."), len(rest)):
                if event_key(rest[:end]) in self.events:
                    return f"events.{event_key(rest[:end])}{rest[end:]}"
        return key

    def unknown(self, key: str, states_only: bool = False, also: tuple[str, ...] = ()) -> str:
        """The message for a key that addresses nothing, with the nearest key; ``also`` are other words that were possible."""
        known = [name for name, target in self.targets.items() if target.of_state or not states_only] + list(also)
        same = [name for name in known if name.rpartition(".")[2] == key.rpartition(".")[2] and "." in name]
        hint = nearest(key, same) or nearest(key, known) or (f"; did you mean {listed(same, 3)}?" if same else "")
        return f"{key!r} addresses nothing{hint or '; the command parameters lists what can be addressed'}"


def _declared(declared: Declarations) -> Iterator[tuple[Role, str, Quantity | Category, str]]:
    """Role, last part of the key, declaration and item of everything that can be addressed."""
    for name, quantity in declared.quantities.items():
        for item in declared.items[quantity.by] if getattr(quantity, "by", "") else ("",):
            yield declared.owners[name], f"{quantity.key}.{item}" if item else quantity.key, quantity, item
    for (owner, name), weight in declared.weights.items():
        yield declared.roles[owner], f"incentives.{name}", weight, ""


def addresses_of(declared: Declarations, entities: dict[str, tuple[str, ...]]) -> Addresses:
    """All dotted keys of a scenario with these members."""
    return declared.cached(Addresses, tuple(entities.items()))


def addresses_in(declared: Declarations, setting: Setting) -> Addresses:
    """All dotted keys of a scenario, those of its events included."""
    return setting.once(_addresses_in, declared)


def _addresses_in(declared: Declarations, setting: Setting) -> Addresses:
    numbers = tuple(item for event in setting.events for item in number_quantities(declared, setting, event).items())
    return declared.cached(Addresses, tuple(setting.entities.items()), numbers)


def numbers_given(addresses: Addresses, given: Map[str | Address, object], runs: int) -> dict[Address, np.ndarray]:
    """The numbers that override values, by address, one a run; they are given by dotted key or by address.

    The key of a single member wins. NaN leaves a number as it is computed where nothing sets it. Raises ``InputError`` for
    what addresses nothing, differs between runs although it must not, or is no number within bounds for each run.
    """
    report, found = Report(), {}
    for key, numbers in given.items():
        name = addresses.specific.get(key, ".".join(map(str, key)).strip(".")) if isinstance(key, tuple) else str(key)
        if name not in addresses:
            report.add(Position("given"), "", addresses.unknown(name))
            continue
        target = addresses[name]
        if fault := _fault_of(target, numbers, runs):
            report.add(Position("given"), name, fault)
        else:
            found[name] = target, np.broadcast_to(np.asarray(numbers, float), (runs,))
    report.raise_if_any()
    nearer = sorted(found.values(), key=lambda each: not each[0].shared)
    return {address: numbers for target, numbers in nearer for address in target.addresses}


def _fault_of(target: Target, numbers, runs: int) -> str:
    """What is wrong with the numbers that are given for a target, if anything."""
    declared = target.declared
    if isinstance(declared, Category) or declared.common:
        return "it is the same in all runs; set it with with_values, or as a keyword of the model"
    try:
        numbers = np.asarray(numbers, float)
    except (TypeError, ValueError):
        return f"expected a number, {declared.bounds}, or one for each run, found {numbers!r:.40}"
    if numbers.shape not in ((), (1,), (runs,)):
        return f"expected one number, or an array of the shape ({runs},), found {numbers.shape}"
    outside = ~((numbers >= declared.low) & (numbers <= declared.high))
    if np.isnan(declared.default_of(target.item)):
        outside &= ~np.isnan(numbers)
    return f"expected {declared.bounds}, found {numbers[outside][0]:g}" if outside.any() else ""


def words_added(declared: Declarations, section: str, setting: Setting) -> tuple[str, ...]:
    """The names that a scenario adds in a section: its policies, or the members of a role."""
    if section == "policies":
        return tuple(setting.policies)
    levels = [role.level for role in declared.roles.values() if section and role.section.startswith(f"{section}.")]
    return tuple(setting.entities[levels[0]]) if levels else ()


def options_of(declared: Declarations, category: Category, setting: Setting) -> tuple[str, ...]:
    """The words that a category can have in a scenario."""
    return tuple(dict.fromkeys((*category.options, *words_added(declared, category.open_to, setting))))


def patterns(declared: Declarations) -> dict[str, Target]:
    """The dotted keys of any scenario, for JSON Schema: names that a file chooses itself are regular expressions."""
    found = {}
    for role, tail, quantity, item in _declared(declared):
        for section in dict.fromkeys((role.section.replace("{}", NAME.pattern), role.name if role.many else role.section)):
            key = f"{section}.{tail}"
            found[key] = Target(key, role, quantity, item, (), section == role.name and role.many)
    return found


def event_patterns(declared: Declarations) -> dict[str, Target]:
    """The dotted keys of the events of any scenario, for JSON Schema."""
    widest = max(one.high - one.low for one in declared.quantities.values() if getattr(one, "state", False))
    change = Quantity(None, -widest, widest, "that of the state", "What the event adds to a state.", name="shock")
    numbers = {r"(shock|trend).\S+": change}
    for name, (*bounds, meaning) in KINDS.items():
        numbers[name] = Quantity(None, *bounds, meaning.format("of this name"), name=name)
    return {f"events.{ANY_NAME}.{name}": Target(name, EVENT, one, "", (), False) for name, one in numbers.items()}


def flattened(read: dict, key: str = "") -> Iterator[tuple[str, Parsed]]:
    """The values among what was read, by their dotted keys."""
    for name, found in read.items():
        dotted = f"{key}.{name}" if key else name
        if isinstance(found, dict):
            yield from flattened(found, dotted)
        elif isinstance(found, Parsed) and isinstance(found.data, Value):
            yield dotted, found


def values(read: dict, addresses: Addresses) -> dict[Address, Value]:
    """The value of each address. The nearer file wins; within one file, the key of a single member.

    The stream of a value is its key as it was written, so a key that addresses all members is drawn once for all of them.
    """
    chosen: dict[Address, tuple] = {}
    for key, found in flattened(read):
        if key not in addresses:
            continue
        target = addresses[key]
        rank = (-found.position.layer, not target.shared)
        for address in target.addresses:
            if address not in chosen or rank > chosen[address][0]:
                chosen[address] = (rank, replace(found.data, stream=key))
    return {address: chosen[address][1] for address in addresses.specific if address in chosen}


def check_open_categories(root: Mapping, read: dict, addresses: Addresses, report: Report) -> None:
    """Check the words of categories that a scenario may add to, such as the names of its policies."""
    parsed = {key: found for key, found in flattened(read) if key in addresses}
    chosen = {address for key in parsed for address in addresses[key].addresses}
    for key, target in addresses.open_targets.items():
        section = target.declared.open_to
        named = at(root, (section,))
        options = (*target.declared.options, *(named.entries if isinstance(named, Mapping) else ()))
        if key in parsed:
            word = Parsed(parsed[key].data.fixed, parsed[key].position)
            CategorySpec(target.declared).known(word, options, key, report)
        elif not target.shared and target.addresses[0] not in chosen and target.declared.default not in options:
            path = tuple(key.split("."))
            if at(root, path) is None:
                meaning = target.declared.meaning.rstrip(".")
                report.add(position_at(root, path), key, f"missing: {meaning}, one of {listed(options) or f'the {section}'}")
