"""Who sets a parameter: the shipped scenarios, their policies and events, and the shipped experiments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...engine.event_numbers import EVENT, amounts_of
from ...engine.setting import Event
from ...experiment.load import load_experiment
from ...experiment.spec import Range
from ...files.nodes import Mapping, at, position_at
from ...scenario import Scenario, load_scenario
from ...scenario.addresses import Address, Target, addresses_of
from ...scenario.describe import in_words
from ...scenario.schema import declarations
from ...scenario.shipped import shipped_names


@dataclass(frozen=True)
class Setter:
    """A shipped file that sets a parameter: ``how`` (in the scenario, by a policy, event, lever …), the key, and the value."""

    file: str
    line: int
    how: str
    key: str
    value: str


def setters(target: Target) -> tuple[Setter, ...]:
    """All shipped scenarios and experiments that set a parameter; files that inherit a value do not count."""
    found: list[Setter] = []
    for name in shipped_names("scenarios"):
        found += _in_scenario(name, load_scenario(name), target)
    for name in shipped_names("experiments"):
        found += _in_experiment(name, target)
    return tuple(found)


def _in_scenario(name: str, scenario: Scenario, target: Target) -> Iterator[Setter]:
    file = f"scenarios/{name}.yaml"
    own = [layer for layer in _flat(scenario.layers) if layer.position.file == scenario.path]
    keys = _keys(scenario, target)
    for layer in own:
        for key, address in keys.items():
            path = tuple(key.split("."))
            if at(layer, path) is not None and address in scenario.values:
                yield Setter(file, position_at(layer, path).line, "scenario", key, in_words(scenario.values[address]))
            for policy in scenario.policies.values():
                path = ("policies", policy.name, *key.split("."))
                if at(layer, path) is not None and address in policy.values:
                    yield Setter(
                        file, position_at(layer, path).line, f"policy {policy.name}", key, in_words(policy.values[address])
                    )
        changed = at(layer, ("events",))
        for event in scenario.events if changed is not None else ():
            shocks = {_amount(scenario, event, key, address) for key, address in keys.items() if address in event.shock}
            for amount in sorted(shocks):
                yield Setter(file, changed.position.line, f"event {event.name}", target.key, amount)


def _amount(scenario: Scenario, event: Event, key: str, address: Address) -> str:
    drawn = scenario.values.get((EVENT.name, event.key, amounts_of(event), key))
    return in_words(drawn) if drawn else f"{event.shock[address]:+g}"


def _in_experiment(name: str, target: Target) -> Iterator[Setter]:
    experiment, file = load_experiment(name), f"experiments/{name}.yaml"
    keys = _keys(experiment.scenario, target)
    for key, value in experiment.levers.items():
        if key in keys:
            yield Setter(file, 0, "lever", key, _range(value))
    for key, value in experiment.uncertainties.items():
        if key in keys:
            yield Setter(file, 0, "uncertainty", key, in_words(value))
    for arm, values in experiment.arms.items():
        for key, value in values.items():
            if key in keys:
                yield Setter(file, 0, f"arm {arm}", key, f"{value:g}" if isinstance(value, float) else str(value))


def _range(value: Range | tuple) -> str:
    if isinstance(value, Range):
        return f"{value.low:g} to {value.high:g}"
    return ", ".join(f"{each:g}" if isinstance(each, float) else str(each) for each in value)


def _keys(scenario: Scenario, target: Target) -> dict[str, Address]:
    """The keys by which a file can set the parameter for members of the scenario, each with one of its addresses."""
    targets = addresses_of(declarations(), scenario.entities).targets
    return {
        key: other.addresses[0] for key, other in targets.items() if other.addresses and _identity(other) == _identity(target)
    }


def _identity(target: Target) -> tuple:
    return target.role.name, target.declared.name, target.item, ".incentives." in target.key


def _flat(layers) -> Iterator[Mapping]:
    for layer in layers:
        if isinstance(layer, Mapping):
            yield layer
        else:
            yield from _flat(layer)
