"""What a scenario itself says of a key: the one number or word that holds for all whom it addresses, if there is one."""

from __future__ import annotations

import math

from ...engine.quantity import Quantity
from ...scenario.addresses import Address, Target
from .factors import Keys


def stands_at(keys: Keys, key: str) -> float | str | None:
    """The number or word; none where members or policies differ, where it is uncertain, or differs between runs by itself."""
    target = keys.addresses[key]
    values = {_value(keys, target, address) for address in target.addresses}
    return values.pop() if len(values) == 1 else None


def _value(keys: Keys, target: Target, address: Address):
    if any(address in policy.values for policy in keys.scenario.policies.values()):
        return None
    given = keys.scenario.values.get(address)
    if given is not None:
        return given.fixed if given.law == "fixed" else None
    if not isinstance(target.declared, Quantity):
        return target.declared.default
    default = target.declared.default_of(target.item)
    return None if ".incentives." in target.key or math.isnan(default) else default
