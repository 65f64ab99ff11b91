"""Null models: what the patterns would look like without the model's mechanisms. Each is a change of the scenario's data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from ..engine.choice_rules import RANDOM
from ..files.dates import written
from ..results import Results
from ..scenario import Scenario, scenario_from
from ..scenario.addresses import Addresses
from ..scenario.load import declarations
from ..scenario.write import tree_of
from .pattern import MechanismOff
from .runs import Runs

PLACEBO_YEARS = 5
OF_CRIMEA = ("Crimea", "sanctions over Ukraine")


@dataclass(frozen=True)
class Null:
    """A null model: what it says, and how it changes a scenario; or, without runs of its own, how it ``reads`` the model's."""

    says: str
    change: Callable[[Scenario], Scenario] | None = None
    reads: type[Runs] | None = None


def nobody_asks(scenario: Scenario) -> Scenario:
    """The patron never asks for deeper integration."""
    tree = tree_of(scenario, declarations())
    closed = {"description": "Ask for nothing.", "patron": {"forbidden": ["treatment.ask_for_deeper_integration"]}}
    tree["policies"] = {**tree.get("policies", {}), "null_nobody_asks": closed}
    tree["patron"]["policy"] = "null_nobody_asks"
    return scenario_from(tree)


def swapped(scenario: Scenario) -> Scenario:
    """All that is said of the first territory is said of the second, and the other way round."""
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
    """The annexation of Crimea and the sanctions over Ukraine come some years later than they did."""
    tree, last = tree_of(scenario, declarations()), written(scenario.start, scenario.quarters - 1)
    for event in tree.get("events", []):
        if event["name"] in OF_CRIMEA and "at" in event:
            year, quarter = event["at"].split("-")
            event["at"] = f"{int(year) + PLACEBO_YEARS}-{quarter}"
    tree["events"] = [event for event in tree.get("events", []) if event.get("at", last) <= last]
    return scenario_from(tree)


def without_mechanism(scenario: Scenario, mechanism: MechanismOff) -> Scenario:
    """The scenario without a mechanism; keys of territories that are not in it do not count."""
    tree = tree_of(scenario, declarations())
    if mechanism.events:
        tree["events"] = [event for event in tree.get("events", []) if event["name"] not in mechanism.events]
    addresses = Addresses(declarations(), scenario.entities)
    return scenario_from(tree).with_values({key: value for key, value in mechanism.values.items() if key in addresses})


class Persistence(Runs):
    """Nothing changes: every quantity stays where it was at the start, nobody acts, nothing happens."""

    def __init__(self, results: Results):
        super().__init__(results)
        self.alive = np.ones_like(self.alive)

    def trajectory(self, name: str) -> np.ndarray:
        """The first turn's value, for ever."""
        return np.repeat(self._stored(name)[:, :1].astype(float), self.alive.shape[1], axis=1)

    def happened(self, name: str) -> np.ndarray:
        """Nothing happens."""
        return np.zeros(self.alive.shape, bool)

    def chose(self, decision: str, *options: str) -> np.ndarray:
        """Everybody does nothing."""
        return np.full(self.alive.shape, self._results.variables[decision].options[0] in options)

    def outcome(self, name: str) -> np.ndarray:
        """Nothing comes of it."""
        return np.full(len(self.alive), np.nan)


class BaseRates(Runs):
    """Everything happens as often as in the model, but to any territory, in any run and quarter."""

    def __init__(self, results: Results):
        super().__init__(results)
        self._dealt: dict[str, np.ndarray] = {}

    def outcome(self, name: str) -> np.ndarray:
        """The outcomes of all territories, dealt anew."""
        return self._deal(name, super().outcome)

    def _stored(self, name: str) -> np.ndarray:
        if name not in self._dealt:
            self._dealt[name] = self._deal(name, super()._stored)
        return self._dealt[name]

    def _deal(self, name: str, read: Callable) -> np.ndarray:
        kin = self._kin(name)
        pool = np.stack([read(other) for other in kin])
        chance = np.random.default_rng(int.from_bytes(blake2b(" ".join(kin).encode(), digest_size=8).digest(), "big"))
        return chance.permutation(pool.ravel()).reshape(pool.shape)[kin.index(name)]

    def _kin(self, name: str) -> list[str]:
        """The same column of every territory."""
        parts, territories = name.split("."), self.scenario.entities["territory"]
        if not set(parts) & set(territories):
            return [name]
        return [".".join(other if part in territories else part for part in parts) for other in territories]


NULLS = {
    "persistence": Null("nothing changes", reads=Persistence),
    "base_rates": Null("everything as often as in the model, but anywhere and at any time", reads=BaseRates),
    "no_treaty": Null("the patron never asks", nobody_asks),
    "coupling_off": Null(
        "both channels to the parent are off", lambda scenario: scenario.with_values({"parent.channels": "off"})
    ),
    "random_option": Null("everybody takes any open option", lambda scenario: scenario.with_values({"play.rule": RANDOM.name})),
    "labels_swapped": Null("the territories' data are swapped", swapped),
    "placebo_crimea": Null(f"Crimea comes {PLACEBO_YEARS} years later", later_crimea),
}
