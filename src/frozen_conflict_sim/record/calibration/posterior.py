"""What the record does and does not constrain: the plausible sets beside those that were tried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...analysis.approximate_bayes import Plausible, gaps, plausible
from .statistics import Evidence

DRAWN, TRUTHS = 500, 300
MUCH, LITTLE = 0.5, 0.8


@dataclass(frozen=True)
class Constraint:
    """One value before and after: the 90 % intervals, how much of the width is left, and the part that speaks of it most.

    ``held`` is the share of known truths that the 90 % interval held when they were to be found again from runs of their own.
    """

    key: str
    before: tuple[float, float]
    after: tuple[float, float]
    middle: float
    left: float
    by: str
    correlation: float
    held: float

    @property
    def verdict(self) -> str:
        """In a word."""
        return "constrained" if self.left < MUCH else "a little" if self.left < LITTLE else "hardly"


@dataclass(frozen=True)
class Posterior:
    """The plausible sets of a calibration; ``met`` is the weighted share of them that meets each part's target as simulated."""

    found: Plausible
    constraints: tuple[Constraint, ...]
    met: dict[tuple[str, str], float]
    missed_before: float
    missed_after: float


def fitted(evidence: Evidence, used: np.ndarray | None = None, kept: float = 0.05) -> Plausible:
    """The sets that come nearest to the targets of the ``used`` parts, or of all; among them, by how probable the record is."""
    used = np.ones(len(evidence.parts), bool) if used is None else used
    statistics, targets = evidence.statistics[:, used], evidence.targets[used]
    return plausible(evidence.values, statistics, targets, evidence.bounds, kept, evidence.likelihood[:, used].sum(axis=1))


def posterior(evidence: Evidence, kept: float = 0.05) -> Posterior:
    """Fit to all patterns, and tell what that constrains."""
    found = fitted(evidence, kept=kept)
    after, held = found.interval(), recovered(evidence, kept)
    before = np.quantile(evidence.values, [0.05, 0.95], axis=0).T
    lines = []
    for at, key in enumerate(evidence.keys):
        part, correlation = _speaks_most(evidence.values[:, at], evidence)
        left = float(np.ptp(after[at]) / np.ptp(before[at]))
        middle = float(np.average(found.values[:, at], weights=found.weights))
        lines.append(Constraint(key, tuple(before[at]), tuple(after[at]), middle, left, part, correlation, float(held[at])))
    missed = np.sqrt(np.mean(gaps(evidence.statistics, evidence.targets) ** 2, axis=1))
    low, high = evidence.targets.T
    meets = (low <= evidence.statistics) & (evidence.statistics <= high)
    met = found.weights @ meets[found.kept]
    near = float(found.weights @ missed[found.kept])
    return Posterior(found, tuple(lines), dict(zip(evidence.parts, map(float, met))), float(missed.mean()), near)


def recovered(evidence: Evidence, kept: float = 0.05) -> np.ndarray:
    """How often the 90 % intervals hold a known truth: points are taken for the truth in turn, and found from the others."""
    count = len(evidence.values)
    truths = np.unique(np.linspace(0, count - 1, min(TRUTHS, count)).astype(int))
    held = np.zeros(len(evidence.keys))
    for truth in truths:
        others = np.arange(count) != truth
        seen = evidence.statistics[truth]
        low, high = np.where(np.isnan(seen), -np.inf, seen), np.where(np.isnan(seen), np.inf, seen)
        statistics = evidence.statistics[others]
        found = plausible(evidence.values[others], statistics, np.column_stack([low, high]), evidence.bounds, kept)
        ends = found.interval()
        held += (ends[:, 0] <= evidence.values[truth]) & (evidence.values[truth] <= ends[:, 1])
    return held / len(truths)


def _speaks_most(values: np.ndarray, evidence: Evidence) -> tuple[str, float]:
    """The part whose statistic goes most closely with a value (rank correlation over points), and how closely."""
    best = ("", 0.0)
    for (pattern, part), column in zip(evidence.parts, evidence.statistics.T):
        seen = ~np.isnan(column)
        if seen.sum() > 10 and np.ptp(column[seen]) > 0:
            ranks = (np.argsort(np.argsort(each)) for each in (values[seen], column[seen]))
            correlation = float(np.corrcoef(*ranks)[0, 1])
            if abs(correlation) > abs(best[1]):
                best = (f"{pattern}: {part}" if part else pattern, correlation)
    return best
