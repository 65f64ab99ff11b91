"""What the texts say of Tbilisi: normalisation, the railway, conservatives, and outrage."""

from __future__ import annotations

import numpy as np

from ....politics.mechanisms.treaties import bargaining
from ...estimates import Estimate, mean, share
from ...pattern import MechanismOff
from ...patterns.actions import ABKHAZIA, GEORGIA
from ...runs import Runs
from ...targets import above, at_least, below, between
from ..measures import (
    CHANNELS_OFF,
    STATUS_QUO,
    SWALLOW,
    default_weight,
    effect_after,
    effect_on,
    effect_on_share,
    first_signature,
    largest,
    named,
    size,
    smallest,
)
from ..statement import Found, statement

TALKS, TRADE = f"{GEORGIA}.political_normalisation", f"{GEORGIA}.trade_and_travel"


def mandate(policy: str) -> dict:
    """The patron's policy."""
    return {"patron.policy": policy}


@statement(
    "observation",
    source="dewaal2015",
    quote="But of course normalization of relations with Georgia, a project that scored some successes in the last two "
    "years, is impossible as long as Moscow continues to strengthen its grip on the two disputed provinces.",
    scenarios=("georgia_2014",),
    targets={
        "political normalisation does not rise while the grip tightens": at_least(0.8),
        "political normalisation rises without tightening": at_least(0.5),
        "difference that tightening makes with both channels off": between(-0.01, 0.01),
        "trade and travel, change while the grip tightens": above(0.0),
    },
    mechanism_off=CHANNELS_OFF,
)
def tightening_blocks(play) -> Found:
    """While the grip tightens, political normalisation does not rise, though trade recovers; without tightening it does."""

    def rise(runs: Runs, name: str) -> np.ndarray:
        course = runs.trajectory(name)
        return course[:, -1] - course[:, 0]

    grip, none = play("georgia_2014", SWALLOW), play("georgia_2014", STATUS_QUO)
    deaf = {"parent.channels": "off"}
    grip_unfelt, none_unfelt = play("georgia_2014", SWALLOW | deaf), play("georgia_2014", STATUS_QUO | deaf)

    def risen(runs: Runs) -> Estimate:
        moved = rise(runs, TALKS)
        return share(moved > 0.0, np.isfinite(moved))

    moved = rise(grip, TALKS)
    return {
        "political normalisation does not rise while the grip tightens": share(moved <= 0.0, np.isfinite(moved)),
        "political normalisation rises without tightening": risen(none),
        "difference that tightening makes with both channels off": effect_on(grip_unfelt, none_unfelt, named(TALKS)),
        "trade and travel, change while the grip tightens": mean(rise(grip, TRADE)),
        "political normalisation, change while the grip tightens": mean(moved),
        "political normalisation, change without tightening": mean(rise(none, TALKS)),
    }


@statement(
    "observation",
    source="dewaal2015",
    quote="The Abkhaz treaty has already kindled new suspicions between Tbilisi and Moscow and drastically reduced any hopes "
    "that the railway running between Georgia and Russia via Abkhazia gets reopened.",
    scenarios=("georgia_2014",),
    targets={
        "opened within ten years, status quo over own judgement": at_least(2.0),
        "the parent's hopes, within two quarters of a signature": below(0.0),
        "the elite's hopes, within two quarters of a signature": below(0.0),
        "opened, conciliate": above(0.0),
        "opened, lavrov": above(0.0),
    },
    mechanism_off=CHANNELS_OFF,
)
def suspicion_railway(play) -> Found:
    """The Abkhaz treaty takes hopes of the railway from both sides; without treaties it opens twice as often or more."""
    own, none = play("georgia_2014"), play("georgia_2014", STATUS_QUO)
    signed = first_signature(own, ABKHAZIA)
    relations, resentment, line = (named(f"{GEORGIA}.{name}") for name in ("political_normalisation", "alienation", "tension"))

    def hope_of_parent(runs: Runs) -> np.ndarray:
        hard, west = (runs.trajectory(f"{GEORGIA}.{name}") for name in ("hardline_share", "western_alignment"))
        veto = runs.value("parent", GEORGIA, "hardliners_influence_on_projects")
        hurt = resentment(runs) + veto * hard
        weight = {name: default_weight("parent", name) for name in ("transit", "sovereignty_hurt", "west_displeased")}
        return weight["transit"] * relations(runs) - weight["sovereignty_hurt"] * hurt - weight["west_displeased"] * west

    def hope_of_elite(runs: Runs) -> np.ndarray:
        wish, minded = (runs.trajectory(f"{ABKHAZIA}.{name}") for name in ("mean_ideal", "mean_autonomy_mindedness"))
        gain = default_weight("elite", "trade_across_the_line") * relations(runs)
        nearer = default_weight("elite", "closer_to_the_patron") * wish
        return gain + nearer - default_weight("elite", "status_at_risk") * (minded + 0.5 * line(runs))

    def opened(policy: str) -> Estimate:
        return share(play("georgia_2014", mandate(policy)).outcome("railway.opened") > 0.5)

    return {
        "opened within ten years, status quo over own judgement": opened("status_quo") / opened("own_judgement"),
        "the parent's hopes, within two quarters of a signature": smallest(
            effect_after(own, none, hope_of_parent, signed, lag) for lag in (1, 2)
        ),
        "the elite's hopes, within two quarters of a signature": smallest(
            effect_after(own, none, hope_of_elite, signed, lag) for lag in (1, 2)
        ),
        "suspicion, within two quarters of a signature": largest(
            effect_after(own, none, named(f"{GEORGIA}.suspicion"), signed, lag) for lag in range(3)
        ),
    } | {f"opened, {policy}": opened(policy) for policy in ("own_judgement", "status_quo", "conciliate", "lavrov")}


@statement(
    "logic",
    scenarios=("georgia_2014",),
    targets={"second largest effect": at_least(0.02)},
    mechanism_off=MechanismOff(
        "an open railway moves nothing",
        {
            "parent.trade_gain_by_corridor": 0.0,
            "parent.tension_decay_by_corridor": 0.0,
            "territory.outside_option_by_corridor": 0.0,
        },
    ),
)
def railway_matters(play) -> Found:
    """An open railway moves at least two of trade, dependence, tension and the elite's alternatives."""
    never = STATUS_QUO | {"patron.incentives.burden_of_a_project": 1.0, "patron.incentives.corridor": 0.0}
    lasting = {"project.cancellation_threshold": 1.0}
    runs = {
        there: play(
            "georgia_2014",
            never | lasting | {"projects.railway.project_agreed": there, "projects.railway.project_open": there},
        )
        for there in (1.0, 0.0)
    }
    effects = {
        name: effect_on(runs[1.0], runs[0.0], quantity)
        for name, quantity in {
            "trade and travel": named(TRADE),
            "dependence, Abkhazia": named(f"{ABKHAZIA}.dependence"),
            "tension": named(f"{GEORGIA}.tension"),
            "alternatives, Abkhazia": alternatives,
        }.items()
    }
    ranked = sorted((size(found) for found in effects.values()), key=lambda found: found.value)
    return {"second largest effect": ranked[-2]} | effects


def alternatives(runs: Runs) -> np.ndarray:
    """What Abkhazia could lean on besides its patron, from recorded quantities."""
    half = runs.value("territory", ABKHAZIA, "recognisers_half_saturation")
    there = runs.value("territory", ABKHAZIA, "outside_option_by_corridor")
    friends = runs.trajectory(f"{ABKHAZIA}.recognisers")
    return bargaining.outside_option(
        runs.trajectory(f"{ABKHAZIA}.engagement"),
        runs.trajectory(f"{ABKHAZIA}.western_engagement"),
        friends / (friends + half),
        there * runs.trajectory("railway.project_open"),
        runs.value("territory", ABKHAZIA, "outside_option_by_trade")
        * runs.value("territory", ABKHAZIA, "trade_shares", "others"),
    )


@statement(
    "observation",
    source="dewaal2015",
    quote="More conservative voices in the Georgian government are prevailing, and policy is increasingly defaulting back to "
    "the isolationist stance of the late Saakashvili years: blaming Russia for “occupation” and doing little to engage "
    "the Abkhaz and Ossetians.",
    scenarios=("georgia_2014",),
    targets={
        "hard-line share, at its peak": at_least(0.05),
        "isolates, share of quarters": above(0.0),
        "engages, share of quarters": below(0.0),
    },
    mechanism_off=CHANNELS_OFF,
)
def conservatives(play) -> Found:
    """Treaties raise the weight of hard-liners in Tbilisi, which isolates the territories more often and engages them less."""
    own, none = play("georgia_2014"), play("georgia_2014", STATUS_QUO)
    hard = named(f"{GEORGIA}.hardline_share")

    def chosen(option: str):
        return lambda runs: runs.chose(f"{GEORGIA}.toward_territory.{ABKHAZIA}", option)

    return {
        "hard-line share, at its peak": largest(effect_on(own, none, hard, turn) for turn in range(40)),
        "isolates, share of quarters": effect_on_share(own, none, chosen("isolate")),
        "engages, share of quarters": effect_on_share(own, none, chosen("engage")),
    }


HELD = {"parent.concessions_adjustment_rate": 0.0}


@statement(
    "observation",
    source="france2015",
    quote="It is outrageous that the Russian Federation responds with destructive actions to Georgia's efforts to find "
    "meaningful ways to settle the existing problems.",
    scenarios=("south_ossetia_2015",),
    targets={"alienation within a year of the signature, after concessions over without": at_least(0.02)},
    mechanism_off=MechanismOff(
        "a treaty is no insult to those who have just conceded", {"parent.outrage_after_concessions": 0.0}
    ),
)
def destructive(play) -> Found:
    """A treaty alienates Tbilisi more if it has itself just made concessions."""

    def resented(concessions: float) -> list[np.ndarray]:
        values = HELD | {"parent.recent_concessions": concessions}
        own, none = play("south_ossetia_2015", values), play("south_ossetia_2015", values | STATUS_QUO)
        signed = first_signature(own, "south_ossetia")
        return [effect_after(own, none, named(f"{GEORGIA}.alienation"), signed, lag) for lag in range(1, 5)]

    return {
        "alienation within a year of the signature, after concessions over without": largest(
            after - without for after, without in zip(resented(1.0), resented(0.0))
        ),
        "alienation within a year of the signature, after concessions": largest(resented(1.0)),
        "alienation within a year of the signature, without": largest(resented(0.0)),
    }
