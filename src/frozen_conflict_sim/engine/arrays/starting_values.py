"""Starting values: arrays of all quantities, and the numbers of all events, from declarations, a setting and random draws."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import NamedTuple

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
    runs, starts = len(streams.stream_numbers), setting.once(_starts, declared)
    asked: dict[tuple[str, str], dict[tuple[str, str], np.ndarray]] = {}
    for (role_name, member, name, item), numbers in given.items():
        asked.setdefault((role_name, name), {})[member, item] = np.broadcast_to(np.asarray(numbers, float), (runs,))

    def array(role: Role, quantity: Quantity, start: Start, typical: dict | None = None):
        mine = asked.get((role.name, quantity.name))
        cells = {}
        if mine or typical or start.uncertain:
            cells = {cell: typical[cell[-1]] for cell in start.unset} if typical else {}
            cells |= {cell: drawn(value, quantity, streams) for cell, value in start.uncertain.items()}
            cells |= {start.cells[where]: numbers for where, numbers in (mine or {}).items() if where in start.cells}
        varies = quantity.state or any(np.ndim(number) for number in cells.values())
        if quantity.common and varies:
            raise ValueError(f"{quantity.name} is the same in all runs of a model: give one number")
        if not varies and (quantity.common or not every_run):
            return start.numbers
        whole = start.numbers.repeat(runs, axis=-1)
        for cell, number in cells.items():
            whole[cell] = number
        return whole

    values = {
        name: array(declared.owners[name], quantity, starts[name])
        for name, quantity in declared.quantities.items()
        if isinstance(quantity, Quantity) and (only is None or name in only)
    }
    _follow(declared, setting, values, known or {})
    wanted = {key: quantity for key, quantity in declared.weights.items() if only is None or key in only}
    typical = _typical(declared, setting, wanted, starts, {**(known or {}), **values}, streams)
    weights = {key: array(declared.roles[key[0]], found, starts[key], typical.get(key)) for key, found in wanted.items()}
    return values, weights, categories_of(declared, setting)


class Start(NamedTuple):
    """The starting values of a quantity before anything is drawn.

    ``numbers`` holds what the scenario says, or the default, shape ``(…, member, 1)``; ``cells`` says where the number of a
    member and an item stands. ``uncertain`` are the values of which each run draws one, ``unset`` the cells of which the
    scenario says nothing.
    """

    numbers: np.ndarray
    cells: dict[tuple[str, str], tuple[int, ...]]
    uncertain: dict[tuple[int, ...], Value]
    unset: tuple[tuple[int, ...], ...]


def _starts(declared: Declarations, setting: Setting) -> dict[str | tuple[str, str], Start]:
    """The starting values of all quantities, by name, and of all weights, by role and name."""
    said = setting.values | mandated(declared, setting, categories_of(declared, setting))
    quantities = {name: found for name, found in declared.quantities.items() if isinstance(found, Quantity)}
    starts = {name: _start(declared, setting, said, declared.owners[name], found) for name, found in quantities.items()}
    weights = {key: _start(declared, setting, said, declared.roles[key[0]], found) for key, found in declared.weights.items()}
    return starts | weights


def _start(declared: Declarations, setting: Setting, said: dict, role: Role, quantity: Quantity) -> Start:
    members, items = setting.entities[role.level], declared.items[quantity.by] if quantity.by else ("",)
    numbers = np.array([quantity.default_of(item) for item in items for _ in members], float)
    numbers = numbers.reshape((len(items), len(members), 1) if quantity.by else (len(members), 1))
    places = {(member, item): (place, at) for place, item in enumerate(items) for at, member in enumerate(members)}
    cells = {where: cell if quantity.by else cell[1:] for where, cell in places.items()}
    uncertain, unset = {}, []
    for (member, item), cell in cells.items():
        value = said.get((role.name, member, quantity.name, item))
        if value is None:
            unset.append(cell)
        elif value.law == "fixed":
            numbers[cell] = value.fixed
        else:
            uncertain[cell] = value
    numbers.flags.writeable = False
    return Start(numbers, cells, uncertain, tuple(unset))


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


def _typical(declared: Declarations, setting: Setting, wanted: dict, starts: dict, values: dict, streams: RandomStreams):
    """The weights of a role with ``types`` where nothing sets them, drawn for each run: arrays by key, then by member."""
    places = [
        (key, at)
        for key in wanted
        if starts[key].unset and spread_of(declared.roles[key[0]]) in values
        for at in sorted({cell[-1] for cell in starts[key].unset})
    ]
    found: dict[tuple[str, str], dict[int, np.ndarray]] = {key: {} for key, _ in places}
    if not places:
        return found
    roles = [declared.roles[role_name] for (role_name, _), _ in places]
    streams_of = [f"type:{role.name}.{name}/{setting.entities[role.level][at]}" for role, ((_, name), at) in zip(roles, places)]
    normal = np.stack([streams.normal(stream, 0, 1)[0] for stream in streams_of])
    spread = np.stack([np.broadcast_to(values[spread_of(role)][at], normal.shape[1:]) for role, (_, at) in zip(roles, places)])
    quantities = [wanted[key] for key, _ in places]
    default, low, high = (np.array([[getattr(one, name)] for one in quantities]) for name in ("default", "low", "high"))
    for (key, at), weight in zip(places, np.clip(default * exp(spread * normal), low, high)):
        found[key][at] = weight
    return found


def categories_of(declared: Declarations, setting: Setting) -> dict[tuple[str, str], str]:
    """The word chosen for every category, by name and member."""
    return dict(setting.once(_categories, declared))


def _categories(declared: Declarations, setting: Setting) -> dict[tuple[str, str], str]:
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
