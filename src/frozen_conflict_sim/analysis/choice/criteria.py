"""Criteria of choice when nobody knows how likely each future is: regret, worst case, satisficing, domain.

Payoffs are arrays of shape ``(policy, future, objective)`` in which more is better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DRAWS = 4096


@dataclass(frozen=True)
class Criteria:
    """The criteria of each policy, arrays of shape ``(policy,)`` or ``(policy, objective)``.

    ``worst`` is the worst future of each objective (Wald), ``regret`` the largest shortfall from the best policy of the same
    future (Savage), both by objective; ``largest_regret`` is the largest of all objectives, as a share of the range of each.
    ``satisficing`` is the share of futures in which all objectives are good enough (Simon), NaN without thresholds.
    ``domain`` is the share of all ways to weigh futures and objectives under which the policy is best (Starr).
    """

    worst: np.ndarray
    regret: np.ndarray
    largest_regret: np.ndarray
    satisficing: np.ndarray
    domain: np.ndarray


def criteria(payoffs: np.ndarray, enough: np.ndarray | None = None, seed: int = 0) -> Criteria:
    """All criteria [@starr1962; @mcphail2018]; ``enough`` are thresholds by objective, NaN for objectives without one.

    >>> found = criteria(np.array([[[3.0], [0.0]], [[0.0], [1.0]]]), np.array([0.5]))
    >>> found.worst.ravel(), found.regret.ravel(), found.satisficing
    (array([0., 0.]), array([1., 3.]), array([0.5, 0.5]))
    >>> bool(abs(found.domain[0] - 0.75) < 0.03)
    True
    """
    return Criteria(
        payoffs.min(axis=1),
        regret(payoffs).max(axis=1),
        (regret(payoffs) / _range(payoffs)).max(axis=(1, 2)),
        satisficing(payoffs, enough),
        domain(payoffs, seed),
    )


def regret(payoffs: np.ndarray) -> np.ndarray:
    """How far each policy is behind the best one of the same future, by objective; same shape."""
    return payoffs.max(axis=0, keepdims=True) - payoffs


def satisficing(payoffs: np.ndarray, enough: np.ndarray | None) -> np.ndarray:
    """The share of futures in which a policy meets all thresholds, shape ``(policy,)``; NaN if there is none."""
    if enough is None or np.isnan(enough).all():
        return np.full(len(payoffs), np.nan)
    return (np.isnan(enough) | (payoffs >= enough)).all(axis=2).mean(axis=1)


def domain(payoffs: np.ndarray, seed: int = 0, draws: int = DRAWS) -> np.ndarray:
    """The share of all probabilities of futures, and weights of objectives, for which each policy has the best mean payoff.

    Both are drawn uniformly from their simplex; objectives are scaled to their range. Ties are shared.
    """
    scaled = payoffs / _range(payoffs)
    random = np.random.default_rng(seed)
    futures = random.dirichlet(np.ones(payoffs.shape[1]), draws)
    weights = random.dirichlet(np.ones(payoffs.shape[2]), draws)
    means = np.einsum("df,pfo,do->dp", futures, scaled, weights, optimize=True)
    best = means >= means.max(axis=1, keepdims=True) - 1e-12
    return (best / best.sum(axis=1, keepdims=True)).mean(axis=0)


def _range(payoffs: np.ndarray) -> np.ndarray:
    """The range of each objective over all policies and futures; one where there is none."""
    spans = np.ptp(payoffs, axis=(0, 1))
    return np.where(spans > 0, spans, 1.0)


def not_dominated(values: np.ndarray) -> np.ndarray:
    """Which rows of ``values``, shape ``(policy, objective)``, no other row beats: as good in all, better in one.

    More is better. Of equal rows all are kept.

    >>> not_dominated(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]))
    array([ True,  True, False,  True])
    """
    beats = (values[:, None] >= values).all(axis=2) & (values[:, None] > values).any(axis=2)
    return ~beats.any(axis=0)
