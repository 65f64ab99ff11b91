"""Which patterns a scenario can be held against, and which courses must be stored for that."""

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


def patterns_to_fit(place: str, names: Iterable[str] = ()) -> tuple[Pattern, ...]:
    """The patterns with these names; without names, all discriminating ones that look at the scenario ``place`` alone."""
    from .. import patterns  # noqa: F401 - declares them

    here = {name: pattern for name, pattern in PATTERNS.items() if pattern.scenarios == (place,)}
    for name in names:
        if name not in here:
            what = f"looks at {listed(PATTERNS[name].scenarios)}" if name in PATTERNS else "is no pattern of the record"
            raise ResultsError(f"{name!r} {what}; {place} can be held against {listed(here)}{nearest(name, here)}")
    wanted = list(names) or [name for name, pattern in here.items() if pattern.kind == "discriminating"]
    if not wanted:
        raise ResultsError(f"no pattern of the record looks at {place!r} alone")
    return tuple(here[name] for name in dict.fromkeys(wanted))


def scenario_of_patterns(scenario: Scenario) -> str:
    """The shipped scenario by whose name patterns know this one: that of the same title."""
    from .. import patterns  # noqa: F401 - declares them

    places = sorted({place for pattern in PATTERNS.values() for place in pattern.scenarios} & set(shipped_names("scenarios")))
    for place in places:
        if load_scenario(place).title == scenario.title:
            return place
    raise ResultsError(f"no pattern knows a scenario of the title {scenario.title!r}; name one with --as: {listed(places)}")


def needed_trajectories(patterns: Iterable[Pattern], scenario: Scenario) -> tuple[str, ...]:
    """The trajectories and decisions that some patterns look at, found out by letting them look at a few runs."""
    seen: set[str] = set()

    class Noted(Runs):
        def _stored(self, name):
            seen.add(name)
            return super()._stored(name)

    few = Noted(run(scenario, FEW, 1))
    for pattern in patterns:
        pattern.function(few)
    return tuple(sorted(seen))
