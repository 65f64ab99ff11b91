"""What the texts say of the bargain: what elites sign, what they keep, what an empty answer costs, who depends on whom."""

from __future__ import annotations

import numpy as np

from ...estimates import Estimate, mean, share
from ...pattern import MechanismOff
from ...patterns.actions import ABKHAZIA, SOUTH_OSSETIA, asks, bids
from ...runs import Runs, first_turn, value_at
from ...targets import above, at_least, at_most
from ..measures import CLAUSES, SWALLOW, conceded, effect_on_average, first_signature, named
from ..statement import Found, statement

ALIKE = {f"territories.{territory}.public.autonomy_minded_share": 0.5 for territory in (ABKHAZIA, SOUTH_OSSETIA)}
NO_OFFICES = {f"territory.offices_by_clause.{clause}": 0.0 for clause in CLAUSES}
LAND_ALONE = {f"patron.asks.{clause}": 0.0 for clause in CLAUSES if clause != "citizenship_and_land"}


def waited(runs: Runs, territory: str) -> np.ndarray:
    """Quarters from the first ask to the first signature, by run; without one, to the end of the run. NaN without an ask."""
    asked, signed = first_turn(asks(runs, territory)), first_signature(runs, territory)
    end = np.where(signed >= 0, signed, runs.alive.sum(axis=1))
    return np.where(asked >= 0, end - asked, np.nan).astype(float)


@statement(
    "observation",
    source="dewaal2015",
    quote="For the elite, it is the best of both worlds, as they will keep their nominal independence, with all the "
    "trappings and perks that brings, while getting closer to Russia.",
    scenarios=("georgia_2014",),
    targets={
        "quarters until signed, offices touched over untouched, Abkhazia": above(0.0),
        "quarters until signed, law and borders take all offices, Abkhazia": above(0.0),
        "lost by perks: accession over treaty, in shares of what there was": above(0.0),
    },
    mechanism_off=MechanismOff("perks count for nobody", {"elite.incentives.perks_at_risk": 0.0}),
)
def best_of_both(play) -> Found:
    """What leaves offices, contracts and flag alone is signed sooner; perks deter from accession more than from a treaty."""
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
    quote="The Abkhaz re-drafted their treaty to keep several elements of their de facto sovereignty. […] South Ossetia is "
    "being swallowed up.",
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
    """Asked for land and citizenship, Abkhazia refuses, drags on, or signs and contests, and does not settle for nothing."""
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
