"""Sequential replication: add replicates where an outcome is not yet known precisely enough.

Every point starts with the same few replicates in every arm. After each round, replicates are added wherever the 90 % interval
of the mean outcome is wider than asked, or the ranking of the compared values is open. A round depends on the runs before it
alone, so an interrupted study continues as if it had not been interrupted.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ...model.columns import columns
from ..spec import Until
from ..study.extension import Extension

LEVEL, FASTEST = 0.90, 2.0
_Z = 1.6448536269514722


class Rounds:
    """The number of replicates that each cell (a point in an arm) needs, round by round."""

    def __init__(self, extension: Extension, until: Until):
        self.extension, self.until = extension, until
        self.most = extension.wanted.experiment.replicates
        self.is_share = is_share(extension, until.outcome)
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
            factor = np.maximum(factor, half_widths(table, self.is_share) / self.until.half_width)
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
        counted = bool(np.all(table[~np.isnan(table)] % 1 == 0))
        for members in _groups(np.ravel(group)):
            known = members[~np.isnan(table[members]).all(axis=1)]
            order = known[np.argsort(np.nanmean(table[known], axis=1), kind="stable")]
            for lower, higher in pairwise(order):
                gap = table[higher] - table[lower]
                gap = gap[~np.isnan(gap)]
                if len(gap) > 1 and not gap.any() and not counted:
                    continue  # a quantity that is equal in every pair: no number of runs will put them in order
                apart = abs(gap.mean()) if len(gap) else 0.0
                unsure = half_widths(gap[None])[0] / apart if apart > 0 else np.inf
                factor[[lower, higher]] = np.maximum(factor[[lower, higher]], unsure)


def rounds_of(extension: Extension) -> Rounds | None:
    """The rounds of a study with a stopping rule; ``None`` without one."""
    until = extension.wanted.experiment.until
    return Rounds(extension, until) if until else None


def is_share(extension: Extension, outcome: str) -> bool:
    """Whether an outcome is yes or no in a run, so that its mean is a share."""
    described = columns(extension.wanted.experiment.scenario)
    return any(column.name == outcome and column.unit == "yes or no" for column in described)


def half_widths(table: np.ndarray, share: bool = False) -> np.ndarray:
    """Half the width of the 90 % interval of each row's mean, ignoring NaN; infinite for fewer than two numbers.

    The interval of a ``share`` is that of @wilson1927, which has a width even if all are alike. Rows of equal numbers that are
    no shares count as if another number in the ``table`` could be among them as rarely: all equal is not certainty.

    >>> half_widths(np.array([[1.0, 2.0, 3.0], [1.0, np.nan, np.nan]])).round(2).tolist()
    [1.69, inf]
    >>> half_widths(np.zeros((1, 8)), share=True).round(3).tolist()
    [0.126]
    """
    from scipy.special import stdtrit

    known = ~np.isnan(table)
    count = np.maximum(known.sum(axis=1), 1)
    mean = np.where(known, table, 0.0).sum(axis=1) / count
    if share:
        return np.where(known.sum(axis=1) > 1, _of_shares(mean, count), np.inf)
    alike = np.where(known, table, -np.inf).max(axis=1) == np.where(known, table, np.inf).min(axis=1)
    apart = np.ptp(table[known]) if known.any() else 0.0
    squares = np.where(known, (table - mean[:, None]) ** 2, 0.0).sum(axis=1)
    freedom = np.maximum(count - 1, 1)
    reach = stdtrit(freedom, (1 + LEVEL) / 2) * np.sqrt(squares / freedom / count)
    rare = _of_shares(np.zeros(len(table)), count) * apart if apart else np.inf
    reach = np.where(alike, rare, reach)
    return np.where(known.sum(axis=1) > 1, reach, np.inf)


def _of_shares(share: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Half the width of Wilson's interval of shares that were seen in so many runs."""
    return _Z * np.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)


def coverage_after_stopping(half_width: float, start: int, most: int, share: float | None = None, studies: int = 4000) -> float:
    """The coverage of a 90 % interval whose width decides when to stop, by simulation.

    The samples are normal with a standard deviation of one or, with a ``share``, yes or no with this share. Stopping on the
    interval favours samples whose values happen to be close together, so the interval is slightly too narrow.
    """
    from ...engine.random_streams import RandomStreams

    chance, of_share = RandomStreams(2015, np.arange(studies)), share is not None
    draws = chance.uniform("stopping", 0, most) if of_share else chance.normal("stopping", 0, most)
    samples = (draws <= share if of_share else draws).T
    counts, open_ones = np.full(studies, min(start, most)), np.ones(studies, bool)
    while open_ones.any():
        seen = np.where(np.arange(most) < counts[:, None], samples, np.nan)
        factor = half_widths(seen, of_share) / half_width
        open_ones = (factor > 1.0) & (counts < most)
        wanted = np.ceil(counts * np.minimum(factor**2, FASTEST))
        counts = np.where(open_ones, np.clip(wanted, counts + 1, most), counts).astype(int)
    seen = np.where(np.arange(most) < counts[:, None], samples, np.nan)
    centre, truth = np.nanmean(seen, axis=1), 0.0
    if of_share:  # the middle of Wilson's interval is nearer to one half
        centre, truth = (centre + _Z**2 / (2 * counts)) / (1 + _Z**2 / counts), share
    return float(np.mean(np.abs(centre - truth) <= half_widths(seen, of_share)))


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
