"""How well each parameter is supported: by how much a value of its grade may be off, and how to move it by so much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..engine.setting import Value
from ..experiment.load import experiment_from
from ..experiment.load.keys import Keys
from ..scenario import Scenario
from ..scenario.schema import declarations

SHARES = {"assumed": 0.5, "estimated": 0.25, "documented": 0.1}


@dataclass(frozen=True)
class Support:
    """A parameter: its value, how far a value of its grade may be off (``unit``), its bounds, and its grade.

    ``spread`` is the log standard deviation with which runs draw it around its value, for motives that differ between runs.
    """

    key: str
    value: float
    unit: float
    low: float
    high: float
    grade: str
    spread: float = 0.0

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the largest change, in units."""
        return (self.low - self.value) / self.unit, (self.high - self.value) / self.unit

    def moved(self, step: float) -> float | dict[str, list[float]]:
        """The value after a change in units, as a scenario writes it; runs still differ where they did."""
        value = min(max(self.value + float(step) * self.unit, self.low), self.high)
        if not self.spread or value <= 0:
            return value
        return {"lognormal": [value, self.spread]}

    def around(self, step: float) -> dict[str, float]:
        """A range of one unit up and down around the changed value, within bounds."""
        value = self.value + float(step) * self.unit
        low, high = max(value - self.unit, self.low), min(value + self.unit, self.high)
        if low >= high:
            low, high = max(high - self.unit, self.low), min(low + self.unit, self.high)
        return {"from": low, "to": high}


def support_of(scenarios: Iterable[Scenario], values: Mapping[str, object] = ()) -> dict[str, Support]:
    """The support of every number that all scenarios share; what tells them apart, or what they draw, is left out."""
    shared: dict[str, Support] | None = None
    for scenario in scenarios:
        found = _of_one(scenario.with_values(dict(values)) if values else scenario)
        shared = found if shared is None else {key: one for key, one in shared.items() if found.get(key) == one}
    return shared or {}


def _of_one(scenario: Scenario) -> dict[str, Support]:
    data = {"question": "by grade", "scenario": scenario, "uncertainties": {"by_grade": SHARES}}
    keys, found = Keys(scenario, declarations()), {}
    for key, value in experiment_from(data).uncertainties.items():
        quantity = keys.addresses[key].declared
        middle = _current(keys, key, value)
        unit = SHARES[value.grade] * abs(middle)
        spread = _spread(scenario, keys, key)
        found[key] = Support(key, middle, unit, quantity.low, quantity.high, value.grade, spread)
    return found


def _current(keys: Keys, key: str, value: Value) -> float:
    """The number itself: that of the scenario, or the default."""
    target = keys.addresses[key]
    given = [keys.scenario.values[address] for address in target.addresses if address in keys.scenario.values]
    return float(given[0].fixed) if given and given[0].law == "fixed" else float(target.declared.default_of(target.item))


def _spread(scenario: Scenario, keys: Keys, key: str) -> float:
    """The log standard deviation of a motive that nobody sets, as the types of its role have it."""
    target = keys.addresses[key]
    if ".incentives." not in key or any(address in scenario.values for address in target.addresses):
        return 0.0
    types = declarations().quantities.get(f"{target.role.name}_types")
    if types is None:
        return 0.0
    given = [value for (_, _, name, _), value in scenario.values.items() if name == types.name and value.law == "fixed"]
    return float(given[0].fixed) if given else float(types.default)
