"""A study as it grows: what is asked for later only adds, and no run changes its number.

The runs of the first study have its numbers. What a later one has beyond those before it is numbered after them, in its own
order. So what a folder holds can be told from what it was asked for, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

import numpy as np

from ..designs import KINDS
from ..errors import FolderTaken
from .study import Study, Task


class Extension:
    """The studies by which runs are numbered, one after the other, and the one that is ``wanted`` now.

    ``runs`` are all that have a number, ``added`` those of them that only the last study has.
    """

    def __init__(self, studies: Sequence[Study], wanted: Study | None = None):
        self.studies, self.wanted = list(studies), wanted or studies[-1]
        self.alone = len(self.studies) == 1 and self.wanted is self.studies[0]
        self.arms = list(dict.fromkeys(arm for study in (*self.studies, self.wanted) for arm in study.arms))
        if self.alone:
            self.points, self.runs, self.added = self.wanted.points, self.wanted.runs, self.wanted.runs
            self._numbers, self._taken = [None], [None]
            return
        self._points, self.points = _numbered([*self.studies, self.wanted])
        self.runs, self._numbers, self._taken = 0, [], []
        for at, study in enumerate(self.studies):
            fresh = ~np.any([np.zeros(study.runs, bool), *(self._covers(before, at) for before in self.studies[:at])], axis=0)
            self._numbers.append(self.runs + np.cumsum(fresh) - 1)
            self._taken.append(fresh & self._covers(self.wanted, at))
            self.added = int(fresh.sum())
            self.runs += self.added

    def wanted_ranks(self) -> Iterator[tuple[int, int, Sequence[int]]]:
        """Study, variant and ranks of all runs that are wanted, each run once."""
        for at, study in enumerate(self.studies):
            for configuration in range(len(study.configurations)):
                ranks = range(study.length(configuration))
                if self._taken[at] is not None:
                    ranks = np.flatnonzero(self._taken[at][study.places(configuration, np.asarray(ranks)).run])
                yield at, configuration, ranks

    def numbers(self, at: int, configuration: int, ranks: np.ndarray) -> np.ndarray:
        """The numbers of some runs of a study."""
        run = self.studies[at].places(configuration, ranks).run
        return run if self.alone else self._numbers[at][run]

    def order(self, at: int, configuration: int, ranks: np.ndarray) -> np.ndarray:
        """When some runs have their turn: all points once, then all points again."""
        study = self.studies[at]
        places, arm = study.places(configuration, ranks), self.arms.index(study.configurations[configuration].arm)
        return (places.replicate * self.points + self.points_of(at, places.point)) * len(self.arms) + arm

    def task(self, at: int, configuration: int, ranks: np.ndarray) -> Task:
        """Some runs of a study."""
        task = self.studies[at].task(configuration, ranks)
        if self.alone:
            return task
        rows = replace(task.rows, run=self._numbers[at][task.rows.run], point=self.points_of(at, task.rows.point))
        return Task(task.scenario, rows)

    def wanted_numbers(self) -> np.ndarray:
        """The numbers of all runs that are wanted, rising."""
        if self.alone:
            return np.arange(self.runs)
        return np.sort(np.concatenate([numbers[taken] for numbers, taken in zip(self._numbers, self._taken)]))

    def points_of(self, at: int, points: np.ndarray) -> np.ndarray:
        """The numbers of some points of a study."""
        return points if self.alone else self._points[at][points]

    def _covers(self, study: Study, at: int) -> np.ndarray:
        """Which runs of the study at a place another one has too: a yes or no for each, by its number there."""
        of = self.studies[at]
        replicates = np.arange(of.experiment.replicates) < study.experiment.replicates
        points = np.isin(self._points[at], self._points_of(study))
        arms = np.isin(of.arms, study.arms)
        return (replicates[:, None, None] & points[:, None] & arms).ravel()

    def _points_of(self, study: Study) -> np.ndarray:
        return self._points[-1] if study is self.wanted else self._points[self.studies.index(study)]


def _numbered(studies: Sequence[Study]) -> tuple[list[np.ndarray], int]:
    """The points of several studies, numbered in the order in which they first appear, and how many there are."""
    for study in studies[:-1]:
        _check(study, studies[-1])
    tables = [_points(study) for study in studies]
    _, first, which = np.unique(np.concatenate(tables), axis=0, return_index=True, return_inverse=True)
    number = np.empty(len(first), np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    ends = np.cumsum([len(table) for table in tables])
    return np.split(number[which.ravel()], ends[:-1]), len(first)


def _points(study: Study) -> np.ndarray:
    """What tells the points of a study from others: a row a point, a column for each thing that is settled there."""
    combinations = study.factorial.combinations
    crossed = study.factorial.chosen(np.arange(combinations))
    rows = np.repeat(_rows(study), combinations, axis=0)
    return np.column_stack([rows, *(np.tile(_code(crossed[key]), len(rows) // combinations) for key in sorted(crossed))])


def _rows(study: Study) -> np.ndarray:
    matrix = study.settled.matrix
    changed = [] if matrix.changed is None else [_code(matrix.changed)]
    return np.column_stack(
        [matrix.draw.astype(np.int64), *changed, *(_code(matrix.columns[key]) for key in sorted(matrix.columns))]
    )


def _code(values: np.ndarray) -> np.ndarray:
    """Numbers and words as whole numbers: equal where they are equal."""
    if values.dtype == float:
        return values.view(np.int64)
    codes = {word: np.frombuffer(blake2b(repr(word).encode(), digest_size=8).digest(), np.int64)[0] for word in set(values)}
    return np.array([codes[word] for word in values], np.int64)


def _check(study: Study, other: Study) -> None:
    """Whether points that are sampled go on where those of the other study end."""
    design = study.experiment.design
    if not KINDS[design.kind].samples:
        return
    few, many = sorted((_rows(study), _rows(other)), key=len)
    if not np.array_equal(few, many[: len(few)]):
        raise FolderTaken(
            f"a {design.kind} of {len(many)} points has not the points of one of {len(few)}, so it cannot grow in points, as a "
            "sobol design can; choose another folder with --out"
        )
