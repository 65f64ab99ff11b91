"""What sets one stratum apart from another: the temper of its residents, fitted to surveys.

Autonomy-mindedness in a stratum is Beta-distributed; its mean is solved so that, once residents
have listened to their likes, the share that prefers accession is the one that surveys found.

Reference: @oloughlin2014 for the strata.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...engine.declare.parameter import quantity
from ...engine.numerics import exp, log, shares_of, total
from ..roles import public, stratum

SHARES = np.linspace(0.01, 0.99, 99)
LEVELS = np.linspace(0.0, 1.0, 1025)
MEANS = np.linspace(0.004, 0.996, 497)

public.declares(
    likeness_within_strata=quantity(3.5, 1, 40, "concentration",
        "How much alike the residents of a stratum are: the concentration of the Beta "
        "distribution.",
        common=True),
    autonomy_minded_share=quantity(None, 0.01, 0.99, "share",
        "Share of residents who want autonomy rather than accession; unless set, what the strata "
        "add up to."),
)  # fmt: skip
stratum.table("tempers", "Quantiles of autonomy-mindedness: a row for every temper that occurs.")


@lru_cache(maxsize=64)
def cumulated(likeness: float) -> tuple[np.ndarray, np.ndarray]:
    """The grid of autonomy-mindedness, and the cumulated share of residents along it.

    There is one row of shares for each of ``MEANS``.
    """
    x = (np.arange(2000) + 0.5) / 2000
    means = MEANS[:, None]
    density = exp(
        (likeness * means - 1.0) * log(x) + (likeness * (1.0 - means) - 1.0) * log(1.0 - x)
    )
    shares = np.cumsum(density, axis=1)
    shares /= shares[:, -1:]
    return x, shares


@lru_cache(maxsize=512)
def fitting(stubbornness: float, likeness: float, preferred_from: float) -> np.ndarray:
    """For each of ``SHARES`` the place of the mean at which so many prefer accession.

    A resident's settled support is ``stubbornness`` parts its own judgement and the rest that of
    its likes, and it prefers accession where that passes ``preferred_from``.
    """
    x, below = cumulated(likeness)
    undecided = 1.0 - (preferred_from - (1.0 - stubbornness) * (1.0 - MEANS)) / stubbornness
    accession = np.array([np.interp(at, x, shares) for at, shares in zip(undecided, below)])
    return np.array([int(np.argmin(np.abs(accession - share))) for share in SHARES])


@lru_cache(maxsize=4096)
def quantiles(likeness: float, mean: int) -> np.ndarray:
    """The quantiles of autonomy-mindedness at ``LEVELS`` for one of ``MEANS``."""
    x, below = cumulated(likeness)
    return np.interp(LEVELS, np.concatenate([[0.0], below[mean]]), np.concatenate([[0.0], x]))


def shifted(
    shares: np.ndarray, accession: np.ndarray, autonomy_minded_share: np.ndarray
) -> np.ndarray:
    """Accession shares of strata, moved alike in log odds so that the autonomy-minded add up.

    ``shares`` and ``accession`` have the shape ``(stratum, run)``; where ``autonomy_minded_share``
    is NaN nothing moves.
    """
    if np.isnan(autonomy_minded_share).all():
        return accession
    odds = log(accession / (1.0 - accession))
    low, high = (
        np.full(autonomy_minded_share.shape, -12.0),
        np.full(autonomy_minded_share.shape, 12.0),
    )
    wanted = np.nan_to_num(autonomy_minded_share, nan=0.5)
    for _ in range(40):
        middle = (low + high) / 2.0
        minded = total(list(shares * (1.0 - 1.0 / (1.0 + exp(-(odds - middle)))))) / total(
            list(shares)
        )
        low, high = np.where(minded < wanted, middle, low), np.where(minded < wanted, high, middle)
    moved = 1.0 / (1.0 + exp(-(odds - (low + high) / 2.0)))
    return np.where(np.isnan(autonomy_minded_share), accession, moved)


@stratum.procedure(
    phase="birth", gives={"temper": "Which of the tempers the residents of the stratum have."}
)
def fit_strata(model):
    """Find the temper of each stratum in each run."""
    values, belongs = model.world.values, np.array(model.setting.belongs["stratum", "territory"])
    tempers: dict[tuple[float, int], int] = {}
    found = []
    for at in range(len(model.setting.entities["territory"])):
        mine = np.flatnonzero(belongs == at)
        shares = values["share"][mine]
        accession = shifted(
            shares_of(shares),
            values["prefers_accession"][mine],
            values["autonomy_minded_share"][at],
        )
        stubbornness, likeness, preferred_from = (
            round(float(values[name][at, 0]), 3)
            for name in ("stubbornness", "likeness_within_strata", "accession_preferred_from")
        )
        means = fitting(stubbornness, likeness, preferred_from)[
            np.clip(np.round(accession * 100).astype(int) - 1, 0, len(SHARES) - 1)
        ]
        kinds, which = np.unique(means, return_inverse=True)
        numbers = [tempers.setdefault((likeness, int(mean)), len(tempers)) for mean in kinds]
        found += list(np.array(numbers, float)[which.reshape(means.shape)])
    runs = max(len(each) for each in found)
    return {
        "temper": np.stack([np.broadcast_to(each, runs) for each in found]),
        "tempers": np.stack([quantiles(*temper) for temper in tempers]),
    }
