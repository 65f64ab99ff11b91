"""Patron and parent: trade, talks, the railway, the line. The switch is the patron's to flip."""

from __future__ import annotations

import numpy as np

from ..estimates import Estimate, mean, share
from ..pattern import MechanismOff, pattern
from ..runs import Runs, first_turn, goes_on_for, happened_within, happens_within, window_from
from ..targets import above, at_least, at_most, below
from .actions import ABKHAZIA, GEORGIA, SOUTH_OSSETIA, crowds_gather, embargoes, normalises, patron, signs

A_YEAR, THREE_YEARS = 4, 12
NO_OFFENCE = MechanismOff("crowds against the patron do not offend it", {"patron.incentives.offence": 0.0})


def signs_anywhere(runs: Runs) -> np.ndarray:
    """A treaty is signed in one of the territories."""
    return signs(runs, ABKHAZIA) | signs(runs, SOUTH_OSSETIA)


def banned_at_once(runs: Runs) -> Estimate:
    """How often crowds against the patron are answered by a ban within a turn."""
    return share(happens_within(embargoes(runs), 1), crowds_gather(runs) & goes_on_for(runs.alive, 1))


@pattern(
    "test",
    "B",
    {"railway opened, a year": below(0.03), "closed, and trade recovered": at_least(0.7)},
    "railway closed since 1992; export shares rising 2013–17",
    must_fail=("persistence", "no_treaty", "random_option", "base_rates"),
    mechanism_off=MechanismOff("trade with the parent is worth nothing to the patron", {"patron.incentives.trade": 0.0}),
)
def two_tracks(georgia_2014: Runs) -> dict[str, Estimate]:
    """After a treaty the railway stays closed while trade recovers within three years, in the same runs.

    Recovered is trade that is higher in the third year after the first treaty than in the year before it.
    """
    signed = first_turn(signs_anywhere(georgia_2014))
    runs_now = georgia_2014.trajectory("railway.project_open") > 0.5
    ran_before = np.roll(runs_now, 1, axis=1)
    after = georgia_2014.alive & (signed >= 0)[:, None] & (np.arange(runs_now.shape[1]) > signed[:, None])
    trade = georgia_2014.trajectory(f"{GEORGIA}.trade_and_travel")
    year_before = window_from(trade, np.where(signed > 0, np.maximum(signed - A_YEAR, 0), -1), A_YEAR)[:, :A_YEAR]
    before = np.where(np.arange(A_YEAR) < np.minimum(signed, A_YEAR)[:, None], year_before, np.nan)
    third_year = window_from(trade, signed, THREE_YEARS)[:, -A_YEAR:].mean(axis=1)
    with np.errstate(invalid="ignore"):
        recovered = third_year > np.nansum(before, axis=1) / np.maximum(np.isfinite(before).sum(axis=1), 1)
    closed = ~(window_from(runs_now.astype(float), signed, THREE_YEARS) > 0.5).any(axis=1)
    return {
        "railway opened, a year": mean(4.0 * (runs_now & ~ran_before), after & ~ran_before),
        "closed, and trade recovered": share(recovered & closed, np.isfinite(third_year) & (signed > 0)),
    }


@pattern(
    "test",
    "B",
    {
        "offered within a year": at_least(0.5),
        "more than in the year before": above(0.0),
        "withdrawn over crowds": at_least(0.5),
        "coercion, in turns of normalisation over others": at_least(0.5),
    },
    "2012–13; June–July 2019; detentions 294 (2012), 553 (2013)",
    must_fail=("persistence", "random_option", "base_rates"),
    mechanism_off=NO_OFFENCE,
)
def moscows_switch(georgia_2014: Runs) -> dict[str, Estimate]:
    """Normalisation is offered within a year of a conciliatory change, withdrawn over crowds, and stops no coercion.

    The change is a hard-line cabinet that is voted out; the offer comes one to four turns later. Withdrawn is a ban within a
    turn of crowds against the patron. Coercion at the line is at least half as frequent in turns of normalisation as in others.
    """
    cabinet = georgia_2014.trajectory(f"{GEORGIA}.hardline_cabinet") > 0.5
    voted_out = np.roll(cabinet, 1, axis=1) & ~cabinet & (np.arange(cabinet.shape[1]) > 0)
    offers, change = normalises(georgia_2014), voted_out & goes_on_for(georgia_2014.alive, A_YEAR)
    coerces = georgia_2014.chose(f"{patron(georgia_2014)}.at_the_line.{GEORGIA}", "coerce")
    offered = share(happens_within(offers, A_YEAR), change)
    return {
        "offered within a year": offered,
        "more than in the year before": offered - share(happened_within(offers, A_YEAR - 1), change),
        "withdrawn over crowds": banned_at_once(georgia_2014),
        "coercion, in turns of normalisation over others": share(coerces, offers & georgia_2014.alive)
        / share(coerces, ~offers & georgia_2014.alive),
    }


@pattern(
    "test",
    "B",
    {"after a step to the West": at_most(0.1), "after crowds": at_least(0.5)},
    "2014, 2016–17; 2019",
    must_fail=("persistence", "random_option", "base_rates"),
    mechanism_off=NO_OFFENCE,
)
def no_punishment_for_alignment(georgia_2014: Runs) -> dict[str, Estimate]:
    """A ban seldom follows within a year of the parent's first step to the West, and mostly within a turn of crowds."""
    westward = georgia_2014.chose(f"{GEORGIA}.orientation", "westward")
    step = westward & (np.arange(westward.shape[1]) == first_turn(westward)[:, None]) & goes_on_for(georgia_2014.alive, A_YEAR)
    return {
        "after a step to the West": share(happens_within(embargoes(georgia_2014), A_YEAR), step),
        "after crowds": banned_at_once(georgia_2014),
    }


@pattern("check", "C", at_most(0.2), "events.csv: parliament voted suspension down on 28 November 2014")
def talks_survive(georgia_2014: Runs) -> Estimate:
    """The parent seldom breaks off talks within four turns of a treaty."""
    breaks = georgia_2014.chose(f"{GEORGIA}.toward_patron", "denounce")
    signed = signs_anywhere(georgia_2014) & goes_on_for(georgia_2014.alive, A_YEAR)
    return share(happens_within(breaks, A_YEAR, begin=0), signed)
