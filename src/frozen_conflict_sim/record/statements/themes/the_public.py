"""What the texts say of the Ossetian and Abkhaz publics: who is happy with the treaty, who is not, and who is heard."""

from __future__ import annotations

import numpy as np

from ...estimates import Estimate, mean, share
from ...pattern import MechanismOff
from ...patterns.actions import ABKHAZIA, SOUTH_OSSETIA, asks
from ...runs import Runs
from ...targets import above, at_least, at_most, below
from ..measures import (
    STATUS_QUO,
    conceded,
    dissatisfied_among_minded,
    dissatisfied_among_others,
    effect_after,
    effect_on,
    effect_on_average,
    first_signature,
    largest,
    named,
    smallest,
)
from ..statement import Found, statement

TREATY = "south_ossetia_2015"
UNSILENCED = {"elite.suppression": 0.0, "elite.suppression_per_act": 0.0}


@statement(
    "observation",
    source="dewaal2015",
    quote="Most of the Ossetian public is happy with the treaty, particularly because Articles 8 and 9 of the draft "
    "stipulate that government salaries and pensions in South Ossetia will be raised to the level of those received in "
    "the Russian North Caucasus.",
    scenarios=(TREATY,),
    targets={
        "dissatisfied among the others, within two quarters": at_most(-0.05),
        "support, within a year": at_least(0.01),
        "support without the welfare clause, relative to it": at_most(0.5),
        "support two years after a promise that is not paid": below(0.0),
    },
    mechanism_off=MechanismOff("the treaty has no clause on wages and pensions", {"patron.asks.welfare": 0.0}),
)
def happy_public(play) -> Found:
    """The signature pleases those who are not autonomy-minded, for the clause on wages, and only while the promise is paid."""

    def support(changes: dict, lags: range) -> list[Estimate]:
        own, none = play(TREATY, changes), play(TREATY, {**changes, **STATUS_QUO})
        signed = first_signature(own, SOUTH_OSSETIA)
        return [effect_after(own, none, named(f"{SOUTH_OSSETIA}.mean_support"), signed, lag) for lag in lags]

    own, none = play(TREATY), play(TREATY, STATUS_QUO)
    signed = first_signature(own, SOUTH_OSSETIA)
    others = dissatisfied_among_others(SOUTH_OSSETIA)
    paid = largest(support({}, range(5)))
    return {
        "dissatisfied among the others, within two quarters": smallest(
            effect_after(own, none, others, signed, lag) for lag in range(3)
        ),
        "support, within a year": paid,
        "support without the welfare clause, relative to it": largest(support({"patron.asks.welfare": 0.0}, range(5))) / paid,
        "support two years after a promise that is not paid": support({"territory.programme_honoured": 0.0}, range(8, 9))[0],
    }


@statement(
    "observation",
    source="dewaal2015",
    quote="As in Abkhazia, the unhappy ones are a segment of society which is suspicious of Moscow and wants South Ossetia "
    "to keep as much autonomy as possible.",
    scenarios=(TREATY, "georgia_2014"),
    targets={
        "dissatisfied among the autonomy-minded, South Ossetia": at_least(0.05),
        "dissatisfied in the whole public, Abkhazia over South Ossetia": above(0.0),
    },
    mechanism_off=MechanismOff("pressure on sovereignty angers nobody", {"public.red_line_anger": 0.0}),
)
def unhappy_segment(play) -> Found:
    """The same signature makes the autonomy-minded unhappy, and more of the whole public in Abkhazia, where they are more."""
    own, none = play(TREATY), play(TREATY, STATUS_QUO)
    minded, signed = dissatisfied_among_minded(SOUTH_OSSETIA), first_signature(own, SOUTH_OSSETIA)
    earlier, without = play("georgia_2014"), play("georgia_2014", STATUS_QUO)

    def whole(territory: str) -> Estimate:
        begin, quantity = first_signature(earlier, territory), named(f"{territory}.dissatisfied_share")
        return largest(effect_after(earlier, without, quantity, begin, lag) for lag in range(3))

    return {
        "dissatisfied among the autonomy-minded, South Ossetia": largest(
            effect_after(own, none, minded, signed, lag) for lag in range(3)
        ),
        "dissatisfied in the whole public, Abkhazia over South Ossetia": whole(ABKHAZIA) - whole(SOUTH_OSSETIA),
    }


@statement(
    "observation",
    source="dewaal2015",
    quote="But their voice is not being heard—and indeed the website of the party they generally support was blocked last "
    "month.",
    scenarios=("georgia_2014",),
    targets={
        "suppression with or before an ask, South Ossetia": at_least(0.5),
        "suppression with or before an ask, Abkhazia": at_least(0.5),
        "conceded less or later, at its largest, South Ossetia": at_least(0.02),
        "votes won by autonomists once nobody is silenced, South Ossetia": at_least(0.03),
    },
    mechanism_off=MechanismOff("nobody is silenced", UNSILENCED),
)
def voice_blocked(play) -> Found:
    """Critics are silenced with or before an ask; unsilenced, they make an elite concede less or later, and win votes."""
    silenced, heard = play("georgia_2014"), play("georgia_2014", UNSILENCED)
    won, won_unsilenced = (won_by_autonomists(runs, SOUTH_OSSETIA) for runs in (silenced, heard))
    return {
        "suppression with or before an ask, South Ossetia": suppressed_for_an_ask(silenced, SOUTH_OSSETIA),
        "suppression with or before an ask, Abkhazia": suppressed_for_an_ask(silenced, ABKHAZIA),
        "conceded less or later, at its largest, South Ossetia": largest(
            effect_on(silenced, heard, lambda runs: conceded(runs, SOUTH_OSSETIA), turn) for turn in range(40)
        ),
        "conceded over the run, South Ossetia": effect_on_average(silenced, heard, lambda runs: conceded(runs, SOUTH_OSSETIA)),
        "conceded over the run, Abkhazia": effect_on_average(silenced, heard, lambda runs: conceded(runs, ABKHAZIA)),
        "conceded by the first treaty, South Ossetia": mean(
            silenced.outcome(f"{SOUTH_OSSETIA}.depth_gained") - heard.outcome(f"{SOUTH_OSSETIA}.depth_gained")
        ),
        "votes won by autonomists once nobody is silenced, South Ossetia": won_unsilenced - won,
        "votes won by autonomists once nobody is silenced, Abkhazia": won_by_autonomists(heard, ABKHAZIA)
        - won_by_autonomists(silenced, ABKHAZIA),
    }


def suppressed_for_an_ask(runs: Runs, territory: str) -> Estimate:
    """Of the quarters with an act of suppression, the share in which an ask is on the table or is made in the next quarter."""
    ask = asks(runs, territory)
    waits, comes = np.zeros_like(ask), np.zeros_like(ask)
    waits[:, 1:] = runs.trajectory(f"{territory}.ask_pending")[:, :-1] > 0.5
    comes[:, :-1] = ask[:, 1:]
    return share(ask | waits | comes, runs.chose(f"{territory}.initiative", "suppress_autonomists"))


def won_by_autonomists(runs: Runs, territory: str) -> Estimate:
    """Of the votes held, the share after which the first faction, the autonomists, rules."""
    left = runs.trajectory(f"{territory}.elite_quarters_to_vote")
    held = np.zeros(left.shape, bool)
    held[:, 1:] = left[:, 1:] > left[:, :-1] - 0.5  # the calendar starts again
    return share(runs.trajectory(f"{territory}.ruling_faction") < 0.5, held & runs.alive)
