"""What a report is about: results, the groups that they compare, their main outcomes, and the same with the coupling off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..analysis.groups import main_grouping, spoken
from ..ensemble import run
from ..record.nulls import NULLS
from ..results import Results

OFF = NULLS["coupling_off"]
MOST_REPLAYED = 1000  # runs that a report plays itself, with the coupling off
MOST_OUTCOMES = 4


@dataclass(frozen=True)
class Subject:
    """The results of a report."""

    results: Results

    @cached_property
    def lever(self) -> str | None:
        """The column whose values are compared, such as the policies; None where all runs are of one scenario."""
        return main_grouping(self.results)

    @cached_property
    def compared(self) -> str:
        """What is compared, in words: "Moscow's policy"."""
        return spoken(self.results, self.lever) if self.lever else ""

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes of the answer: the first that the experiment names, else the key outcomes of the parents."""
        named = self.results.experiment.outcomes
        if named:
            return tuple(named[:MOST_OUTCOMES])
        parents = self.results.scenario.entities["parent"]
        key = self.results.names("outcome", key_outcomes=True)
        first = [name for name in key if self.results.columns[name].owner in parents]
        return tuple((first or key)[:MOST_OUTCOMES])

    @cached_property
    def trajectories(self) -> tuple[str, ...]:
        """The trajectories of the main outcomes, as far as they are stored."""
        stored = self.results.names("trajectory")
        wanted = [name.rpartition("_at_end")[0] or name.rpartition("_on_average")[0] for name in self.outcomes]
        key = self.results.names("trajectory", key_outcomes=True)
        found = [name for name in dict.fromkeys(wanted) if name in stored] or key
        return tuple(found[:MOST_OUTCOMES])

    @cached_property
    def is_single(self) -> bool:
        """Whether all runs are of one scenario as it stands."""
        experiment = self.results.experiment
        return not (experiment.levers or experiment.uncertainties or experiment.arms or experiment.design.table)

    @cached_property
    def off(self) -> Results | None:
        """The same runs, with the same random numbers, with the coupling off; None where an experiment says what to compare."""
        runs = self.results.manifest["counts"]["finished"]
        if not self.is_single or not 0 < runs <= MOST_REPLAYED or self.results.manifest["counts"]["failed"]:
            return None
        return run(OFF.change(self.results.scenario), runs, self.results.manifest["seed"])
