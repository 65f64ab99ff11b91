"""What an experiment settles in each run: words by variant, numbers by run; what it leaves alone is the scenario's."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from ...engine.arrays.starting_values import at_share, categories_of, mandated
from ...engine.declare.parameter import Quantity
from ...engine.random_streams import RandomStreams
from ...engine.setting import Value
from ...scenario import Scenario
from ...scenario.addresses import Address
from ...scenario.load import declarations
from ..designs import KINDS, DesignMatrix, DesignSpec
from ..load.factors import Keys, effective
from ..load.standing import stands_at
from ..spec import BASE, Experiment
from .factorial import Configuration


class ResolvedFactors:
    """The keys of an experiment, what they address, and the values they give."""

    def __init__(self, experiment: Experiment):
        self.experiment, self.scenario_of = experiment, {}
        self.keys = Keys(experiment.scenario, declarations())
        named = [*experiment.levers, *experiment.design.table, *experiment.uncertainties]
        self.addresses = effective(named, self.keys.addresses)
        self.inherited = self._inherited({address for addresses in self.addresses.values() for address in addresses})

    def _inherited(self, taken: set[Address]) -> dict[str, Value]:
        found = {}
        for address, value in self.experiment.scenario.values.items():
            if value.law != "fixed" and address not in taken:
                found[value.stream] = value
                self.addresses[value.stream] = (*self.addresses.get(value.stream, ()), address)
        return found

    @property
    def spec(self) -> DesignSpec:
        """What a design lays out."""
        declared = {key: self.keys.addresses[key].declared for key in self.addresses}
        quantities = {key: quantity for key, quantity in declared.items() if isinstance(quantity, Quantity)}
        experiment = self.experiment
        return DesignSpec(
            experiment.levers, experiment.uncertainties, self.inherited, quantities, experiment.design, experiment.seed
        )

    def size(self) -> tuple[int, list[int]]:
        """How many rows the design has, and how many values each crossed lever, before anything is laid out."""
        spec, kind = self.spec, KINDS[self.experiment.design.kind]
        return kind.rows(spec), [len(values) for values in self.crossed.values()]

    @cached_property
    def crossed(self) -> dict[str, tuple]:
        """The levers that are crossed with every row of the design, as lists of values."""
        return KINDS[self.experiment.design.kind].crosses(self.spec)

    @cached_property
    def matrix(self) -> DesignMatrix:
        """The design, laid out."""
        return KINDS[self.experiment.design.kind].build(self.spec)

    def scenario(self, configuration: Configuration) -> Scenario:
        """The scenario with the words of a variant."""
        arm = {key: word for key, word in self._arm(configuration).items() if self.keys.shapes(key)}
        which = (tuple(configuration.words.items()), tuple(arm.items()))
        if which not in self.scenario_of:
            scenario = self.experiment.scenario
            for words in (configuration.words, arm):
                scenario = scenario.with_values(words) if words else scenario
            self.scenario_of[which] = replace(scenario, layers=(), notes=())
        return self.scenario_of[which]

    def words_of(self, key: str) -> tuple[str, ...]:
        """The words that a lever takes."""
        values = self.experiment.levers.get(key) or self.experiment.design.table.get(key, ())
        return tuple(dict.fromkeys(values))

    def _arm(self, configuration: Configuration) -> dict:
        return {} if configuration.arm == BASE else self.experiment.arms[configuration.arm]

    def values(
        self, configuration: Configuration, row: np.ndarray, chosen: dict[str, np.ndarray], stream: np.ndarray
    ) -> tuple[dict[str, np.ndarray], dict[Address, np.ndarray]]:
        """Of some runs of a variant: the columns of the study, and the numbers given to the model."""
        drawn = RandomStreams(self.experiment.seed, stream)
        columns = {key: values[row] for key, values in self.matrix.columns.items() if key not in configuration.absent}
        columns |= chosen
        for key, value in self.matrix.by_luck.items():
            columns[key] = at_share(
                value, self.keys.addresses[key].declared, drawn.uniform(f"value:{value.jointly or key}", 0, 1)[0]
            )
        settles = self.settles(configuration)
        columns = {key: values for key, values in columns.items() if key in settles}
        given: dict[Address, np.ndarray] = {}
        for key, values in columns.items():
            given |= {} if self.keys.shapes(key) else dict.fromkeys(settles[key], values)
        for key in configuration.absent:
            value = stands_at(self.keys, key, self._mandates(configuration))
            columns |= {} if value is None else {key: _repeated(value, len(row))}
        self._set_by_arm(configuration, columns, given, len(row))
        return columns | self._told(configuration, row), given

    def settles(self, configuration: Configuration) -> dict[str, tuple[Address, ...]]:
        """What each key settles in the runs of a variant: not what a policy mandates, if only the scenario itself draws it."""
        mandates = self._mandates(configuration)
        left = {
            key: tuple(address for address in addresses if not (key in self.inherited and address in mandates))
            for key, addresses in self.addresses.items()
            if key not in configuration.absent
        }
        return {key: addresses for key, addresses in left.items() if addresses}

    def members_settled(self, configuration: Configuration) -> frozenset[str]:
        """What a variant settles, by the specific keys of single members."""
        return frozenset(self.keys.addresses.specific[at] for ats in self.settles(configuration).values() for at in ats)

    def _mandates(self, configuration: Configuration) -> dict:
        scenario, declared = self.scenario(configuration), declarations()
        return mandated(declared, scenario, categories_of(declared, scenario))

    def _set_by_arm(self, configuration: Configuration, columns: dict, given: dict, runs: int) -> None:
        for key, value in self._arm(configuration).items():
            settled = set(self.keys.addresses[key].addresses)
            if not self.keys.shapes(key):
                given |= dict.fromkeys(settled, np.full(runs, value))
            for name in columns:
                if set(self.addresses[name]) <= settled:
                    columns[name] = _repeated(value, runs)

    def _told(self, configuration: Configuration, row: np.ndarray) -> dict[str, np.ndarray]:
        """The arm, and in a design that changes one thing at a time, what is changed."""
        told = {"arm": _repeated(configuration.arm, len(row))} if self.experiment.arms else {}
        return told | ({} if self.matrix.changed is None else {"changed": self.matrix.changed[row]})


def _repeated(value: float | str, times: int) -> np.ndarray:
    return np.full(times, value, object if isinstance(value, str) else float)
