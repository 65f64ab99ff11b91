"""Every number of a scenario that can differ between runs: its address, its declaration, and the value that it usually has."""

from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.politics.catalogue import declared


def numbers(setting):
    """Address, declaration and usual value (NaN if it is computed) of quantities and weights, member by member."""
    for name, one in declared.quantities.items():
        if isinstance(one, Quantity) and not one.common:
            role = declared.owners[name]
            for item in declared.items[one.by] if one.by else ("",):
                for member in setting.entities[role.level]:
                    address = (role.name, member, name, item)
                    yield address, one, _usual(setting, address, one.default_of(item))
    for (owner, name), weight in declared.weights.items():
        for member in setting.entities[declared.roles[owner].level]:
            address = (owner, member, name, "")
            yield address, weight, _usual(setting, address, weight.default)


def _usual(setting, address, default):
    value = setting.values.get(address)
    return default if value is None or value.law != "fixed" else value.fixed
