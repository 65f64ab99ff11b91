"""Sequential replication: add replicates where an outcome is not yet known precisely enough.

Every point starts with the same few replicates in every arm. After each round, replicates are added wherever the 90 % interval
of the mean outcome is wider than asked, or the ranking of the compared values is open. A round depends on the runs before it
alone, so an interrupted study continues as if it had not been interrupted.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ..spec import Until
from ..study.extension import Extension

LEVEL, FASTEST = 0.90, 2.0


class Rounds:
    """The number of replicates that each cell (a point in an arm) needs, round by round."""

    def __init__(self, extension: Extension, until: Until):
        self.extension, self.until = extension, until
        self.most = extension.wanted.experiment.replicates
        found = list(_positions(extension))
        self.number, point, arm, self.replicate = (np.concatenate(arrays) for arrays in zip(*found))
        self.cells, self.cell = np.unique(np.stack([point, arm]), axis=1, return_inverse=True)
        self.cell = np.ravel(self.cell)
        self.counts = np.full(self.cells.shape[1], min(until.start, self.most))

    def needed(self) -> np.ndarray:
        """Which runs are needed so far, as a boolean for each run number."""
        needed = np.zeros(self.extension.runs, bool)
        needed[self.number[self.replicate < self.counts[self.cell]]] = True
        return needed

    def judge(self, outcome: np.ndarray) -> bool:
        """Add replicates where they are needed; whether any were added. ``outcome`` has a number a run, NaN if it has none."""
        table = np.full((len(self.counts), self.most), np.nan)
        seen = self.replicate < self.counts[self.cell]
        table[self.cell[seen], self.replicate[seen]] = outcome[self.number[seen]]
        factor = np.zeros(len(self.counts))
        if self.until.half_width:
            factor = np.maximum(factor, half_widths(table) / self.until.half_width)
        if self.until.ranking:
            self._rank(table, factor)
        open_cells = (factor > 1.0) & (self.counts < self.most)
        wanted = np.ceil(self.counts * np.minimum(factor**2, FASTEST))
        self.counts = np.where(open_cells, np.clip(wanted, self.counts + 1, self.most), self.counts).astype(int)
        return bool(open_cells.any())

    def _rank(self, table: np.ndarray, factor: np.ndarray) -> None:
        """Raise ``factor`` where the paired difference of two neighbours in the ranking may be zero."""
        combinations = self.extension.wanted.factorial.combinations
        row = self.cells[0] // combinations
        _, group = np.unique(np.stack([row, self.cells[1]]), axis=1, return_inverse=True)
        for members in _groups(np.ravel(group)):
            known = members[~np.isnan(table[members]).all(axis=1)]
            order = known[np.argsort(np.nanmean(table[known], axis=1), kind="stable")]
            for lower, higher in pairwise(order):
                gap = table[higher] - table[lower]
                gap = gap[~np.isnan(gap)]
                if len(gap) > 1 and not gap.any():
                    continue  # equal in every pair: no number of runs will put them in order
                apart = abs(gap.mean()) if len(gap) else 0.0
                unsure = half_widths(gap[None])[0] / apart if apart > 0 else np.inf
                factor[[lower, higher]] = np.maximum(factor[[lower, higher]], unsure)


def rounds_of(extension: Extension) -> Rounds | None:
    """The rounds of a study with a stopping rule; ``None`` without one."""
    until = extension.wanted.experiment.until
    return Rounds(extension, until) if until else None


def half_widths(table: np.ndarray) -> np.ndarray:
    """Half the width of the 90 % interval of each row's mean, ignoring NaN; infinite for fewer than two numbers.

    >>> half_widths(np.array([[1.0, 2.0, 3.0], [1.0, np.nan, np.nan]])).round(2).tolist()
    [1.69, inf]
    """
    from scipy.special import stdtrit

    known = ~np.isnan(table)
    count = known.sum(axis=1)
    mean = np.where(known, table, 0.0).sum(axis=1) / np.maximum(count, 1)
    squares = np.where(known, (table - mean[:, None]) ** 2, 0.0).sum(axis=1)
    freedom = np.maximum(count - 1, 1)
    reach = stdtrit(freedom, (1 + LEVEL) / 2) * np.sqrt(squares / freedom / np.maximum(count, 1))
    return np.where(count > 1, reach, np.inf)


def coverage_after_stopping(half_width: float, start: int, most: int, spread: float = 1.0, studies: int = 4000) -> float:
    """The coverage of a 90 % interval whose width decides when to stop, by simulation of normal samples.

    Stopping on the interval favours samples whose values happen to be close together, so the interval is slightly too narrow.
    """
    from ...engine.random_streams import RandomStreams

    normal = spread * RandomStreams(2015, np.arange(studies)).normal("stopping", 0, most).T
    counts, open_ones = np.full(studies, min(start, most)), np.ones(studies, bool)
    while open_ones.any():
        seen = np.where(np.arange(most) < counts[:, None], normal, np.nan)
        factor = half_widths(seen) / half_width
        open_ones = (factor > 1.0) & (counts < most)
        wanted = np.ceil(counts * np.minimum(factor**2, FASTEST))
        counts = np.where(open_ones, np.clip(wanted, counts + 1, most), counts).astype(int)
    seen = np.where(np.arange(most) < counts[:, None], normal, np.nan)
    return float(np.mean(np.abs(np.nanmean(seen, axis=1)) <= half_widths(seen)))


def _positions(extension: Extension):
    """Number, point, arm and replicate of all wanted runs."""
    for at, configuration, ranks in extension.wanted_ranks():
        study, ranks = extension.studies[at], np.asarray(ranks)
        positions = study.positions(configuration, ranks)
        arm = np.full(len(ranks), extension.arms.index(study.configurations[configuration].arm))
        yield extension.numbers(at, configuration, ranks), extension.points_of(at, positions.point), arm, positions.replicate


def _groups(member: np.ndarray) -> list[np.ndarray]:
    order = np.argsort(member, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(member[order])) + 1)
