"""What the texts say of the treaty: who signs what, what it costs, whether it is kept, and what its clauses do."""

from __future__ import annotations

import numpy as np

from ..estimates import Estimate, mean, share
from ..pattern import MechanismOff
from ..runs import Runs, first_turn, value_at
from ..targets import above, at_least, at_most, below, between
from .measures import (
    ABKHAZIA,
    CLAUSES,
    GEORGIA,
    SOUTH_OSSETIA,
    STATUS_QUO,
    SWALLOW,
    asks,
    bids,
    conceded,
    effect_on,
    effect_on_average,
    first_signature,
    named,
    patron,
    signs,
)
from .statement import Found, statement

ALIKE = {f"territories.{territory}.public.autonomy_minded_share": 0.5 for territory in (ABKHAZIA, SOUTH_OSSETIA)}
NO_OFFICES = {f"territory.offices_by_clause.{clause}": 0.0 for clause in CLAUSES}
LAND_ALONE = {f"patron.asks.{clause}": 0.0 for clause in CLAUSES if clause != "citizenship_and_land"}


def signed_within(runs: Runs, territory: str, quarters: int) -> Estimate:
    """Of the first asks, the share that is signed within some quarters."""
    asked, signed = first_turn(asks(runs, territory)), first_signature(runs, territory)
    return share((signed >= 0) & (signed - asked <= quarters), asked >= 0)


def waited(runs: Runs, territory: str) -> np.ndarray:
    """Quarters from the first ask to the first signature, by run; without one, to the end of the run. NaN without an ask."""
    asked, signed = first_turn(asks(runs, territory)), first_signature(runs, territory)
    end = np.where(signed >= 0, signed, runs.alive.sum(axis=1))
    return np.where(asked >= 0, end - asked, np.nan).astype(float)


@statement(
    "observation",
    source="dewaal2015",
    quote="For the elite, it is the best of both worlds, as they will keep their nominal independence, with all the trappings "
    "and perks that brings, while getting closer to Russia.",
    scenarios=("georgia_2014",),
    targets={
        "quarters until signed, offices touched over untouched, Abkhazia": above(0.0),
        "quarters until signed, law and borders take all offices, Abkhazia": above(0.0),
        "lost by perks: accession over treaty, in shares of what there was": above(0.0),
    },
    mechanism_off=MechanismOff("perks count for nobody", {"elite.incentives.perks_at_risk": 0.0}),
)
def best_of_both(play) -> Found:
    """Clauses that leave offices, contracts and flag alone are signed sooner; perks put an elite off accession more than off a
    treaty.
    """
    as_is = play("georgia_2014", SWALLOW)
    untouched = play("georgia_2014", SWALLOW | NO_OFFICES)
    taken = play("georgia_2014", SWALLOW | {f"territory.offices_by_clause.{clause}": 1.0 for clause in ("law", "borders")})
    kept = {"elite.perks_adjustment_rate": 0.0}
    perked, bare = (play("georgia_2014", {**kept, "elite.perks": perks}) for perks in (1.0, 0.0))

    def lost(happened) -> Estimate:
        return (share(happened(bare), bare.alive) - share(happened(perked), perked.alive)) / share(happened(bare), bare.alive)

    bid, sign = (
        lost(lambda runs: bids(runs, SOUTH_OSSETIA)),
        (share(first_signature(bare, SOUTH_OSSETIA) >= 0) - share(first_signature(perked, SOUTH_OSSETIA) >= 0))
        / share(first_signature(bare, SOUTH_OSSETIA) >= 0),
    )
    found = {}
    for territory, label in ((SOUTH_OSSETIA, "South Ossetia"), (ABKHAZIA, "Abkhazia")):
        found[f"quarters until signed, offices touched over untouched, {label}"] = mean(
            waited(as_is, territory) - waited(untouched, territory)
        )
        found[f"quarters until signed, law and borders take all offices, {label}"] = mean(
            waited(taken, territory) - waited(as_is, territory)
        )
    return found | {
        "lost by perks: accession over treaty, in shares of what there was": bid - sign,
        "lost by perks: bids": bid,
        "lost by perks: runs with a signature": sign,
    }


@statement(
    "observation",
    source="dewaal2015",
    quote="The Abkhaz re-drafted their treaty to keep several elements of their de facto sovereignty. […] South Ossetia is being "
    "swallowed up.",
    scenarios=("georgia_2014",),
    targets={
        "gained of what was asked, South Ossetia over Abkhazia": above(0.0),
        "first text signed is softened, Abkhazia": at_least(0.5),
    },
    mechanism_off=MechanismOff("the publics of both territories are alike", ALIKE),
)
def redraft(play) -> Found:
    """Abkhazia signs a softened text that keeps more of what was asked for; South Ossetia gives nearly all."""
    runs = play("georgia_2014")
    gained = {territory: runs.outcome(f"{territory}.depth_gained") for territory in (ABKHAZIA, SOUTH_OSSETIA)}

    def softened(territory: str) -> Estimate:
        signed = first_signature(runs, territory)
        text = value_at(runs.chose(f"{territory}.answer", "redraft").astype(float), signed)
        return share(text > 0.5, signed >= 0)

    return {
        "gained of what was asked, South Ossetia over Abkhazia": mean(gained[SOUTH_OSSETIA]) - mean(gained[ABKHAZIA]),
        "first text signed is softened, Abkhazia": softened(ABKHAZIA),
        "first text signed is softened, South Ossetia": softened(SOUTH_OSSETIA),
        "gained of what was asked, Abkhazia": mean(gained[ABKHAZIA]),
        "gained of what was asked, South Ossetia": mean(gained[SOUTH_OSSETIA]),
    }


@statement(
    "logic",
    scenarios=("georgia_2014",),
    targets={"settled at a hundredth of the ask": at_most(0.5), "refused, dragged on, or contested": at_least(0.5)},
    mechanism_off=MechanismOff("what is withheld from the patron costs nothing", {"elite.ire_over_a_refusal": 0.0}),
)
def empty_redraft(play) -> Found:
    """Asked for land and citizenship alone, Abkhazia does not settle at one hundredth of the ask in most runs, but refuses,
    drags on, or signs and contests.
    """
    runs = play("georgia_2014", SWALLOW | LAND_ALONE)
    asked, signed = first_turn(asks(runs, ABKHAZIA)), first_signature(runs, ABKHAZIA)
    refused = first_turn(runs.chose(f"{ABKHAZIA}.answer", "refuse"))
    gained = runs.outcome(f"{ABKHAZIA}.clause_gained.citizenship_and_land")
    contested = runs.outcome(f"{ABKHAZIA}.contested") > 0.5
    case = asked >= 0
    empty = (signed >= 0) & (gained <= 0.01) & ((refused < 0) | (refused > signed))
    refuses = (refused >= 0) & ((signed < 0) | (refused < signed))
    dragged = (np.where(signed >= 0, signed, 10**6) - asked >= 2) & ~refuses
    return {
        "settled at a hundredth of the ask": share(empty, case),
        "refused, dragged on, or contested": share(refuses | dragged | contested, case),
        "refused first": share(refuses, case),
        "dragged on for half a year or more": share(dragged, case),
        "contested": share(contested, case),
        "gained of the clause by the first signature": mean(gained),
    }


@statement(
    "logic",
    scenarios=("south_ossetia_2015",),
    targets={"weighed over committed, USD": between(0.99, 1.01)},
)
def one_price(play) -> Found:
    """What the patron's thrift weighs when it asks is what the signature commits, in dollars."""
    pressure, thrift = 0.5, 1.3
    name, territory = "south_ossetia_2015", SOUTH_OSSETIA
    runs = play(
        name,
        {
            "patron.budget_pressure": pressure,
            "patron.budget_recovery_rate": 0.0,
            "patron.usual_budget_pressure": 1.0,
            "patron.incentives.thrift": thrift,
            "patron.incentives.client_kept": 0.0,
            "patron.incentives.effort_of_a_raise": 0.5,
            "patron.ask_cool_down": 40,
            "elite.incentives.conviction": 0.0,
            "elite.incentives.office": 0.0,
        },
        without=("slump in Russia",),
    )
    signed = first_signature(runs, territory)
    spent = sum(runs.trajectory(f"{territory}.{money}") for money in ("committed_money", "programme"))
    dollars = value_at(spent, signed) * runs.value("territory", territory, "population") / 1e6
    softened = value_at(runs.chose(f"{territory}.answer", "redraft").astype(float), signed) > 0.5
    weighed = -runs.outcome(f"{patron(runs)}.utility.thrift") / (thrift * pressure)
    others = [runs.chose(f"{patron(runs)}.treatment.{place}", "raise_subsidy") for place in (ABKHAZIA, territory)]
    others += [asks(runs, ABKHAZIA), runs.chose(f"{patron(runs)}.on_a_bid.{territory}", "accept")]
    alone = (asks(runs, territory).sum(axis=1) == 1) & ~np.any(others, axis=(0, 2))
    case = alone & softened & (first_turn(asks(runs, territory)) == signed)
    weighed, dollars = (mean(np.where(case, 1000.0 * value, np.nan)) for value in (weighed, dollars))
    return {
        "weighed over committed, USD": weighed / dollars,
        "weighed, USD million a year": weighed,
        "committed, USD million a year": dollars,
    }


@statement(
    "logic",
    scenarios=("georgia_2014", "south_ossetia_2015"),
    targets={
        "cuts within four quarters of a signature without a missed condition": at_most(0.2),
        "conditions missed where the schedule is kept": at_most(0.01),
        "restored of what was held back, two quarters after compliance": at_least(0.8),
    },
    mechanism_off=MechanismOff("compliance restores nothing", {"territory.payment_resumption_rate": 0.0}),
)
def breach(play) -> Found:
    """Who keeps the treaty's own schedule misses no condition; few are cut without one; compliance restores the money."""
    runs = play("georgia_2014")
    cut, clean, kept, missed = [], [], [], []
    restored = []
    for territory in (ABKHAZIA, SOUTH_OSSETIA):
        withheld = runs.chose(f"{patron(runs)}.treatment.{territory}", "withhold_subsidy")
        lag = runs.trajectory(f"{territory}.missed_conditions")
        signed = first_signature(runs, territory)
        turns = np.arange(withheld.shape[1])
        window = (turns > signed[:, None]) & (turns <= signed[:, None] + 4) & (signed >= 0)[:, None]
        before = (turns >= signed[:, None]) & (turns <= signed[:, None] + 3)
        cut.append((withheld & window).any(axis=1))
        clean.append((signed >= 0) & ~((lag > 0.0) & before).any(axis=1))
        dragged = runs.chose(f"{territory}.compliance", "drag_feet") | (
            runs.trajectory(f"{territory}.quarters_of_halt_left") > 0.0
        )
        kept.append((turns >= signed[:, None]) & (signed >= 0)[:, None] & ~np.maximum.accumulate(dragged, axis=1))
        missed.append(lag > 0.0)
        share_held = runs.trajectory(f"{territory}.subsidy_withheld")
        met = (lag[:, 1:-2] <= 0.0) & (lag[:, :-3] > 0.0) & (share_held[:, :-3] > 0.05)
        still = ~(withheld[:, 1:-2] | withheld[:, 2:-1] | withheld[:, 3:])
        back = 1.0 - share_held[:, 3:] / np.maximum(share_held[:, :-3], 1e-9)
        restored.append(np.where(met & still, back, np.nan))
    return {
        "cuts within four quarters of a signature without a missed condition": share(np.stack(cut, 1), np.stack(clean, 1)),
        "conditions missed where the schedule is kept": share(np.concatenate(missed, 1), np.concatenate(kept, 1)),
        "restored of what was held back, two quarters after compliance": mean(np.concatenate(restored, 1)),
        "cuts within four quarters of a signature": share(np.stack(cut, 1)),
    }


@statement(
    "observation",
    source="france2015",
    quote="A joint defence and security zone will be created between our two countries, our customs agencies will be integrated "
    "and border crossings for our citizens will become open",
    scenarios=("what_if/tense_line", "georgia_2014"),
    targets={
        "war, defence carried out in full over not at all": below(0.0),
        "dependence, borders open over closed, South Ossetia": above(0.0),
    },
    mechanism_off=MechanismOff(
        "clauses count as depth alone",
        {"territory.protection_by_joint_defence": 0.0, "territory.dependence_by_open_border": 0.0},
    ),
)
def defence_customs(play) -> Found:
    """A clause on defence deters at the line; open borders tie the territory's trade to the patron."""

    def defended(depth: float) -> Runs:
        keys = {f"territories.{place}.agreed.defence": depth for place in (ABKHAZIA, SOUTH_OSSETIA)}
        return play("what_if/tense_line", STATUS_QUO | keys | {"territory.clause_lapse_rate": 0.0})

    def opened(depth: float) -> Runs:
        return play(
            "georgia_2014",
            {
                **STATUS_QUO,
                f"territories.{SOUTH_OSSETIA}.agreed.borders": depth,
                f"territories.{SOUTH_OSSETIA}.implemented.borders": 0.0,
            },
        )

    full, none = defended(1.0), defended(0.0)
    open_, closed = opened(1.0), opened(0.0)
    return {
        "war, defence carried out in full over not at all": mean(
            full.outcome(f"{GEORGIA}.war") - none.outcome(f"{GEORGIA}.war")
        ),
        "dependence, borders open over closed, South Ossetia": effect_on(open_, closed, named(f"{SOUTH_OSSETIA}.dependence")),
        "trade and travel with the patron, borders open over closed": effect_on(
            open_, closed, named(f"{GEORGIA}.trade_and_travel")
        ),
    }


@statement(
    "observation",
    source="france2015",
    quote="The rebel regions are hugely dependent on Russia for military and financial support.",
    scenarios=("georgia_2014",),
    targets={
        "conceded over the run, dependence 0.9 over 0.3, Abkhazia": above(0.0),
        "support for accession, bases few over many, Abkhazia": above(0.0),
        "conceded over the run, bases few over many, Abkhazia": above(0.0),
    },
    mechanism_off=MechanismOff(
        "dependence is no power, and nobody fears the parent",
        {"territory.patron_power_by_dependence": 0.0, "public.support_by_fear": 0.0},
    ),
)
def dependence(play) -> Found:
    """Who depends on the patron concedes more; without its bases people fear the parent, and lean on the patron the more."""

    def with_value(name: str, value: float) -> Runs:
        return play("georgia_2014", {f"territories.{ABKHAZIA}.{name}": value})

    much, little = with_value("dependence", 0.9), with_value("dependence", 0.3)
    few, many = with_value("bases", 0.2), with_value("bases", 1.0)

    def of_abkhazia(runs: Runs) -> np.ndarray:
        return conceded(runs, ABKHAZIA)

    return {
        "conceded over the run, dependence 0.9 over 0.3, Abkhazia": effect_on_average(much, little, of_abkhazia),
        "support for accession, bases few over many, Abkhazia": effect_on_average(
            few, many, named(f"{ABKHAZIA}.accession_share")
        ),
        "conceded over the run, bases few over many, Abkhazia": effect_on_average(few, many, of_abkhazia),
    }
