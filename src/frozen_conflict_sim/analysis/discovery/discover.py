"""Discover where an expression holds: a box, how stable it is, a tree beside it, and what they say in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ...experiment.errors import ResultsError
from ...results import Results
from .cases import Cases, cases
from .expression import Expression, expression
from .other_arms import OtherArm, Share, other_arms, share
from .prim import Box, box_of, choose, inside, peel, pruned, quasi_p
from .stability import SAMPLES, Stability, stability
from .tree import Leaf, share_explained, tree

MOST_RUNS_SEARCHED = 60_000  # of more runs, boxes are looked for in a part and measured on all


@dataclass(frozen=True)
class Support:
    """What speaks for the limit on one factor: its quasi-p-value, and density and coverage of the box without it.

    ``again`` is the share of bootstrap samples in which the factor is restricted.
    """

    factor: str
    quasi_p: float
    density_without: float
    coverage_without: float
    again: float


@dataclass(frozen=True)
class Discovery:
    """The box in which an expression holds, with its trajectory, supports and stability, and a tree beside it.

    ``chosen`` is the place of the box in the trajectory; limits without support are removed from it, unless a ``density`` or
    that place was asked for. ``searched`` runs were searched, and the box was measured on all. ``in_the_box`` and
    ``everywhere`` are the density and the base rate with their intervals, ``others`` the same in other arms.
    """

    expression: Expression
    results: Results
    cases: Cases
    trajectory: tuple[Box, ...]
    chosen: int
    box: Box
    supports: tuple[Support, ...]
    stability: Stability
    leaves: tuple[Leaf, ...]
    explained: float
    searched: int
    density: float | None
    in_the_box: Share
    everywhere: Share
    others: tuple[OtherArm, ...]


def discover(
    results: Results,
    where: str,
    *,
    factors: Sequence[str] = (),
    density: float | None = None,
    box: int | None = None,
    samples: int = SAMPLES,
    progress: Callable[[int], object] = lambda finished: None,
) -> Discovery:
    """Where the expression ``where`` holds: in which box of the ``factors``, by default of all levers and uncertainties.

    ``density`` asks for the largest box at least so dense, ``box`` for one place of the peeling trajectory; by default the box
    balances coverage and density. ``samples`` is the number of bootstrap samples. Raises ``NoSuchColumn`` for an unknown
    name, ``ResultsError`` for an expression that cannot be used, or that holds hardly anywhere or nearly everywhere.
    """
    asked = expression(where, results)
    every = cases(results, asked, factors)
    progress(1)
    part = _thinned(every)
    boxes = peel(part)
    chosen = choose(boxes, density) if box is None else _asked(box, boxes)
    found = pruned(boxes[chosen], part) if box is None and density is None else boxes[chosen]
    progress(1)
    again = stability(part, density, samples)
    progress(1)
    leaves = tree(part)
    measured = box_of(found.limits, every)
    supports = tuple(_support(measured, every, limit.factor, again) for limit in measured.limits)
    explained, held = share_explained(leaves, part), inside(measured.limits, every)
    shares = share(every.held[held], every.draws[held]), share(every.held, every.draws)
    beside = other_arms(results, asked, every, measured)
    return Discovery(
        asked, results, every, tuple(boxes), chosen, measured, supports, again, leaves, explained, len(part),
        density, *shares, beside,
    )  # fmt: skip


def _asked(number: int, boxes: Sequence[Box]) -> int:
    if not 0 <= number < len(boxes):
        raise ResultsError(f"there is no box {number}: the trajectory has boxes 0 to {len(boxes) - 1}")
    return number


def _thinned(every: Cases) -> Cases:
    """The cases of every second, third, … draw, as many as are searched."""
    step = -(-len(every) // MOST_RUNS_SEARCHED)
    if step == 1:
        return every
    part = every.take(np.flatnonzero(every.draws % step == 0))
    return Cases(part.factors, part.held, np.unique(part.draws, return_inverse=True)[1], every.undefined)


def _support(box: Box, every: Cases, factor: str, again: Stability) -> Support:
    without = box_of([limit for limit in box.limits if limit.factor != factor], every)
    return Support(factor, quasi_p(box, every, factor), without.density, without.coverage, again.restricted[factor])
