"""What a scenario itself says of a key: the one number or word that holds for all whom it addresses, if there is one."""

from __future__ import annotations

import math

from ...engine.declare.parameter import Quantity
from ...engine.setting import Value
from ...scenario.addresses import Address, Target
from .factors import Keys


def stands_at(keys: Keys, key: str, mandates: dict[Address, Value] | None = None) -> float | str | None:
    """The number or word; none where members differ, where it is uncertain, or where it differs between runs by itself.

    ``mandates`` are the values of the policies in force; without them, what any policy mandates stands nowhere.
    """
    target = keys.addresses[key]
    policies = keys.scenario.policies.values()
    mandated = {address for policy in policies for address in policy.values} if mandates is None else set()
    given = keys.scenario.values | (mandates or {})
    values = {None if address in mandated else _value(target, given.get(address)) for address in target.addresses}
    return values.pop() if len(values) == 1 else None


def _value(target: Target, given: Value | None) -> float | str | None:
    if given is not None:
        return given.fixed if given.law == "fixed" else None
    if not isinstance(target.declared, Quantity):
        return target.declared.default
    default = target.declared.default_of(target.item)
    return None if ".incentives." in target.key or math.isnan(default) else default
