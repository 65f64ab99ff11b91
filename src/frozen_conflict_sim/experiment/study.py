"""A study: an experiment laid out as numbered runs, and how to tell it from any other.

Runs are numbered breadth first: all points once, then all points again with other luck. So more replicates append runs, and
whatever is finished first is a balanced smaller study.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from math import prod

import numpy as np

from ..engine.luck import COUNT_BITS
from ..scenario import Scenario
from ..scenario.problems import Mark, Problem, ScenarioError
from .code import fingerprint
from .crossing import Crossing, Variant
from .experiment import BASE, Experiment
from .reading.writing import TABLE, table_text
from .settled import Settled

LARGEST = 10_000_000


@dataclass(frozen=True)
class Rows:
    """Some runs, one a row: which run, at which point of the design, which repetition, with which luck.

    ``columns`` is what the study says of each (levers, uncertainties, arm), ``settled`` the keys of single members that these
    speak of, and ``given`` are the numbers by address.
    """

    run: np.ndarray
    point: np.ndarray
    replicate: np.ndarray
    luck: np.ndarray
    columns: dict[str, np.ndarray] = field(default_factory=dict)
    given: dict[tuple, np.ndarray] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()

    def __len__(self):
        return len(self.run)

    def take(self, which) -> Rows:
        """Some of these rows, by index or slice."""
        columns = {name: values[which] for name, values in self.columns.items()}
        given = {address: values[which] for address, values in self.given.items()}
        identity = (values[which] for values in (self.run, self.point, self.replicate, self.luck))
        return Rows(*identity, columns, given, self.settled)


@dataclass(frozen=True)
class Piece:
    """Runs of one variant, from its ``first`` to its ``last``: what one process plays at a time."""

    variant: int
    first: int
    last: int
    scenario: Scenario
    rows: Rows


class Study:
    """An experiment as runs. A variant is what has the same words throughout (policy, channels): one model plays it.

    ``large`` permits more than ten million runs.
    """

    def __init__(self, experiment: Experiment, *, large: bool = False):
        self.experiment, self.scenario = experiment, experiment.scenario
        self.seed, self.keep = experiment.seed, experiment.keep
        self.settled = Settled(experiment)
        self.arms = (BASE, *experiment.arms)
        rows, crossed = self.settled.size()
        self.points = rows * prod(crossed)
        self.runs = self.points * len(self.arms) * experiment.replicates
        if self.runs > LARGEST and not large:
            message = f"this makes {self.runs:,} runs, more than {LARGEST:,}; if you mean it, add --yes (large=True in Python)"
            raise ScenarioError([Problem(Mark(experiment.path or "the experiment"), "", message)])

    @cached_property
    def crossing(self) -> Crossing:
        """Which rows of the design are crossed with which values of the levers and with which arms."""
        return Crossing(self.settled.laid, self.settled.crossed, self.arms, self.settled.keys.shapes)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """What differs in words."""
        return self.crossing.variants

    def length(self, variant: int) -> int:
        """How many runs a variant has."""
        return self.variants[variant].size * self.experiment.replicates

    def scenarios(self) -> list[Scenario]:
        """The scenario with the words of each variant, every set of words once."""
        found = {id(scenario): scenario for scenario in map(self.settled.scenario, self.variants)}
        return list(found.values())

    def first_run(self, variant: int, rank: int) -> int:
        """The number of a variant's run."""
        return int(self._places(variant, np.array([rank]))[0][0])

    def piece(self, variant: int, first: int, last: int) -> Piece:
        """The runs of a variant from ``first`` to ``last``."""
        run, row, combination, replicate = self._places(variant, np.arange(first, last + 1))
        laid, of = self.settled.laid, self.variants[variant]
        luck = (laid.draw[row].astype(np.int64) << COUNT_BITS) | replicate
        columns, given = self.settled.values(of, row, self.crossing.chosen(combination), luck)
        point = row * self.crossing.combinations + combination
        rows = Rows(run, point, replicate, luck, columns, given, self.settled.members_settled(of))
        return Piece(variant, first, last, self.settled.scenario(of), rows)

    def _places(self, variant: int, ranks: np.ndarray) -> tuple[np.ndarray, ...]:
        of = self.variants[variant]
        replicate, rest = np.divmod(ranks, of.size)
        row, combination = self.crossing.place(of, rest)
        point = row * self.crossing.combinations + combination
        run = (replicate * self.points + point) * len(self.arms) + self.arms.index(of.arm)
        return run, row, combination, replicate

    @cached_property
    def identity(self) -> str:
        """What makes two studies the same: all that decides what a run does, and the code of the model.

        Not the number of replicates, since a study may grow; nor what it is called and asks.
        """
        same = replace(self.experiment, question="-", about="", outcomes=(), verified=False, replicates=1)
        digest = blake2b(json.dumps([same.to_yaml(), fingerprint()]).encode(), digest_size=12)
        for name, values in self.settled.laid.columns.items():
            digest.update(name.encode() + (values.tobytes() if values.dtype == float else repr(values.tolist()).encode()))
        return digest.hexdigest()

    def files(self) -> dict[str, str]:
        """The study as files, complete enough to run again anywhere."""
        table = {TABLE: table_text(self.experiment.design)} if self.experiment.design.kind == "file" else {}
        return {"experiment.yaml": self.experiment.to_yaml(), **table}
