"""What every run starts with: the scenario's values, and what it leaves uncertain drawn anew."""

import math
from statistics import NormalDist

from frozen_conflict_sim.engine.arrays.starting_values import categories_of, in_force
from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.engine.time_step import USUAL
from frozen_conflict_sim.politics.catalogue import declared


class Opening:
    """The values of a scenario as plain numbers, prepared once and drawn for every run.

    They stand in one dictionary for each member of each level; what extends over clauses is a list of numbers.
    """

    def __init__(self, setting):
        self.setting, words = setting, categories_of(declared, setting)
        if in_force(declared, setting, words):
            raise ValueError("the peers know no policies: the work of the benchmark must do without")
        if words["choice_rule", "play"] != "quantal_response":
            raise ValueError("the peers know one rule of choice: the work of the benchmark must keep to it")
        if setting.time_step != USUAL:
            raise ValueError("the peers know one length of turn: the work of the benchmark must keep to it")
        self.places = [(level, member) for level, members in setting.entities.items() for member in members]
        self.fixed: dict[tuple, dict] = {place: {} for place in self.places}
        self.draws: list[tuple] = []
        self.types: list[tuple] = []
        self.remembered: dict[str, tuple] = {}
        for name, quantity in declared.quantities.items():
            role = declared.owners[name]
            for member in setting.entities[role.level]:
                cell = self.fixed[role.level, member]
                if not isinstance(quantity, Quantity):
                    cell[name] = words[name, member]
                elif quantity.by:
                    items = enumerate(declared.items[quantity.by])
                    cell[name] = [self._value(role, member, quantity, name, at, item) for at, item in items]
                else:
                    cell[name] = self._value(role, member, quantity, name)
        for (role, name), quantity in declared.weights.items():
            for member in setting.entities[declared.roles[role].level]:
                self._weight(declared.roles[role], member, quantity, weight(role, name))

    def _value(self, role, member, quantity, key, at=None, item=""):
        value = self.setting.values.get((role.name, member, quantity.name, item))
        if value is None:
            return quantity.default_of(item)
        if value.law == "fixed":
            return float(value.fixed)
        self.draws.append(((role.level, member), key, at, value, quantity))
        return math.nan

    def _weight(self, role, member, quantity, key):
        self.fixed[role.level, member][key] = self._value(role, member, quantity, key)
        differs = f"{role.name}_types"
        if (role.name, member, quantity.name, "") not in self.setting.values and differs in declared.quantities:
            self.types.append(((role.level, member), key, f"type:{role.name}.{quantity.name}/{member}", differs, quantity))

    def draw(self, chance) -> dict[tuple[str, str], dict]:
        """The values of one run, by level and member."""
        cells = {
            place: {name: value.copy() if isinstance(value, list) else value for name, value in cell.items()}
            for place, cell in self.fixed.items()
        }
        shares: dict[str, float] = {}
        for place, name, at, value, quantity in self.draws:
            stream = value.jointly or value.stream
            if stream not in shares:
                shares[stream] = chance.uniform(f"value:{stream}", 0)
            number = _at_share(value, quantity, shares[stream])
            if at is None:
                cells[place][name] = number
            else:
                cells[place][name][at] = number
        for place, name, stream, differs, quantity in self.types:
            number = quantity.default * math.exp(cells[place][differs] * chance.normal(stream, 0))
            cells[place][name] = min(max(number, quantity.low), quantity.high)
        return cells


def weight(role: str, name: str) -> str:
    """Under which key the weight of an incentive stands."""
    return f"weight_{role}_{name}"


def _at_share(value, quantity, share: float) -> float:
    """The number below which a share of an uncertain value lies."""
    if value.law == "choices":
        return value.numbers[int(share * len(value.numbers))]
    first, second = value.numbers
    if value.law == "between":
        return first + (second - first) * share
    normal = NormalDist().inv_cdf(share)
    number = first + second * normal if value.law == "normal" else first * math.exp(second * normal)
    return min(max(number, quantity.low), quantity.high)
