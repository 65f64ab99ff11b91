"""What the texts say of accession: who bids, who puts it aside, what it would cost, and what pulls toward it."""

from __future__ import annotations

import numpy as np

from ...estimates import Estimate, mean, share
from ...pattern import MechanismOff
from ...patterns.actions import ABKHAZIA, GEORGIA, SOUTH_OSSETIA, bids, patron
from ...runs import Runs, first_turn
from ...targets import above, at_least, at_most, below
from ..measures import STATUS_QUO, conceded, effect_after, effect_on_average, first_signature, named, size
from ..statement import Found, statement

EAGER = {
    "elite.incentives.wake": 2.0,
    "elite.incentives.perks_at_risk": 0.0,
    "elite.incentives.ahead_of_the_patron": 0.0,
    "elite.incentives.conviction": 0.0,
    "elite.incentives.once_bitten": 0.0,
}
ACCEPTS = ("georgia_2014", "south_ossetia_2022", "transnistria_2014", "donbas_2014")


@statement(
    "observation",
    source="afp2022",
    quote="Mr Bibilov failed to win re-election as “president” earlier this month. […] He also highlighted “the "
    "inadmissibility of a unilateral decision by referendum on issues relating to the legitimate rights and interests "
    "of the Russian Federation”.",
    scenarios=("georgia_2014", "south_ossetia_2022"),
    targets={
        "bids a quarter, defeat looming or sealed over other quarters": above(1.0),
        "bids in office a quarter, year after an annexation elsewhere over later": above(1.0),
        "put aside by successors": at_least(0.8),
        "votes that approve, where most residents would join": at_least(0.5),
        "votes that approve, where most would not": at_most(0.5),
    },
    mechanism_off=MechanismOff(
        "neither a vote nor an annexation elsewhere moves a leader to bid",
        {"elite.incentives.office": 0.0, "elite.incentives.wake": 0.0, "elite.incentives.legacy": 0.0},
    ),
)
def losing_leader(play) -> Found:
    """Losers and witnesses of an annexation bid; successors put bids aside; residents decide a bid that reaches a vote."""
    runs, later = play("georgia_2014"), play("south_ossetia_2022")
    bid, near, held = [], [], []
    parted = []
    for territory in (ABKHAZIA, SOUTH_OSSETIA):
        left = runs.trajectory(f"{territory}.elite_quarters_to_vote")
        before = np.column_stack([left[:, :1] + 1.0, left[:, :-1]])
        bid.append(bids(runs, territory))
        parted.append(runs.chose(f"{territory}.parting", "referendum_bid"))
        near.append((before <= 4.0) | (before < 1.5) | runs.happened(f"{territory}.incumbent_beaten"))
        held.append(runs.alive & (runs.trajectory(f"{territory}.annexed") < 0.5))
    bid, near, held, parted = (np.concatenate(arrays, axis=1) for arrays in (bid, near, held, parted))
    south = runs.chose(f"{SOUTH_OSSETIA}.initiative", "referendum_bid")
    turns = np.arange(south.shape[1])
    soon = runs.alive & (turns < 4)
    ensuing = runs.alive & (turns >= 8)
    found = {
        "bids a quarter, defeat looming or sealed over other quarters": share(bid, near & held) / share(bid, ~near & held),
        "bids in office a quarter, year after an annexation elsewhere over later": share(south, soon) / share(south, ensuing),
        "put aside by successors": mean(later.outcome(f"{SOUTH_OSSETIA}.beaten_bids_put_aside")),
        "bids made on the way out, share of all": share(parted, bid),
        "bids a run, both territories": mean(bid.sum(axis=1).astype(float)),
    }
    voted = play("georgia_2014", EAGER | {"elite.bid_vote_rate": 1.0, "patron.incentives.friend_snubbed": 1.0})
    for words, territory in (("where most residents would join", SOUTH_OSSETIA), ("where most would not", ABKHAZIA)):
        cast, passed = (voted.outcome(f"{territory}.bids_{fate}") for fate in ("voted_on", "approved"))
        found[f"votes that approve, {words}"] = mean(passed, cast > 0) / mean(cast, cast > 0)
    return found


@statement(
    "observation",
    source="afp2022",
    quote="Georgia […] considers the possibility of South Ossetia joining Russia to be unacceptable.",
    scenarios=("what_if/accession_of_south_ossetia", "south_ossetia_2015"),
    targets={
        "alienation, annexation over treaty, a quarter on": at_least(2.0),
        "alienation, annexation over treaty, a year on": at_least(2.0),
        "political normalisation lost, annexation over treaty, a quarter on": at_least(2.0),
        "political normalisation lost, annexation over treaty, a year on": at_least(2.0),
    },
    mechanism_off=MechanismOff("an annexation shocks as little as a treaty", {"territory.shock_of_annexation": 0.3}),
)
def accession_unacceptable(play) -> Found:
    """The annexation of South Ossetia shocks Tbilisi at least twice as much as its treaty does, also a year on."""
    name = "what_if/accession_of_south_ossetia"
    taken, refused = (play(name, {"patron.policy": policy}) for policy in ("taken_in", "turned_down"))
    own, none = play("south_ossetia_2015"), play("south_ossetia_2015", STATUS_QUO)
    annexed = first_turn(taken.chose(f"{patron(taken)}.on_a_bid.{SOUTH_OSSETIA}", "accept"))
    signed = first_signature(own, SOUTH_OSSETIA)
    found = {}
    for words, state in (("alienation", "alienation"), ("political normalisation lost", "political_normalisation")):
        quantity = named(f"{GEORGIA}.{state}")
        for lag, when in ((1, "a quarter on"), (4, "a year on")):
            shock = size(effect_after(taken, refused, quantity, annexed, lag))
            treaty = size(effect_after(own, none, quantity, signed, lag))
            found[f"{words}, annexation over treaty, {when}"] = shock / treaty
            found[f"{words}, annexation, {when}"] = effect_after(taken, refused, quantity, annexed, lag)
            found[f"{words}, treaty, {when}"] = effect_after(own, none, quantity, signed, lag)
    return found


PRICE = {
    "patron.incentives.out_of_reach": 0.0,
    "patron.incentives.war_risked": 0.0,
    "patron.incentives.lever_lost": 0.0,
    "patron.incentives.own_word": 0.0,
}


@statement(
    "observation",
    source="afp2022",
    quote="holding, without delay, consultations with the Russian side on all issues related to greater integration",
    scenarios=ACCEPTS,
    targets={f"accepted of the bids, {place}": at_most(0.1) for place in ("Abkhazia", "South Ossetia", "Transnistria")},
    mechanism_off=MechanismOff("an accession costs sanctions and money alone", PRICE),
)
def accession_has_a_price(play) -> Found:
    """Without a war of the patron's own it accepts at most a tenth of the bids, in each theatre."""
    cases = {
        "Abkhazia": ("georgia_2014", ABKHAZIA),
        "South Ossetia": ("georgia_2014", SOUTH_OSSETIA),
        "Transnistria": ("transnistria_2014", "transnistria"),
        "Donetsk, beside a war of the patron's own": ("donbas_2014", "donetsk"),
        "Luhansk, beside a war of the patron's own": ("donbas_2014", "luhansk"),
        "South Ossetia in 2022, beside a war of the patron's own": ("south_ossetia_2022", SOUTH_OSSETIA),
    }
    found = {}
    for place, (name, territory) in cases.items():
        runs = play(name, EAGER)
        made = bids(runs, territory).sum(axis=1).astype(float)
        made += runs.value("elite", territory, "bid_pending")
        taken = runs.chose(f"{patron(runs)}.on_a_bid.{territory}", "accept").sum(axis=1).astype(float)
        case = made > 0
        ratio = mean(taken, case) / mean(made, case)
        found[f"accepted of the bids, {place}"] = ratio if taken.any() or not case.any() else share(taken > 0, case)
    return found


@statement(
    "observation",
    source="dewaal2015",
    quote="The anomaly represented by South Ossetia's supposed independent statehood, while North Ossetia, with a population "
    "of 700,000 is a mere autonomous region of Russia, has never been so glaring.",
    scenarios=("georgia_2014",),
    targets={
        "bids a quarter, kin across the border over none": above(0.0),
        "bids put off by perks, no kin over kin": above(0.0),
    },
    mechanism_off=MechanismOff(
        "kin across the border draw nobody, and perks count for nobody",
        {"elite.incentives.kin_next_door": 0.0, "elite.incentives.perks_at_risk": 0.0},
    ),
)
def anomaly(play) -> Found:
    """Kin across the border raise the pull of accession and lower the worth of a flag."""

    def rate_of_bids(kin: float, perks: float | None = None) -> Estimate:
        values = {f"territories.{SOUTH_OSSETIA}.kin_across_the_border": kin}
        if perks is not None:
            values |= {"elite.perks": perks, "elite.perks_adjustment_rate": 0.0}
        runs = play("georgia_2014", values)
        return share(bids(runs, SOUTH_OSSETIA), runs.alive)

    def put_off(kin: float) -> Estimate:
        return (rate_of_bids(kin, 0.0) - rate_of_bids(kin, 1.0)) / rate_of_bids(kin, 0.0)

    return {
        "bids a quarter, kin across the border over none": rate_of_bids(0.9) - rate_of_bids(0.0),
        "bids put off by perks, no kin over kin": put_off(0.0) - put_off(0.9),
        "bids a quarter, kin": rate_of_bids(0.9),
        "bids a quarter, no kin": rate_of_bids(0.0),
    }


@statement(
    "observation",
    source="france2015",
    quote="Only a handful of other countries allied to Russia recognise the regions' independence.",
    scenarios=("georgia_2014", "what_if/accession_granted"),
    targets={
        "perks of standing, Abkhazia": above(0.0),
        "alternatives to the patron, through power at the table, Abkhazia": below(0.0),
        "dependence, Abkhazia": below(0.0),
        "conceded over the run, Abkhazia": below(0.0),
        "accepted of the bids, South Ossetia": below(0.0),
    },
    mechanism_off=MechanismOff(
        "states that recognise are no alternative and no price",
        {"territory.recognisers_half_saturation": 200.0, "patron.price_of_reversal_per_recogniser": 0.0},
    ),
)
def not_recognised(play) -> Found:
    """States that recognise change a territory's standing, its alternatives, its dependence, and the price of its accession."""

    def recognised(name: str, states: float) -> Runs:
        still = {"territory.recognition_gain_rate": 0.0, "territory.recognition_loss_rate": 0.0}
        return play(name, {**still, "territory.recognisers": states})

    many, none = (recognised("georgia_2014", states) for states in (20.0, 0.0))
    granted = [recognised("what_if/accession_granted", states) for states in (20.0, 0.0)]

    def accepted(runs: Runs) -> Estimate:
        made = bids(runs, SOUTH_OSSETIA)
        return mean(runs.chose(f"{patron(runs)}.on_a_bid.{SOUTH_OSSETIA}", "accept")) / mean(made)

    return {
        "perks of standing, Abkhazia": effect_on_average(many, none, named(f"{ABKHAZIA}.perks")),
        "alternatives to the patron, through power at the table, Abkhazia": effect_on_average(
            many, none, named(f"{ABKHAZIA}.patron_power")
        ),
        "dependence, Abkhazia": effect_on_average(many, none, named(f"{ABKHAZIA}.dependence")),
        "conceded over the run, Abkhazia": effect_on_average(many, none, lambda runs: conceded(runs, ABKHAZIA)),
        "accepted of the bids, South Ossetia": accepted(granted[0]) - accepted(granted[1]),
    }
