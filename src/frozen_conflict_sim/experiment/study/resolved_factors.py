"""The factors of an experiment resolved to addresses: the categories of each configuration, the numbers of each run."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from ...engine.arrays.starting_values import at_share, categories_of
from ...engine.declare.parameter import Quantity
from ...engine.declare.registry import Declarations
from ...engine.policies import mandated
from ...engine.random_streams import RandomStreams
from ...engine.setting import Value
from ...scenario import Scenario
from ...scenario.addresses import Address
from ...scenario.schema import declarations
from ..designs import KINDS, DesignMatrix, DesignSpec
from ..load.keys import Keys, current_value, effective
from ..spec import BASE, ExperimentSpec
from .factorial import Configuration


class ResolvedFactors:
    """Levers, uncertainties and inherited uncertain values, with the addresses that each sets.

    ``inherited`` are the uncertain values of the scenario that the experiment leaves alone.
    """

    def __init__(self, experiment: ExperimentSpec):
        self.experiment, self._scenarios = experiment, {}
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
        """What the design matrix is built from."""
        declared = {key: self.keys.addresses[key].declared for key in self.addresses}
        quantities = {key: quantity for key, quantity in declared.items() if isinstance(quantity, Quantity)}
        experiment = self.experiment
        return DesignSpec(
            experiment.levers, experiment.uncertainties, self.inherited, quantities, experiment.design, experiment.seed
        )

    def shape(self) -> tuple[int, list[int]]:
        """The number of rows of the design and of values of each crossed lever, without building the matrix."""
        return KINDS[self.experiment.design.kind].rows(self.spec), [len(values) for values in self.crossed.values()]

    @cached_property
    def crossed(self) -> dict[str, tuple]:
        """The levers that are crossed with every row of the design, as lists of values."""
        return KINDS[self.experiment.design.kind].crosses(self.spec)

    @cached_property
    def matrix(self) -> DesignMatrix:
        """The design matrix."""
        return KINDS[self.experiment.design.kind].build(self.spec)

    def scenario(self, configuration: Configuration) -> Scenario:
        """The scenario with the categories of a configuration; one object for equal categories."""
        arm = {key: value for key, value in self._arm(configuration).items() if self.keys.is_structural(key)}
        which = (tuple(configuration.categories.items()), tuple(arm.items()))
        if which not in self._scenarios:
            scenario = self.experiment.scenario
            for categories in (configuration.categories, arm):
                scenario = scenario.with_values(categories) if categories else scenario
            self._scenarios[which] = scenario.once(_bare, declarations())
        return self._scenarios[which]

    def options(self, key: str) -> tuple[str, ...]:
        """The categories that a lever takes."""
        values = self.experiment.levers.get(key) or self.experiment.design.table.get(key, ())
        return tuple(dict.fromkeys(values))

    def values(
        self, configuration: Configuration, row: np.ndarray, levers: dict[str, np.ndarray], streams: np.ndarray
    ) -> tuple[dict[str, np.ndarray], dict[Address, np.ndarray]]:
        """For some runs of a configuration, the columns of the study and the numbers given to the model, by address.

        ``row`` are their rows of the design matrix, ``levers`` the values of crossed levers, ``streams`` their stream numbers.
        """
        drawn = RandomStreams(self.experiment.seed, streams)
        columns = {key: values[row] for key, values in self.matrix.columns.items() if key not in configuration.absent}
        columns |= levers
        for key, value in self.matrix.drawn_per_run.items():
            share = drawn.uniform(f"value:{value.jointly or key}", 0, 1)[0]
            columns[key] = at_share(value, self.keys.addresses[key].declared, share)
        addresses = self.addresses_set(configuration)
        columns = {key: values for key, values in columns.items() if key in addresses}
        given: dict[Address, np.ndarray] = {}
        for key, values in columns.items():
            given |= {} if self.keys.is_structural(key) else dict.fromkeys(addresses[key], values)
        for key in configuration.absent:
            value = current_value(self.keys, key, self._mandates(configuration))
            columns |= {} if value is None else {key: _repeated(value, len(row))}
        self._set_by_arm(configuration, columns, given, len(row))
        return columns | self._labels(configuration, row), given

    def addresses_set(self, configuration: Configuration) -> dict[str, tuple[Address, ...]]:
        """The addresses that each key sets in a configuration; a mandate wins over an inherited uncertain value."""
        mandates = self._mandates(configuration)
        left = {
            key: tuple(address for address in addresses if not (key in self.inherited and address in mandates))
            for key, addresses in self.addresses.items()
            if key not in configuration.absent
        }
        return {key: addresses for key, addresses in left.items() if addresses}

    def members_set(self, configuration: Configuration) -> frozenset[str]:
        """The same addresses as the specific keys of single members."""
        return frozenset(self.keys.addresses.specific[at] for ats in self.addresses_set(configuration).values() for at in ats)

    def _arm(self, configuration: Configuration) -> dict:
        return {} if configuration.arm == BASE else self.experiment.arms[configuration.arm]

    def _mandates(self, configuration: Configuration) -> dict:
        scenario, declared = self.scenario(configuration), declarations()
        return mandated(declared, scenario, categories_of(declared, scenario))

    def _set_by_arm(self, configuration: Configuration, columns: dict, given: dict, runs: int) -> None:
        for key, value in self._arm(configuration).items():
            addresses = set(self.keys.addresses[key].addresses)
            if not self.keys.is_structural(key):
                given |= dict.fromkeys(addresses, np.full(runs, value))
            for name in columns:
                if set(self.addresses[name]) <= addresses:
                    columns[name] = _repeated(value, runs)

    def _labels(self, configuration: Configuration, row: np.ndarray) -> dict[str, np.ndarray]:
        """The columns ``arm`` and ``changed``, where the study has them."""
        labels = {"arm": _repeated(configuration.arm, len(row))} if self.experiment.arms else {}
        return labels | ({} if self.matrix.changed is None else {"changed": self.matrix.changed[row]})


def _bare(declared: Declarations, scenario: Scenario) -> Scenario:
    """The scenario without the files that it was read from: all that a process that plays it needs."""
    return replace(scenario, layers=(), notes=())


def _repeated(value: float | str, times: int) -> np.ndarray:
    return np.full(times, value, object if isinstance(value, str) else float)
