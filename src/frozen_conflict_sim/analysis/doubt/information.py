"""The expected value of partial perfect information: what it is worth to know one parameter before choosing.

Payoffs of each choice are regressed on the parameter [@strong2014]; the value is what the best choice for each value of the
parameter brings more than the choice that is best on average. A regression finds a little in pure noise, too: the mean of
what it finds when the parameter is shuffled is taken off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..intervals import jackknife

FEWEST = 32
DEGREES = (1, 3, 5, 8)  # degrees of freedom of the regression, of which generalised cross-validation chooses
SHUFFLES = 100


@dataclass(frozen=True)
class Information:
    """What a parameter is worth: its ``value`` with a 90 % interval, and what each of 100 shuffled parameters is worth.

    ``changes`` is the share of points in which the best choice differs from the best one on average. ``regions`` gives the
    best choice between two values of the parameter, from its lowest to its highest: ``(low, high, choice)``.
    """

    value: float
    low: float
    high: float
    shuffled: np.ndarray
    changes: float
    regions: tuple[tuple[float, float, int], ...]

    def exceeds(self, chance: float) -> bool:
        """Whether the value is certainly positive, and more than ``chance`` gives."""
        return self.low > 0.0 and self.value > chance


def by_chance(found: Sequence[Information]) -> float:
    """What the most valuable of several parameters would be worth by chance: the 95 % quantile if all are shuffled at once."""
    return float(np.quantile(np.max([one.shuffled for one in found], axis=0), 0.95))


def partial_information(payoffs: np.ndarray, parameter: np.ndarray, seed: int = 0) -> Information:
    """What knowing a parameter, shape ``(point,)``, is worth for a choice with ``payoffs`` of shape ``(point, choice)``.

    Raises :class:`ValueError` for fewer than 32 points.
    """
    if len(payoffs) < FEWEST:
        raise ValueError(f"{len(payoffs)} points are too few to tell what a parameter is worth; {FEWEST} are needed")
    order = np.argsort(parameter, kind="stable")
    payoffs, parameter = payoffs[order], parameter[order]
    found = _raw(payoffs, parameter)
    random = np.random.default_rng(seed)
    degree = _degree(payoffs, parameter)
    shuffled = np.array([_raw(payoffs[random.permutation(len(payoffs))], parameter, degree) for _ in range(SHUFFLES)])
    noise = float(shuffled.mean())
    mixed = random.permutation(len(payoffs))

    def without(kept: np.ndarray) -> float:
        rows = np.sort(mixed[kept])
        return _raw(payoffs[rows], parameter[rows], degree)

    _, (low, high) = jackknife(without, len(payoffs))
    fitted = _fitted(payoffs, parameter, degree)
    best, usual = fitted.argmax(axis=1), int(payoffs.mean(axis=0).argmax())
    value = max(0.0, found - noise)
    ends = max(0.0, low - noise), max(value, high - noise)
    return Information(value, *ends, shuffled - noise, float(np.mean(best != usual)), _regions(parameter, best))


def perfect_information(payoffs: np.ndarray) -> float:
    """What it is worth to know everything, chance included: an upper limit."""
    return float(payoffs.max(axis=1).mean() - payoffs.mean(axis=0).max())


def _raw(payoffs: np.ndarray, parameter: np.ndarray, degree: int | None = None) -> float:
    fitted = _fitted(payoffs, parameter, degree or _degree(payoffs, parameter))
    return float(fitted.max(axis=1).mean() - payoffs.mean(axis=0).max())


def _fitted(payoffs: np.ndarray, parameter: np.ndarray, degree: int) -> np.ndarray:
    basis = _basis(parameter, degree)
    return basis @ (basis.T @ payoffs)


def _degree(payoffs: np.ndarray, parameter: np.ndarray) -> int:
    """The degree of freedom with the least generalised cross-validation error, over the differences between choices."""
    differences = payoffs - payoffs.mean(axis=1, keepdims=True)
    errors = {}
    for degree in DEGREES:
        basis = _basis(parameter, degree)
        rest = differences - basis @ (basis.T @ differences)
        errors[degree] = float((rest**2).sum()) / (1 - basis.shape[1] / len(payoffs)) ** 2
    return min(errors, key=lambda degree: errors[degree])


def _basis(parameter: np.ndarray, degree: int) -> np.ndarray:
    """Orthonormal columns that span cubic splines with knots at even quantiles; the parameter is ascending."""
    span = np.ptp(parameter)
    x = (parameter - parameter[0]) / (span if span > 0 else 1.0)
    knots = np.quantile(x, np.linspace(0, 1, degree + 2)[1:-1]) if degree > 1 else np.zeros(0)
    bends = [np.maximum(x - knot, 0.0) ** 3 for knot in knots[: degree - 2]]
    columns = np.column_stack([np.ones_like(x), x, *([x**2] if degree > 1 else []), *bends])
    basis, triangle = np.linalg.qr(columns)
    return basis[:, np.abs(np.diag(triangle)) > 1e-9 * len(x) ** 0.5]


def _regions(parameter: np.ndarray, best: np.ndarray) -> tuple[tuple[float, float, int], ...]:
    """The ranges of the parameter, ascending, with the choice that is best in each."""
    edges = [0, *(np.flatnonzero(np.diff(best)) + 1), len(best)]
    return tuple((float(parameter[start]), float(parameter[end - 1]), int(best[start])) for start, end in pairwise(edges))
