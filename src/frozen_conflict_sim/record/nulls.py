"""Null models: what patterns look like without the model's mechanisms.

Most change the data of the scenario; trivial nulls need no runs of their own and transform those of the model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np

from ..engine.choice_rules import RANDOM
from ..engine.event_numbers import AT, EVENT, year_of
from ..results import Results
from ..scenario import Scenario, scenario_from
from ..scenario.addresses import addresses_in
from ..scenario.schema import declarations
from ..scenario.write import tree_of
from .pattern import MechanismOff
from .runs import Runs

PLACEBO_YEARS = 5
OF_CRIMEA = ("Crimea", "sanctions over Ukraine")


@dataclass(frozen=True)
class Null:
    """A null model: a ``change`` of the scenario, or a trivial one that ``transforms`` the runs of the model."""

    description: str
    change: Callable[[Scenario], Scenario] | None = None
    transforms: type[Runs] | None = None


def nobody_asks(scenario: Scenario) -> Scenario:
    """Forbid the patron to ask for deeper integration."""
    tree = tree_of(scenario, declarations())
    closed = {"description": "Ask for nothing.", "patron": {"forbidden": ["treatment.ask_for_deeper_integration"]}}
    tree["policies"] = {**tree.get("policies", {}), "null_nobody_asks": closed}
    tree["patron"]["policy"] = "null_nobody_asks"
    return scenario_from(tree)


def swapped(scenario: Scenario) -> Scenario:
    """Exchange the data of the first two territories."""
    territories = scenario.entities["territory"]
    if len(territories) < 2:
        return scenario
    names = dict(zip(territories[:2], territories[1::-1]))
    return scenario_from(_renamed(tree_of(scenario, declarations()), names))


def _renamed(tree, names: dict[str, str]):
    if isinstance(tree, dict):
        return {_renamed(key, names): _renamed(value, names) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_renamed(item, names) for item in tree]
    return ".".join(names.get(part, part) for part in tree.split(".")) if isinstance(tree, str) else tree


def later_crimea(scenario: Scenario) -> Scenario:
    """Move the annexation of Crimea and the sanctions over Ukraine five years later (placebo date)."""
    last, quarters = year_of(scenario.start, scenario.quarters - 1), 4 * PLACEBO_YEARS
    events, values = [], dict(scenario.values)
    for event in scenario.events:
        date = values.get((EVENT.name, event.key, AT, ""))
        if event.name in OF_CRIMEA and event.kind == "scheduled":
            event = replace(event, first=event.first + quarters, last=event.last + quarters)
            if date:
                later = tuple(year + PLACEBO_YEARS for year in date.numbers if year + PLACEBO_YEARS <= last)
                values[EVENT.name, event.key, AT, ""] = replace(date, numbers=later)
        if event.first < scenario.quarters:
            events.append(event)
        else:
            values = {address: value for address, value in values.items() if address[:2] != (EVENT.name, event.key)}
    return replace(scenario, events=tuple(events), values=values)


def without_mechanism(scenario: Scenario, mechanism: MechanismOff) -> Scenario:
    """The scenario with a mechanism switched off; keys of members that it lacks are ignored."""
    tree = tree_of(scenario, declarations())
    if mechanism.events:
        tree["events"] = [event for event in tree.get("events", []) if event["name"] not in mechanism.events]
    addresses = addresses_in(declarations(), scenario)
    return scenario_from(tree).with_values({key: value for key, value in mechanism.values.items() if key in addresses})


class Persistence(Runs):
    """Trivial null: every quantity keeps its first value, everybody does nothing, no event happens."""

    def __init__(self, results: Results):
        super().__init__(results)
        self.alive = np.ones_like(self.alive)

    def trajectory(self, name: str) -> np.ndarray:
        """The value of the first turn, on all turns."""
        return np.repeat(self._stored(name)[:, :1].astype(float), self.alive.shape[1], axis=1)

    def happened(self, name: str) -> np.ndarray:
        """Never."""
        return np.zeros(self.alive.shape, bool)

    def chose(self, decision: str, *options: str) -> np.ndarray:
        """Always the first option, to do nothing."""
        return np.full(self.alive.shape, self._results.variables[decision].options[0] in options)

    def outcome(self, name: str) -> np.ndarray:
        """Not defined."""
        return np.full(len(self.alive), np.nan)


class BaseRates(Runs):
    """Trivial null: values of the model permuted over territories, runs and turns, which keeps all frequencies."""

    def __init__(self, results: Results):
        super().__init__(results)
        self._permuted: dict[str, np.ndarray] = {}

    def outcome(self, name: str) -> np.ndarray:
        """The outcomes of all territories, permuted."""
        return self._permute(name, super().outcome)

    def _stored(self, name: str) -> np.ndarray:
        if name not in self._permuted:
            self._permuted[name] = self._permute(name, super()._stored)
        return self._permuted[name]

    def _permute(self, name: str, read: Callable) -> np.ndarray:
        columns = self._columns(name)
        pool = np.stack([read(other) for other in columns])
        generator = np.random.default_rng(int.from_bytes(blake2b(" ".join(columns).encode(), digest_size=8).digest(), "big"))
        return generator.permutation(pool.ravel()).reshape(pool.shape)[columns.index(name)]

    def _columns(self, name: str) -> list[str]:
        """The same column of every territory."""
        parts, territories = name.split("."), self.scenario.entities["territory"]
        if not set(parts) & set(territories):
            return [name]
        return [".".join(other if part in territories else part for part in parts) for other in territories]


NULLS = {
    "persistence": Null("nothing changes", transforms=Persistence),
    "base_rates": Null("all frequencies of the model, but any territory, run and time", transforms=BaseRates),
    "no_treaty": Null("the patron never asks", nobody_asks),
    "coupling_off": Null(
        "both channels to the parent are off", lambda scenario: scenario.with_values({"parent.channels": "off"})
    ),
    "random_option": Null(
        "everybody takes any open option", lambda scenario: scenario.with_values({"play.choice_rule": RANDOM.name})
    ),
    "labels_swapped": Null("the territories' data are swapped", swapped),
    "placebo_crimea": Null(f"Crimea comes {PLACEBO_YEARS} years later", later_crimea),
}
