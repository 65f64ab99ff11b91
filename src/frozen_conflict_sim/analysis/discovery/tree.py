"""A shallow tree: the factors split in two, and each part again, where that separates cases best.

Numbers are split at a value, categories into two groups. It covers everything that was varied, where a box covers one part.
Reference: @breiman1984.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from .cases import Cases, Factor
from .prim import FEWEST_RUNS, Limit, inside

DEPTH, LEAST_MASS, LEAST_GAIN = 3, 0.05, 0.01
CUTS = 64  # values of a number at which a split is tried


@dataclass(frozen=True)
class Leaf:
    """A part of a tree: its limits, the share of cases in it, and how many runs there are."""

    limits: tuple[Limit, ...]
    density: float
    mass: float
    runs: int


def tree(cases: Cases, depth: int = DEPTH) -> tuple[Leaf, ...]:
    """The leaves of a tree, the densest first; all runs are in one of them."""
    least = max(LEAST_MASS * len(cases), FEWEST_RUNS)
    leaves = _grown(cases, (), np.arange(len(cases)), depth, least)
    return tuple(sorted(leaves, key=lambda leaf: -leaf.density))


def _grown(cases: Cases, limits: tuple[Limit, ...], rows: np.ndarray, depth: int, least: float) -> list[Leaf]:
    best = _best_split(cases, limits, rows, least) if depth else None
    if best is None:
        density, order = float(cases.held[rows].mean()), [factor.name for factor in cases.factors]
        limits = tuple(sorted(limits, key=lambda limit: order.index(limit.factor)))
        return [Leaf(limits, density, len(rows) / len(cases), len(rows))]
    (one, other), first = best
    sides = (one, rows[first]), (other, rows[~first])
    return [leaf for limit, part in sides for leaf in _grown(cases, _with(limits, limit), part, depth - 1, least)]


def _with(limits: tuple[Limit, ...], limit: Limit) -> tuple[Limit, ...]:
    return (*(each for each in limits if each.factor != limit.factor), limit)


def _best_split(cases: Cases, limits: tuple[Limit, ...], rows: np.ndarray, least: float):
    held = cases.held[rows].astype(float)
    impurity, best, found = _impurity(held.mean()) * len(rows), 0.0, None
    for factor in cases.factors:
        now = next((limit for limit in limits if limit.factor == factor.name), Limit(factor.name))
        for sides, first in _splits(factor, factor.values[rows], held, now):
            count = int(first.sum())
            if min(count, len(rows) - count) < least:
                continue
            parts = _impurity(held[first].mean()) * count + _impurity(held[~first].mean()) * (len(rows) - count)
            if impurity - parts > max(best, LEAST_GAIN * len(cases) * _impurity(cases.base_rate)):
                best, found = impurity - parts, (sides, first)
    return found


def _impurity(share: float) -> float:
    return 2 * share * (1 - share)


def _splits(
    factor: Factor, values: np.ndarray, held: np.ndarray, now: Limit
) -> Iterator[tuple[tuple[Limit, Limit], np.ndarray]]:
    if factor.options:
        present = np.unique(values)
        shares = {code: held[values == code].mean() for code in present}
        ordered = sorted(present, key=shares.__getitem__)
        for at in range(1, len(ordered)):
            groups = ordered[:at], ordered[at:]
            sides = tuple(replace(now, kept=tuple(factor.options[code] for code in sorted(group))) for group in groups)
            yield sides, np.isin(values, groups[0])
        return
    known = np.unique(values)
    middles = (known[1:] + known[:-1]) / 2
    if len(middles) > CUTS:
        middles = np.unique(np.quantile(values, np.linspace(0, 1, CUTS + 2)[1:-1]))
    for cut in middles:
        yield (replace(now, high=float(cut)), replace(now, low=float(cut))), values <= cut


def share_explained(leaves: tuple[Leaf, ...], cases: Cases) -> float:
    """The share of the variance of the cases that lies between the leaves."""
    rate = cases.base_rate
    return sum(leaf.mass * (leaf.density - rate) ** 2 for leaf in leaves) / (rate * (1 - rate))


def in_leaf(leaf: Leaf, cases: Cases) -> np.ndarray:
    """Which runs are in a leaf."""
    return inside(leaf.limits, cases)
