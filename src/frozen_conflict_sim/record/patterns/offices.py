"""Who loses office, and how: at the ballot or in the street."""

from __future__ import annotations

import numpy as np

from ..estimates import Estimate, mean, share
from ..pattern import MechanismOff, pattern
from ..runs import Runs, goes_on_for
from ..targets import above, at_least, at_most, below, between
from .actions import ABKHAZIA, SOUTH_OSSETIA, TRANSNISTRIA, tie_holds

A_YEAR = 4


def beaten(runs: Runs, territory: str) -> tuple[np.ndarray, np.ndarray]:
    """Whether a leader lost a vote, and whether one stood in it at all."""
    lost, won = (runs.happened(f"{territory}.incumbent_{fate}") for fate in ("beaten", "returned"))
    return lost, lost | won


def exits_a_year(runs: Runs, territory: str) -> Estimate:
    """How often the street drives a leader out, in a year."""
    return mean(4.0 * runs.happened(f"{territory}.forced_exit"), runs.alive)


def pooled(*parts: tuple[np.ndarray, np.ndarray]) -> Estimate:
    """The share over the cases of several territories together."""
    return share(*(np.concatenate(arrays, axis=1) for arrays in zip(*parts)))


@pattern(
    "test",
    "B",
    {
        "leaders beaten, Abkhazia": at_most(0.4),
        "leaders beaten, South Ossetia": at_least(0.6),
        "leaders beaten, Transnistria": at_least(0.6),
        "exits a year, Abkhazia over South Ossetia": above(0.0),
        "exits a year, Abkhazia over Transnistria": above(0.0),
    },
    "elections.csv: 0 of 2 in Abkhazia, 3 of 3 in South Ossetia and Transnistria",
    must_fail=("persistence", "labels_swapped", "base_rates"),
    mechanism_off=MechanismOff("everybody can keep people off the street equally well", {"territory.coercive_capacity": 0.45}),
)
def turnover_venue(georgia_2014: Runs, transnistria_2014: Runs) -> dict[str, Estimate]:
    """Leaders who stand in a vote are seldom beaten in Abkhazia, mostly elsewhere; Abkhaz leaders fall in the street."""
    cases = {
        "Abkhazia": (georgia_2014, ABKHAZIA),
        "South Ossetia": (georgia_2014, SOUTH_OSSETIA),
        "Transnistria": (transnistria_2014, TRANSNISTRIA),
    }
    exits = {name: exits_a_year(*case) for name, case in cases.items()}
    return {f"leaders beaten, {name}": share(*beaten(*case)) for name, case in cases.items()} | {
        f"exits a year, Abkhazia over {other}": exits["Abkhazia"] - exits[other] for other in ("South Ossetia", "Transnistria")
    }


@pattern(
    "check",
    "B",
    {"Abkhazia": between(0.03, 0.25), "Transnistria": below(0.03)},
    "events.csv: the ouster of 2014",
)
def forced_exits(georgia_2014: Runs, transnistria_2014: Runs) -> dict[str, Estimate]:
    """The street drives out a few leaders in a generation in Abkhazia, hardly one in Transnistria (a year)."""
    return {
        "Abkhazia": exits_a_year(georgia_2014, ABKHAZIA),
        "Transnistria": exits_a_year(transnistria_2014, TRANSNISTRIA),
    }


@pattern("check", "C", at_least(0.9), "Abkhazia 2014")
def tie_survives(georgia_2014: Runs) -> Estimate:
    """A year after the street drove a leader out, the tie to the patron holds."""
    return pooled(
        *(
            _tie_a_year_after(georgia_2014, territory, georgia_2014.happened(f"{territory}.forced_exit"))
            for territory in (ABKHAZIA, SOUTH_OSSETIA)
        )
    )


def _tie_a_year_after(runs: Runs, territory: str, event: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    later = np.roll(tie_holds(runs, territory), -A_YEAR, axis=1)
    return later, event & goes_on_for(runs.alive, A_YEAR)


@pattern("check", "A", at_least(0.5), "elections.csv")
def incumbents_lose(georgia_2014: Runs, transnistria_2014: Runs) -> Estimate:
    """Of the sitting leaders who stand in a vote at least half lose, all territories together."""
    return pooled(beaten(georgia_2014, ABKHAZIA), beaten(georgia_2014, SOUTH_OSSETIA), beaten(transnistria_2014, TRANSNISTRIA))


@pattern(
    "check",
    "B",
    {"the favourite wins": between(0.2, 0.6), "the tie holds after it lost": at_least(0.9)},
    "won South Ossetia 2012; lost Abkhazia 2004, South Ossetia 2011, 2022, Transnistria 2011",
)
def favourite_loses(georgia_2014: Runs, transnistria_2014: Runs) -> dict[str, Estimate]:
    """The patron's clear favourite wins a fifth to three fifths of contested votes, and losing brings no break."""
    cases = (georgia_2014, ABKHAZIA), (georgia_2014, SOUTH_OSSETIA), (transnistria_2014, TRANSNISTRIA)
    fates = [[runs.happened(f"{territory}.favourite_{fate}") for fate in ("won", "stood")] for runs, territory in cases]
    return {
        "the favourite wins": pooled(*fates),
        "the tie holds after it lost": pooled(
            *(_tie_a_year_after(runs, territory, stood & ~won) for (runs, territory), (won, stood) in zip(cases, fates))
        ),
    }
