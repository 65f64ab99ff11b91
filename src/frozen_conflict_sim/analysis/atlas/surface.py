"""A smooth surface over the plane of two parameters, fitted to scattered points, with intervals robust to clusters.

The surface is a polynomial in both parameters, whose degree is chosen by cross-validation over clusters. Several quantities,
such as one contrast at many turns, are fitted at once. Reference: @liang1986 on the intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.polynomial.legendre import legval

from ...experiment.errors import ResultsError
from ..intervals import critical_value, point_weights

MOST_DEGREE, FOLDS = 5, 10
POINTS_A_TERM = 6  # so many points for each coefficient, at least
FEWEST_POINTS = 30
DRAWS = 400


@dataclass(frozen=True)
class Axis:
    """One side of the plane: a column of ``runs``, and the range of its values."""

    name: str
    label: str
    low: float
    high: float

    def scaled(self, values: np.ndarray) -> np.ndarray:
        """Values from -1 to 1 along the axis."""
        return 2 * (np.asarray(values, float) - self.low) / (self.high - self.low) - 1

    def spaced(self, count: int) -> np.ndarray:
        """Evenly spaced values along the axis."""
        return np.linspace(self.low, self.high, count)


@dataclass(frozen=True)
class Surface:
    """Fitted surfaces of several quantities over the plane of ``across`` and ``up``.

    ``coefficients`` has the shape ``(term, quantity)``, ``covariance`` ``(quantity, term, term)``; ``clusters`` is the number
    of independent groups of runs behind them, ``points`` the number of places on the plane.
    """

    across: Axis
    up: Axis
    degree: int
    coefficients: np.ndarray
    covariance: np.ndarray
    clusters: int
    points: int

    def basis(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The terms at some places, shape ``(place, term)``."""
        return terms(self.across.scaled(x), self.up.scaled(y), self.degree)

    def at(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The quantities at some places, shape ``(place, quantity)``."""
        return self.basis(x, y) @ self.coefficients

    def reach(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """How far the 90 % intervals of the quantities reach to each side, shape ``(place, quantity)``."""
        basis = self.basis(x, y)
        variance = np.einsum("pi,qij,pj->pq", basis, self.covariance, basis)
        return critical_value(max(self.clusters - basis.shape[1], 1)) * np.sqrt(np.maximum(variance, 0.0))

    @cached_property
    def draws(self) -> np.ndarray:
        """Coefficients drawn from their sampling distribution, shape ``(draw, term, quantity)``; always the same draws."""
        noise = np.random.default_rng(0).standard_normal((DRAWS, *self.coefficients.shape))
        values, vectors = np.linalg.eigh(self.covariance)
        roots = vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]
        return self.coefficients + np.einsum("qij,djq->diq", roots, noise)


def terms(u: np.ndarray, v: np.ndarray, degree: int) -> np.ndarray:
    """Products of Legendre polynomials up to a total degree, shape ``(place, term)``.

    >>> terms(np.array([0.5]), np.array([-1.0]), 1).tolist()
    [[1.0, -1.0, 0.5]]
    """
    across, up = ([legval(values, np.eye(degree + 1)[order]) for order in range(degree + 1)] for values in (u, v))
    return np.column_stack([across[i] * up[j] for i in range(degree + 1) for j in range(degree + 1 - i)])


def fit(across: Axis, up: Axis, x: np.ndarray, y: np.ndarray, values: np.ndarray, clusters: np.ndarray) -> Surface:
    """Fit surfaces to ``values``, shape ``(run, quantity)``, at the places ``x``, ``y`` of the runs.

    Every place counts the same, however many runs it has. Raises ``ResultsError`` for fewer than thirty places.
    """
    places = np.unique(np.column_stack([x, y]), axis=0, return_inverse=True)
    number, place = len(places[0]), np.ravel(places[1])
    if number < FEWEST_POINTS:
        plural = "point is" if number == 1 else "points are"
        raise ResultsError(
            f"{number} {plural} too few for a map: at least {FEWEST_POINTS} different pairs of values are needed"
        )
    weights = point_weights(place)
    names, member = np.unique(clusters, return_inverse=True)
    u, v = across.scaled(x), up.scaled(y)
    degree = _degree(u, v, values, weights, member, number)
    basis = terms(u, v, degree)
    inverse = np.linalg.pinv(basis.T @ (weights[:, None] * basis))
    coefficients = inverse @ (basis.T @ (weights[:, None] * values))
    residuals = values - basis @ coefficients
    covariance = np.empty((values.shape[1], basis.shape[1], basis.shape[1]))
    correction = len(names) / max(len(names) - basis.shape[1], 1)
    for quantity in range(values.shape[1]):
        pulls = basis * (weights * residuals[:, quantity])[:, None]
        sums = np.column_stack([np.bincount(member, column, len(names)) for column in pulls.T])
        covariance[quantity] = inverse @ (sums.T @ sums) @ inverse * correction
    return Surface(across, up, degree, coefficients, covariance, len(names), number)


def _degree(u: np.ndarray, v: np.ndarray, values: np.ndarray, weights: np.ndarray, member: np.ndarray, points: int) -> int:
    """The degree whose surface predicts left-out clusters best, each quantity weighing the same."""
    fold, scale = member % FOLDS, np.where(values.std(axis=0) > 0, values.std(axis=0), 1.0)
    scaled, errors = values / scale, {}
    for degree in range(MOST_DEGREE + 1):
        basis = terms(u, v, degree)
        if degree and POINTS_A_TERM * basis.shape[1] > points:
            break
        weighted = weights[:, None] * basis
        squares = [basis[fold == each].T @ weighted[fold == each] for each in range(FOLDS)]
        products = [weighted[fold == each].T @ scaled[fold == each] for each in range(FOLDS)]
        error = 0.0
        for each in range(FOLDS):
            left = np.linalg.pinv(sum(squares) - squares[each]) @ (sum(products) - products[each])
            rows = fold == each
            error += float(np.sum(weights[rows, None] * (scaled[rows] - basis[rows] @ left) ** 2))
        errors[degree] = error
    return min(errors, key=errors.__getitem__)
