"""How many residents a run of a setting has: what decides how long it takes, and how much memory."""

from __future__ import annotations

from ..engine.declare.population import Population
from ..engine.setting import Setting
from ..politics.catalogue import declared


def residents_of(setting: Setting) -> int:
    """The number of residents of a run, all populations together.

    >>> from frozen_conflict_sim.scenario import load_scenario
    >>> residents_of(load_scenario("georgia_2014").with_values({"territories.abkhazia.public.residents": 300}))
    1300
    """
    populations = [role for role in declared.roles.values() if isinstance(role, Population)]
    return sum(_count(setting, role, member) for role in populations for member in setting.entities[role.level])


def _count(setting: Setting, role: Population, member: str) -> int:
    name = role.residents.composition.count
    value = setting.values.get((role.name, member, name, ""))
    return int(max(value.numbers) if value else declared.quantities[name].default)
