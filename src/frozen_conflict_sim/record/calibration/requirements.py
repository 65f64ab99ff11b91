"""What a calibration requires: the patterns that apply to a scenario, and the trajectories that they read."""

from __future__ import annotations

from collections.abc import Iterable

from ...ensemble import run
from ...experiment.errors import ResultsError
from ...files.problems import listed, nearest
from ...scenario import Scenario, load_scenario
from ...scenario.shipped import shipped_names
from ..pattern import PATTERNS, Pattern
from ..runs import Runs

FEW = 4


def patterns_to_fit(scenario: str, names: Iterable[str] = ()) -> tuple[Pattern, ...]:
    """The patterns with these names; without names, all test patterns of the scenario ``scenario`` alone.

    Raises :class:`ResultsError` for a name that is no pattern of this scenario alone, and if there is none at all.
    """
    from .. import patterns  # noqa: F401 - declares them

    here = {name: pattern for name, pattern in PATTERNS.items() if pattern.scenarios == (scenario,)}
    for name in names:
        if name not in here:
            what = f"needs {listed(PATTERNS[name].scenarios)}" if name in PATTERNS else "is not a pattern of the record"
            raise ResultsError(f"{name!r} {what}; the patterns of {scenario} are {listed(here)}{nearest(name, here)}")
    wanted = list(names) or [name for name, pattern in here.items() if pattern.kind == "test"]
    if not wanted:
        raise ResultsError(f"no pattern of the record needs the scenario {scenario!r} alone")
    return tuple(here[name] for name in dict.fromkeys(wanted))


def scenario_of_patterns(scenario: Scenario) -> str:
    """The name of the shipped scenario with the title of this one, among those that patterns use.

    Raises :class:`ResultsError` if there is none.
    """
    from .. import patterns  # noqa: F401 - declares them

    names = sorted({name for pattern in PATTERNS.values() for name in pattern.scenarios} & set(shipped_names("scenarios")))
    for name in names:
        if load_scenario(name).title == scenario.title:
            return name
    raise ResultsError(f"no pattern uses a scenario titled {scenario.title!r}; choose one with --scenario: {listed(names)}")


def needed_trajectories(patterns: Iterable[Pattern], scenario: Scenario) -> tuple[str, ...]:
    """The names of the trajectories and decisions that some patterns read, recorded while they evaluate a few runs."""
    read: set[str] = set()

    class RecordedReads(Runs):
        def _stored(self, name):
            read.add(name)
            return super()._stored(name)

    few = RecordedReads(run(scenario, FEW, 1))
    for pattern in patterns:
        pattern.function(few)
    return tuple(sorted(read))
