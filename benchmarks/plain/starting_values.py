"""The starting values of a run: those of the scenario, and draws of those that it leaves uncertain."""

import math
from statistics import NormalDist

from frozen_conflict_sim.engine.arrays.starting_values import categories_of
from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.engine.policies import in_force
from frozen_conflict_sim.engine.time_step import USUAL
from frozen_conflict_sim.politics.catalogue import declared


class StartingValues:
    """The values of a scenario as plain numbers, prepared once; uncertain ones are drawn for every run.

    One dictionary for each member of each level; a value by clause is a list of numbers.
    """

    def __init__(self, setting):
        self.setting, words = setting, categories_of(declared, setting)
        if in_force(declared, setting, words):
            raise ValueError("the peers have no policies: the work of the benchmark must not use them")
        if words["choice_rule", "play"] != "quantal_response":
            raise ValueError("the peers have one choice rule, quantal_response: the work of the benchmark must use it")
        if setting.time_step != USUAL:
            raise ValueError("the peers have one time step, a quarter: the work of the benchmark must use it")
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

    def draw(self, draws) -> dict[tuple[str, str], dict]:
        """The values of one run, by level and member."""
        cells = {
            place: {name: value.copy() if isinstance(value, list) else value for name, value in cell.items()}
            for place, cell in self.fixed.items()
        }
        shares: dict[str, float] = {}
        for place, name, at, value, quantity in self.draws:
            stream = value.jointly or value.stream
            if stream not in shares:
                shares[stream] = draws.uniform(f"value:{stream}", 0)
            number = _at_share(value, quantity, shares[stream])
            if at is None:
                cells[place][name] = number
            else:
                cells[place][name][at] = number
        for name, quantity in declared.quantities.items():
            if getattr(quantity, "follows", ""):
                self._follow(cells, name, quantity.follows)
        for place, name, stream, differs, quantity in self.types:
            number = quantity.default * math.exp(cells[place][differs] * draws.normal(stream, 0))
            cells[place][name] = min(max(number, quantity.low), quantity.high)
        return cells

    def _follow(self, cells: dict, name: str, followed: str) -> None:
        """Give numbers by clause that are not set the value of the member above."""
        level, above = declared.owners[name].level, declared.owners[followed].level
        members, belongs = self.setting.entities[above], self.setting.belongs.get((level, above))
        for at, member in enumerate(self.setting.entities[level]):
            others = cells[above, members[belongs[at] if belongs else 0]][followed]
            own = cells[level, member][name]
            cells[level, member][name] = [other if math.isnan(one) else one for one, other in zip(own, others)]


def weight(role: str, name: str) -> str:
    """The key of the weight of an incentive."""
    return f"weight_{role}_{name}"


def _at_share(value, quantity, share: float) -> float:
    """The quantile of an uncertain value."""
    if value.law == "choices":
        return value.numbers[int(share * len(value.numbers))]
    first, second = value.numbers
    if value.law == "between":
        return first + (second - first) * share
    normal = NormalDist().inv_cdf(share)
    number = first + second * normal if value.law == "normal" else first * math.exp(second * normal)
    return min(max(number, quantity.low), quantity.high)
