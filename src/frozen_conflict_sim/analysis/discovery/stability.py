"""How stable a box is: which limits come back in bootstrap samples, where, and how dense boxes are in runs left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .cases import Cases
from .prim import Box, box_of, choose, peel, pruned

SAMPLES = 24
TAILS = (5, 95)


@dataclass(frozen=True)
class Stability:
    """What bootstrap samples of the draws say of a box.

    ``restricted`` is the share of samples in which each factor is restricted, ``limits`` the 90 % range of each limit by
    factor and end. ``density`` and ``coverage`` are means over the runs that a sample left out: those of a box that was not
    fitted to what it is judged by.
    """

    samples: int
    restricted: dict[str, float]
    limits: dict[str, dict[str, tuple[float, float]]]
    density: float
    coverage: float


def stability(cases: Cases, density: float | None = None, samples: int = SAMPLES, seed: int = 0) -> Stability:
    """Find the box again in samples of the draws, with replacement; the same seed gives the same samples."""
    chance, draws = np.random.default_rng(seed), int(cases.draws.max()) + 1
    order = np.argsort(cases.draws, kind="stable")
    starts = np.searchsorted(cases.draws[order], np.arange(draws + 1))
    restricted = dict.fromkeys((factor.name for factor in cases.factors), 0)
    ends: dict[str, dict[str, list[float]]] = {}
    judged: list[Box] = []
    for _ in range(samples):
        taken = chance.integers(0, draws, draws)
        lengths = starts[taken + 1] - starts[taken]
        first = np.repeat(starts[taken] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
        rows = order[first + np.arange(lengths.sum())]
        box = found(cases.take(rows), density)
        for limit in box.limits:
            restricted[limit.factor] += 1
            for end in ("low", "high"):
                if (value := getattr(limit, end)) is not None:
                    ends.setdefault(limit.factor, {}).setdefault(end, []).append(value)
        left = np.flatnonzero(~np.isin(cases.draws, taken))
        if len(left):
            judged.append(box_of(box.limits, cases.take(left)))
    around = {name: {end: _range(values) for end, values in by.items()} for name, by in ends.items()}
    shares = {name: count / samples for name, count in restricted.items()}
    known = [box for box in judged if box.runs]
    means = (float(np.mean([getattr(box, what) for box in known])) if known else np.nan for what in ("density", "coverage"))
    return Stability(samples, shares, around, *means)


def found(cases: Cases, density: float | None = None) -> Box:
    """The box that PRIM finds in some cases; without limits that chance explains, unless a density is asked for."""
    boxes = peel(cases)
    box = boxes[choose(boxes, density)]
    return pruned(box, cases) if density is None else box


def _range(values: list[float]) -> tuple[float, float]:
    low, high = np.percentile(values, TAILS)
    return float(low), float(high)
