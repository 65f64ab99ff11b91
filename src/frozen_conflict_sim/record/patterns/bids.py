"""Bids for accession, and what becomes of them."""

from __future__ import annotations

import numpy as np

from ..estimates import Estimate, mean
from ..pattern import pattern
from ..runs import Runs
from ..targets import at_least, at_most
from .actions import ABKHAZIA, SOUTH_OSSETIA, TRANSNISTRIA, bids, patron


def per_bid(cases: list[tuple[Runs, str]], fate) -> Estimate:
    """The share of bids with a fate; ``fate(runs, territory)`` is a mask of the turns on which a bid meets it."""
    met = np.concatenate([fate(runs, territory) for runs, territory in cases], axis=1)
    made = np.concatenate([bids(runs, territory) for runs, territory in cases], axis=1)
    return mean(met) / mean(made)


def _cases(georgia: Runs, transnistria: Runs) -> list[tuple[Runs, str]]:
    return [(georgia, ABKHAZIA), (georgia, SOUTH_OSSETIA), (transnistria, TRANSNISTRIA)]


@pattern(
    "check",
    "B",
    {"reach a vote": at_most(0.1), "come to nothing under the same leader": at_least(0.5)},
    "South Ossetia 2014, 2015–16; Transnistria 2014, 2016",
)
def bid_fate(georgia_2014: Runs, transnistria_2014: Runs) -> dict[str, Estimate]:
    """Without open war few bids for accession reach a vote; at least half are postponed or ignored under the same leader."""
    cases = _cases(georgia_2014, transnistria_2014)

    def postponed(runs: Runs, territory: str) -> np.ndarray:
        rebuffed = runs.chose(f"{patron(runs)}.on_a_bid.{territory}", "rebuff")
        own = runs.trajectory(f"{territory}.bid_owned") > 0.5
        return (rebuffed | runs.happened(f"{territory}.bid_lapses")) & own

    return {
        "reach a vote": per_bid(cases, lambda runs, territory: runs.happened(f"{territory}.bid_reaches_a_vote")),
        "come to nothing under the same leader": per_bid(cases, postponed),
    }


@pattern("check", "A", at_most(0.05), "several: South Ossetia, Transnistria, 2006–2022")
def no_accession(georgia_2014: Runs, transnistria_2014: Runs) -> Estimate:
    """Bids for accession without open war are not accepted."""

    def accepted(runs: Runs, territory: str) -> np.ndarray:
        return runs.chose(f"{patron(runs)}.on_a_bid.{territory}", "accept")

    return per_bid(_cases(georgia_2014, transnistria_2014), accepted)
