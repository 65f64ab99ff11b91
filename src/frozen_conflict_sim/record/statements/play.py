"""Ensembles on request, all with the same random numbers, so that their arrays pair run by run."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace

from ...scenario import Scenario
from ...scenario.addresses import Addresses
from ...scenario.schema import declarations
from ..pattern import MechanismOff
from ..runs import Runs

KEPT = 6  # an ensemble of some hundred runs is a hundred megabytes


class Ensembles:
    """Runs of scenarios by their changed values; the last few are kept, whichever arm asks for them.

    ``simulate(scenario, runs, seed)`` gives results, such as :func:`~..scoring.ensemble`.
    """

    def __init__(self, scenarios: Mapping[str, Scenario], runs: int, seed: int, simulate: Callable):
        self.scenarios, self.runs, self.seed, self.simulate = scenarios, runs, seed, simulate
        self._kept: OrderedDict[str, Runs] = OrderedDict()

    def of(self, name: str, values: Mapping[str, object], without: tuple[str, ...] = ()) -> Runs:
        """The runs of a scenario with other values by dotted key and without some events, by name."""
        key = json.dumps([name, sorted(values.items(), key=lambda item: item[0]), sorted(without)])
        if key not in self._kept:
            scenario = self.scenarios[name].with_values(values) if values else self.scenarios[name]
            events = tuple(event for event in scenario.events if event.name not in without)
            self._kept[key] = Runs(self.simulate(replace(scenario, events=events), self.runs, self.seed))
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


class Play:
    """Gives a statement its ensembles; with a mechanism ``off``, its values are added to every one of them.

    ``allowed`` are the scenarios that the statement declares.
    """

    def __init__(self, ensembles: Ensembles, allowed: tuple[str, ...], off: MechanismOff | None = None):
        self.ensembles, self.allowed, self.off = ensembles, allowed, off
        for key in off.values if off else ():
            if not any(key in self._known(name) for name in allowed):
                raise KeyError(f"the mechanism is switched off by {key!r}, which addresses nothing in {', '.join(allowed)}")

    def __call__(self, name: str, changes: Mapping[str, object] | None = None, *, without: tuple[str, ...] = ()) -> Runs:
        """The runs of a scenario, with ``changes`` by dotted key and ``without`` some events."""
        if name not in self.allowed:
            raise KeyError(f"the statement does not declare that it plays {name!r}; add it to its scenarios")
        known = self._known(name)
        off = {key: value for key, value in self.off.values.items() if key in known} if self.off else {}
        return self.ensembles.of(name, {**(changes or {}), **off}, (*without, *(self.off.events if self.off else ())))

    def _known(self, name: str) -> Addresses:
        return Addresses(declarations(), self.ensembles.scenarios[name].entities)
