"""PRIM, the patient rule induction method, for numbers and categories: peel a box until cases are dense in it.

From the box of all runs a slice is removed again and again: a twentieth of the runs at one end of a number, or one value of a
category, whichever raises the density of cases most for each run given up. The boxes on the way are the peeling trajectory,
from which one is chosen. Reference: @friedman1999; quasi-p-values after @bryant2010; the objective after @kwakkel2016.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .cases import Cases, Factor

PEEL, LEAST_MASS, FEWEST_RUNS = 0.05, 0.05, 20
NEARLY = 0.98  # of the best balance of coverage and density: among such boxes the simplest is chosen
LARGEST_QUASI_P = 0.05


@dataclass(frozen=True)
class Limit:
    """The part of one factor that is inside a box: numbers from ``low`` to ``high``, or the ``kept`` values of a category.

    An end that is not restricted is None.
    """

    factor: str
    low: float | None = None
    high: float | None = None
    kept: tuple[str, ...] = ()

    def inside(self, factor: Factor) -> np.ndarray:
        """Which rows are inside."""
        if factor.options:
            codes = [at for at, option in enumerate(factor.options) if option in self.kept]
            return np.isin(factor.values, codes)
        held = np.ones(len(factor.values), bool)
        if self.low is not None:
            held &= factor.values >= self.low
        if self.high is not None:
            held &= factor.values <= self.high
        return held


@dataclass(frozen=True)
class Box:
    """A box: its limits by factor, and what is inside.

    ``coverage`` is the share of all cases that are inside, ``density`` the share of what is inside that are cases, ``mass`` the
    share of all runs inside.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    runs: int

    @property
    def balance(self) -> float:
        """The harmonic mean of coverage and density."""
        both = self.coverage + self.density
        return 2 * self.coverage * self.density / both if both else 0.0


def inside(limits: Sequence[Limit], cases: Cases) -> np.ndarray:
    """Which runs are inside all limits."""
    factors = {factor.name: factor for factor in cases.factors}
    held = np.ones(len(cases), bool)
    for limit in limits:
        held &= limit.inside(factors[limit.factor])
    return held


def box_of(limits: Sequence[Limit], cases: Cases) -> Box:
    """The box with some limits, measured on some cases."""
    held = inside(limits, cases)
    runs, found, every = int(held.sum()), int((held & cases.held).sum()), int(cases.held.sum())
    return Box(tuple(limits), found / max(every, 1), found / max(runs, 1), runs / max(len(cases), 1), runs)


def peel(cases: Cases) -> list[Box]:
    """The peeling trajectory, from the box of all runs to the smallest."""
    limits: dict[str, Limit] = {}
    rows = np.arange(len(cases))
    boxes = [box_of((), cases)]
    least = max(LEAST_MASS * len(cases), FEWEST_RUNS)
    every = int(cases.held.sum())
    while True:
        held, best, slice_ = cases.held[rows], 0.0, None
        density = held.mean()
        for factor in cases.factors:
            for limit, kept in _slices(factor, factor.values[rows], limits.get(factor.name, Limit(factor.name))):
                count = int(kept.sum())
                gain = (held[kept].mean() - density) / (len(rows) - count) if least <= count < len(rows) else 0.0
                if gain > best:
                    best, slice_ = gain, (limit, kept)
        if slice_ is None:
            return boxes
        limit, kept = slice_
        limits[limit.factor], rows = limit, rows[kept]
        found = int(cases.held[rows].sum())
        sizes = found / max(every, 1), found / len(rows), len(rows) / len(cases), len(rows)
        boxes.append(Box(tuple(limits.values()), *sizes))


def _slices(factor: Factor, values: np.ndarray, limit: Limit) -> Iterator[tuple[Limit, np.ndarray]]:
    """The slices that can be removed from one factor: the limit afterwards, and which rows are left."""
    if factor.options:
        present = np.unique(values)
        for code in present if len(present) > 1 else ():
            kept = tuple(factor.options[other] for other in present if other != code)
            yield replace(limit, kept=kept), values != code
        return
    count = max(int(PEEL * len(values)), 1)
    ends = np.partition(values, (count, len(values) - count - 1))
    low, high = ends[count], ends[len(values) - count - 1]
    kept = values >= low
    kept = values > low if kept.all() else kept
    if kept.any() and not kept.all():
        yield replace(limit, low=float(values[~kept].max() + values[kept].min()) / 2), kept
    kept = values <= high
    kept = values < high if kept.all() else kept
    if kept.any() and not kept.all():
        yield replace(limit, high=float(values[~kept].min() + values[kept].max()) / 2), kept


def choose(boxes: Sequence[Box], density: float | None = None) -> int:
    """The place of a box in a trajectory: the simplest of those whose balance of coverage and density is nearly the best.

    With ``density``, the box with the largest coverage among those at least so dense; the densest if there is none.
    """
    if density is not None:
        dense = [at for at, box in enumerate(boxes) if box.density >= density]
        if dense:
            return max(dense, key=lambda at: (boxes[at].coverage, -len(boxes[at].limits)))
        return max(range(len(boxes)), key=lambda at: boxes[at].density)
    best = max(box.balance for box in boxes)
    near = [at for at, box in enumerate(boxes) if box.balance >= NEARLY * best]
    return min(near, key=lambda at: (len(boxes[at].limits), -boxes[at].balance))


def quasi_p(box: Box, cases: Cases, factor: str) -> float:
    """How likely the box would be at least so dense by chance, were the limit on ``factor`` of no use.

    Runs of one draw are counted as one, because they are not independent.
    """
    from scipy.special import bdtrc

    other = box_of([limit for limit in box.limits if limit.factor != factor], cases)
    held = inside(box.limits, cases)
    independent = len(np.unique(cases.draws[held]))
    found = int(np.floor(box.density * independent))
    return float(bdtrc(found - 1, independent, other.density)) if found > 0 else 1.0


def pruned(box: Box, cases: Cases) -> Box:
    """The box without limits that chance explains, the least supported first."""
    while box.limits:
        values = {limit.factor: quasi_p(box, cases, limit.factor) for limit in box.limits}
        worst = max(values, key=values.__getitem__)
        if values[worst] <= LARGEST_QUASI_P:
            break
        box = box_of([limit for limit in box.limits if limit.factor != worst], cases)
    return box
