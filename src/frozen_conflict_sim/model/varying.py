"""The values that differ between the runs of a setting: uncertain values of the scenario, and motives that vary by type."""

from __future__ import annotations

from ..engine.arrays.starting_values import categories_of
from ..engine.declare.parameter import Quantity
from ..engine.declare.registry import Declarations
from ..engine.event_numbers import EVENT, number_quantities
from ..engine.policies import mandated
from ..engine.setting import Setting, Value
from ..politics.catalogue import declared


def varying(setting: Setting) -> dict[str, tuple[tuple, Quantity]]:
    """The address and the declaration of every value that differs between runs, by dotted key."""
    return setting.once(_varying, declared)


def _varying(declared: Declarations, setting: Setting) -> dict[str, tuple[tuple, Quantity]]:
    given = setting.values | mandated(declared, setting, categories_of(declared, setting))
    found = {}
    for (owner, member, name, item), value in sorted(given.items()):
        if value.law != "fixed" and name in declared.quantities and owner != EVENT.name:
            role, quantity = declared.owners[name], declared.quantities[name]
            found[role.dotted(member, quantity.key, item)] = (role.name, member, name, item), quantity
    for (role_name, name), weight in declared.weights.items():
        role = declared.roles[role_name]
        for member in setting.entities[role.level]:
            value = given.get((role_name, member, name, ""))
            if value.law != "fixed" if value else weight.default and _differ(role_name, member, given):
                found[role.dotted(member, f"incentives.{name}")] = (
                    (role_name, member, name, ""),
                    weight,
                )
    return found | _event_numbers(setting)


def _event_numbers(setting: Setting) -> dict[str, tuple[tuple, Quantity]]:
    """The numbers of events that differ between runs."""
    found, of_events = {}, [address for address in setting.values if address[0] == EVENT.name]
    for event in setting.events if of_events else ():
        uncertain = {address for address in of_events if address[1] == event.key}
        if uncertain:
            numbers = number_quantities(declared, setting, event)
            found |= {EVENT.dotted(event.key, *at[2:]): (at, numbers[at]) for at in numbers if at in uncertain}
    return found


def _differ(role: str, member: str, given: dict[tuple, Value]) -> bool:
    """Whether the motives of a member differ between runs where nobody sets them."""
    name = f"{role}_types"
    if name not in declared.quantities:
        return False
    value = given.get((role, member, name, ""))
    return bool(declared.quantities[name].default if value is None else value.law != "fixed" or value.fixed)
