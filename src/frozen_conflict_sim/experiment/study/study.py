"""A study: an experiment laid out as numbered runs.

Runs are numbered breadth first: all points once, then all points again with other random numbers. So more replicates append
runs, and what is finished first is a balanced smaller study.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from ...files.problems import InputError, Position, Problem
from ...scenario import Scenario
from ..load import Experiment
from ..load.writing import EXPERIMENT, TABLE, table_text
from ..spec import BASE
from .factorial import Configuration, Factorial
from .resolved_factors import ResolvedFactors
from .rows import Rows, Task
from .streams import RunIdentity

LARGEST = 10_000_000


@dataclass(frozen=True)
class Positions:
    """The positions of some runs of a configuration in their study: arrays with one number a run."""

    run: np.ndarray
    point: np.ndarray
    replicate: np.ndarray
    row: np.ndarray
    combination: np.ndarray


class Study:
    """An experiment as runs.

    Runs are addressed by configuration and rank: their place among the runs of that configuration. More than ten million
    runs are a :class:`InputError` unless ``large``.
    """

    def __init__(self, experiment: Experiment, *, large: bool = False):
        self.experiment, self.scenario = experiment, experiment.scenario
        self.seed, self.keep = experiment.seed, experiment.keep
        self.factors = ResolvedFactors(experiment)
        self.arms = (BASE, *experiment.arms)
        rows, crossed = self.factors.shape()
        self.points = rows * prod(crossed)
        self.runs = self.points * len(self.arms) * experiment.replicates
        if self.runs > LARGEST and not large:
            message = f"this makes {self.runs:,} runs, more than {LARGEST:,}; if you mean it, add --yes (large=True in Python)"
            raise InputError([Problem(Position(experiment.path or "the experiment"), "", message)])

    @cached_property
    def factorial(self) -> Factorial:
        """The rows of the design crossed with levers and arms."""
        return Factorial(self.factors.matrix, self.factors.crossed, self.arms, self.factors.keys.is_structural)

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """The configurations, each played by a model of its own."""
        return self.factorial.configurations

    def length(self, configuration: int) -> int:
        """The number of runs of a configuration."""
        return self.configurations[configuration].size * self.experiment.replicates

    def scenarios(self) -> list[Scenario]:
        """The scenarios of all configurations, each different one once."""
        found = {id(scenario): scenario for scenario in map(self.factors.scenario, self.configurations)}
        return list(found.values())

    def task(self, configuration: int, ranks: np.ndarray) -> Task:
        """The runs of a configuration with these ranks, as a task."""
        at, of = self.positions(configuration, ranks), self.configurations[configuration]
        streams = RunIdentity(self.factors.matrix.draw[at.row], at.replicate).streams
        columns, given = self.factors.values(of, at.row, self.factorial.levers(at.combination), streams)
        rows = Rows(at.run, at.point, at.replicate, streams, columns, given, self.factors.members_set(of))
        return Task(self.factors.scenario(of), rows)

    def positions(self, configuration: int, ranks: np.ndarray) -> Positions:
        """The positions of the runs of a configuration with these ranks."""
        of = self.configurations[configuration]
        replicate, rest = np.divmod(ranks, of.size)
        row, combination = self.factorial.position(of, rest)
        point = row * self.factorial.combinations + combination
        run = (replicate * self.points + point) * len(self.arms) + self.arms.index(of.arm)
        return Positions(run, point, replicate, row, combination)

    def files(self) -> dict[str, str]:
        """The study as files by name, complete enough to run again anywhere."""
        table = {TABLE: table_text(self.experiment)} if self.experiment.design.kind == "file" else {}
        return {EXPERIMENT: self.experiment.to_yaml(), **table}
