"""Starting values: arrays of all quantities, and the numbers of all events, from declarations, a setting and random draws."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

import numpy as np

from ..declare.parameter import Category, Quantity
from ..declare.registry import Declarations
from ..declare.role import Role
from ..event_numbers import (
    AT,
    HAZARD,
    PRESENT,
    SIZE,
    Address,
    amounts_of,
    number_quantities,
    plain_numbers,
    quarter_of,
    state_key,
)
from ..numerics import exp
from ..policies import mandated
from ..random_streams import RandomStreams, normal_quantile
from ..setting import Event, Setting, Value


def drawn(value: Value, declared: Quantity, streams: RandomStreams):
    """A value as one number, or drawn as one number a run."""
    if value.law == "fixed":
        return float(value.fixed)
    return at_share(value, declared, streams.uniform(f"value:{value.jointly or value.stream}", 0, 1)[0])


def at_share(value: Value, declared: Quantity, share: np.ndarray) -> np.ndarray:
    """The quantile of an uncertain value at each share, cut off at the bounds; of choices, the number at that place."""
    if value.law == "choices":
        return np.array(value.numbers)[np.floor(share * len(value.numbers)).astype(int)]
    first, second = value.numbers
    if value.law == "between":
        return first + (second - first) * share
    normal = normal_quantile(share)
    number = first + second * normal if value.law == "normal" else first * exp(second * normal)
    return np.clip(number, declared.low, declared.high)


def resolve(
    declared: Declarations,
    setting: Setting,
    streams: RandomStreams,
    given: dict,
    every_run: bool = False,
    known: dict | None = None,
    only: Container | None = None,
):
    """Arrays of all quantities, arrays of all weights, and all categories.

    ``given`` overrides values by address, with one number a run. Values are looked up in this order: given, the policy in
    force, the scenario, the declared default, the quantity that it follows. A weight that nothing sets is drawn for each run,
    with the spread of its role's ``types``. Raise ``ValueError`` if a ``common`` quantity would differ between runs.

    With ``every_run``, numbers that are equal in all runs have one entry a run too, unless they are ``common``: the shapes of
    the arrays do not depend on the values then. ``only`` restricts the result to some names of quantities and keys
    ``(role, name)`` of weights; ``known`` has the arrays of the other quantities.
    """
    runs = len(streams.stream_numbers)
    categories = categories_of(declared, setting)
    mandates = mandated(declared, setting, categories)

    def find(role: Role, member: str, name: str, item: str, quantity: Quantity):
        address = (role.name, member, name, item)
        if address in given:
            return np.broadcast_to(np.asarray(given[address], float), (runs,))
        value = mandates.get(address) or setting.values.get(address)
        return None if value is None else drawn(value, quantity, streams)

    def array(role: Role, quantity: Quantity, fallback):
        items = declared.items[quantity.by] if quantity.by else ("",)
        members = setting.entities[role.level]
        cells = [[find(role, member, quantity.name, item, quantity) for member in members] for item in items]
        cells = [
            [fallback(member, item) if cell is None else cell for member, cell in zip(members, row)]
            for item, row in zip(items, cells)
        ]
        varies = quantity.state or any(np.ndim(cell) for row in cells for cell in row)
        if quantity.common and varies:
            raise ValueError(f"{quantity.name} is the same in all runs of a model: give one number")
        whole = np.empty((len(items), len(members), runs if varies or (every_run and not quantity.common) else 1))
        for place, row in enumerate(cells):
            for at, cell in enumerate(row):
                whole[place, at] = cell
        return whole if quantity.by else whole[0]

    values = {
        name: array(declared.owners[name], quantity, lambda member, item, quantity=quantity: quantity.default_of(item))
        for name, quantity in declared.quantities.items()
        if isinstance(quantity, Quantity) and (only is None or name in only)
    }
    _follow(declared, setting, values, known or {})
    weights, spreads = {}, {**(known or {}), **values}
    for (role_name, name), quantity in declared.weights.items():
        if only is None or (role_name, name) in only:
            role = declared.roles[role_name]
            weights[role_name, name] = array(role, quantity, _typical(role, quantity, setting, spreads, streams))
    return values, weights, categories


def _follow(declared: Declarations, setting: Setting, values: dict[str, np.ndarray], known: dict) -> None:
    """Give quantities that are not set the values that they follow, those of the member above."""
    for name, quantity in declared.quantities.items():
        if name in values and quantity.follows:
            level, above = declared.owners[name].level, declared.owners[quantity.follows].level
            followed = values[quantity.follows] if quantity.follows in values else known[quantity.follows]
            if len(setting.entities[above]) > 1 and above != level:
                followed = np.take(followed, setting.belongs[level, above], axis=-2)
            values[name] = np.where(np.isnan(values[name]), followed, values[name])


def spread_of(role: Role) -> str:
    """The name of the quantity that says how much the weights of a role differ between runs where nothing sets them."""
    return f"{role.name}_types"


def _typical(role: Role, quantity: Quantity, setting: Setting, values: dict, streams: RandomStreams):
    """The default of a weight, drawn for each run with the spread of the role's ``types``."""
    spread = values.get(spread_of(role))

    def fallback(member: str, item: str):
        if spread is None:
            return quantity.default
        index = setting.entities[role.level].index(member)
        normal = streams.normal(f"type:{role.name}.{quantity.name}/{member}", 0, 1)[0]
        return np.clip(quantity.default * exp(spread[index] * normal), quantity.low, quantity.high)

    return fallback


def categories_of(declared: Declarations, setting: Setting) -> dict[tuple[str, str], str]:
    """The word chosen for every category, by name and member."""
    return {
        (name, member): _category(declared, setting, name, member)
        for name, quantity in declared.quantities.items()
        if isinstance(quantity, Category)
        for member in setting.entities[declared.owners[name].level]
    }


def _category(declared: Declarations, setting: Setting, name: str, member: str) -> str:
    value = setting.values.get((declared.owners[name].name, member, name, ""))
    return value.fixed if value else declared.quantities[name].default


def resolve_events(
    declared: Declarations, setting: Setting, streams: RandomStreams, given: dict, every_run: bool = False
) -> tuple[tuple[Event, ...], dict[Address, np.ndarray]]:
    """The events in turns, and all their numbers by address: one number, or one a run where it is given or uncertain.

    With ``every_run`` all have one number a run, as :func:`resolve` has it.
    """
    runs = len(streams.stream_numbers) if every_run else 1
    events, numbers = [], {}
    for event in setting.events:
        found = {
            address: _event_number(address, number, declared, setting, event, streams, given)
            for address, number in plain_numbers(declared, setting, event).items()
        }
        found = {address: np.broadcast_to(number, (max(runs, len(number)),)) for address, number in found.items()}
        numbers |= found
        events.append(_in_turns(declared, setting, event, {address[2:]: values for address, values in found.items()}))
    return tuple(events), numbers


def _event_number(address, number, declared, setting, event, streams, given) -> np.ndarray:
    if address in given:
        return np.broadcast_to(np.asarray(given[address], float), (len(streams.stream_numbers),))
    value = setting.values.get(address)
    if value is None:
        return np.full(1, float(number))
    return np.atleast_1d(drawn(value, number_quantities(declared, setting, event)[address], streams))


def _in_turns(declared: Declarations, setting: Setting, event: Event, numbers: dict[tuple[str, str], np.ndarray]) -> Event:
    """An event with these numbers, in turns; where it is absent it comes after the last turn."""
    present = numbers[PRESENT, ""] > 0.5
    first, last = np.full(len(present), event.first), np.full(len(present), event.last)
    if (AT, "") in numbers:
        first = last = quarter_of(setting.start, numbers[AT, ""])
    changes = {address: numbers[amounts_of(event), state_key(declared, address)] for address in event.shock}
    shock = {address: amount * numbers[SIZE, ""] for address, amount in changes.items()}
    hazard = numbers.get((HAZARD, ""), np.full(len(present), event.hazard))
    scaled = replace(event, first=first, last=last, hazard=hazard, shock=shock).scaled(setting.time_step)
    return replace(scaled, first=np.where(present, scaled.first, setting.turns))
