"""A study: an experiment laid out as numbered runs.

Runs are numbered breadth first: all points once, then all points again with other random numbers. So more replicates append runs, and
whatever is finished first is a balanced smaller study.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import prod

import numpy as np

from ...engine.random_streams import COUNT_BITS
from ...files.problems import InputError, Position, Problem
from ...scenario import Scenario
from ..load.writing import TABLE, table_text
from ..spec import BASE, Experiment
from .factorial import Configuration, Factorial
from .factors import ResolvedFactors

LARGEST = 10_000_000


@dataclass(frozen=True)
class Rows:
    """Some runs, one a row: which run, at which point of the design, which repetition, and its stream number.

    ``columns`` is what the study says of each (levers, uncertainties, arm), ``settled`` the keys of single members that these
    speak of, and ``given`` are the numbers by address.
    """

    run: np.ndarray
    point: np.ndarray
    replicate: np.ndarray
    stream: np.ndarray
    columns: dict[str, np.ndarray] = field(default_factory=dict)
    given: dict[tuple, np.ndarray] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()

    def __len__(self):
        return len(self.run)

    def take(self, which) -> Rows:
        """Some of these rows, by index or slice."""
        columns = {name: values[which] for name, values in self.columns.items()}
        given = {address: values[which] for address, values in self.given.items()}
        identity = (values[which] for values in (self.run, self.point, self.replicate, self.stream))
        return Rows(*identity, columns, given, self.settled)


@dataclass(frozen=True)
class Task:
    """Runs of one variant: what one process plays at a time."""

    scenario: Scenario
    rows: Rows


@dataclass(frozen=True)
class Places:
    """Where some runs of a variant stand in their study: arrays, one number a run."""

    run: np.ndarray
    point: np.ndarray
    replicate: np.ndarray
    row: np.ndarray
    combination: np.ndarray


class Study:
    """An experiment as runs. A variant is what has the same words throughout (policy, channels): one model plays it.

    ``large`` permits more than ten million runs.
    """

    def __init__(self, experiment: Experiment, *, large: bool = False):
        self.experiment, self.scenario = experiment, experiment.scenario
        self.seed, self.keep = experiment.seed, experiment.keep
        self.settled = ResolvedFactors(experiment)
        self.arms = (BASE, *experiment.arms)
        rows, crossed = self.settled.size()
        self.points = rows * prod(crossed)
        self.runs = self.points * len(self.arms) * experiment.replicates
        if self.runs > LARGEST and not large:
            message = f"this makes {self.runs:,} runs, more than {LARGEST:,}; if you mean it, add --yes (large=True in Python)"
            raise InputError([Problem(Position(experiment.path or "the experiment"), "", message)])

    @cached_property
    def factorial(self) -> Factorial:
        """Which rows of the design are crossed with which values of the levers and with which arms."""
        return Factorial(self.settled.matrix, self.settled.crossed, self.arms, self.settled.keys.shapes)

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """What differs in words."""
        return self.factorial.configurations

    def length(self, configuration: int) -> int:
        """How many runs a variant has."""
        return self.configurations[configuration].size * self.experiment.replicates

    def scenarios(self) -> list[Scenario]:
        """The scenario with the words of each variant, every set of words once."""
        found = {id(scenario): scenario for scenario in map(self.settled.scenario, self.configurations)}
        return list(found.values())

    def task(self, configuration: int, ranks: np.ndarray) -> Task:
        """The runs of a variant with these ranks."""
        places, of = self.places(configuration, ranks), self.configurations[configuration]
        stream = (self.settled.matrix.draw[places.row].astype(np.int64) << COUNT_BITS) | places.replicate
        columns, given = self.settled.values(of, places.row, self.factorial.chosen(places.combination), stream)
        identity = places.run, places.point, places.replicate, stream
        return Task(self.settled.scenario(of), Rows(*identity, columns, given, self.settled.members_settled(of)))

    def places(self, configuration: int, ranks: np.ndarray) -> Places:
        """Where the runs of a variant with these ranks stand."""
        of = self.configurations[configuration]
        replicate, rest = np.divmod(ranks, of.size)
        row, combination = self.factorial.place(of, rest)
        point = row * self.factorial.combinations + combination
        run = (replicate * self.points + point) * len(self.arms) + self.arms.index(of.arm)
        return Places(run, point, replicate, row, combination)

    def files(self) -> dict[str, str]:
        """The study as files, complete enough to run again anywhere."""
        table = {TABLE: table_text(self.experiment.design)} if self.experiment.design.kind == "file" else {}
        return {"experiment.yaml": self.experiment.to_yaml(), **table}
