"""Extension of a study: later requests add runs, and no run changes its number.

The runs of the first request keep its numbers. Runs that a later request adds are numbered after all earlier ones, in its own
order. So the runs of a folder follow from the sequence of requests alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

import numpy as np

from ..designs import KINDS
from ..errors import FolderTaken
from .rows import Task
from .study import Study

AT_ONCE = 1_000_000  # runs whose numbers are computed at once when some are looked up


class Extension:
    """The studies that number the runs of a folder, in the order of the requests, and the study that is ``wanted`` now.

    ``runs`` counts all numbered runs, ``added`` those that only the last study has. Methods take the position ``at`` of a study
    in this list.
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
        """Study, configuration and ranks of all wanted runs, each run once."""
        for at, study in enumerate(self.studies):
            for configuration in range(len(study.configurations)):
                ranks = range(study.length(configuration))
                if self._taken[at] is not None:
                    ranks = np.flatnonzero(self._taken[at][study.positions(configuration, np.asarray(ranks)).run])
                yield at, configuration, ranks

    def numbers(self, at: int, configuration: int, ranks: np.ndarray) -> np.ndarray:
        """The numbers of some runs of a study in the folder."""
        run = self.studies[at].positions(configuration, ranks).run
        return run if self.alone else self._numbers[at][run]

    def order(self, at: int, configuration: int, ranks: np.ndarray) -> np.ndarray:
        """The order in which runs are played, as sort keys: all points once, then all points again."""
        study = self.studies[at]
        positions, arm = study.positions(configuration, ranks), self.arms.index(study.configurations[configuration].arm)
        return (positions.replicate * self.points + self.points_of(at, positions.point)) * len(self.arms) + arm

    def task(self, at: int, configuration: int, ranks: np.ndarray) -> Task:
        """Some runs of a study as a task, with their numbers in the folder."""
        task = self.studies[at].task(configuration, ranks)
        if self.alone:
            return task
        rows = replace(task.rows, run=self._numbers[at][task.rows.run], point=self.points_of(at, task.rows.point))
        return Task(task.scenario, rows)

    def tasks_of(self, runs: Sequence[int]) -> list[Task]:
        """The wanted runs with these numbers as tasks, one for each configuration that has some of them."""
        found = []
        for at, configuration, ranks in self.wanted_ranks():
            for begin in range(0, len(ranks), AT_ONCE):
                some = np.asarray(ranks[begin : begin + AT_ONCE])
                hit = np.isin(self.numbers(at, configuration, some), runs)
                found += [self.task(at, configuration, some[hit])] if hit.any() else []
        return found

    def wanted_numbers(self) -> np.ndarray:
        """The numbers of all wanted runs, ascending."""
        if self.alone:
            return np.arange(self.runs)
        return np.sort(np.concatenate([numbers[taken] for numbers, taken in zip(self._numbers, self._taken)]))

    def points_of(self, at: int, points: np.ndarray) -> np.ndarray:
        """The numbers of some points of a study in the folder."""
        return points if self.alone else self._points[at][points]

    def _covers(self, study: Study, at: int) -> np.ndarray:
        """Which runs of the study at ``at`` another study has too: a boolean for each, by its number there."""
        of = self.studies[at]
        replicates = np.arange(of.experiment.replicates) < study.experiment.replicates
        points = np.isin(self._points[at], self._points_of(study))
        arms = np.isin(of.arms, study.arms)
        return (replicates[:, None, None] & points[:, None] & arms).ravel()

    def _points_of(self, study: Study) -> np.ndarray:
        return self._points[-1] if study is self.wanted else self._points[self.studies.index(study)]


def _numbered(studies: Sequence[Study]) -> tuple[list[np.ndarray], int]:
    """Number the points of several studies in the order of their first appearance; the numbers, and how many there are."""
    for study in studies[:-1]:
        _check(study, studies[-1])
    tables = [_points(study) for study in studies]
    _, first, which = np.unique(np.concatenate(tables), axis=0, return_index=True, return_inverse=True)
    number = np.empty(len(first), np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    ends = np.cumsum([len(table) for table in tables])
    return np.split(number[which.ravel()], ends[:-1]), len(first)


def _points(study: Study) -> np.ndarray:
    """The points of a study as whole numbers to compare: a row a point, a column for each factor."""
    combinations = study.factorial.combinations
    crossed = study.factorial.levers(np.arange(combinations))
    rows = np.repeat(_rows(study), combinations, axis=0)
    return np.column_stack([rows, *(np.tile(_code(crossed[key]), len(rows) // combinations) for key in sorted(crossed))])


def _rows(study: Study) -> np.ndarray:
    matrix = study.factors.matrix
    changed = [] if matrix.changed is None else [_code(matrix.changed)]
    return np.column_stack(
        [matrix.draw.astype(np.int64), *changed, *(_code(matrix.columns[key]) for key in sorted(matrix.columns))]
    )


def _code(values: np.ndarray) -> np.ndarray:
    """Numbers and categories as whole numbers that are equal exactly where the values are."""
    if values.dtype == float:
        return values.view(np.int64)
    codes = {word: np.frombuffer(blake2b(repr(word).encode(), digest_size=8).digest(), np.int64)[0] for word in set(values)}
    return np.array([codes[word] for word in values], np.int64)


def _check(study: Study, other: Study) -> None:
    """Raise :class:`FolderTaken` unless the larger of two sampled designs starts with all points of the smaller one."""
    design = study.experiment.design
    if not KINDS[design.kind].samples:
        return
    few, many = sorted((_rows(study), _rows(other)), key=len)
    if not np.array_equal(few, many[: len(few)]):
        raise FolderTaken(
            f"a {design.kind} design of {len(many)} points does not start with the points of one of {len(few)}, so its points "
            "cannot be extended, as those of a sobol design can; choose another folder with --out"
        )
