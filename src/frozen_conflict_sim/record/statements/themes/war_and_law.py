"""What the texts say of war and law: the war of 2008, solidarity with Ukraine, warrants and rulings."""

from __future__ import annotations

import numpy as np

from ...estimates import Estimate, mean, share
from ...pattern import MechanismOff
from ...patterns.actions import ABKHAZIA, GEORGIA, SOUTH_OSSETIA
from ...runs import Runs
from ...targets import above, at_least, at_most, below, between
from ..measures import effect_on, effect_on_average, effect_on_share, named
from ..statement import Found, statement

GOES_ON = {"play.after_war": "goes_on"}
TOLD = "war of August 2008"


@statement(
    "observation",
    source="afp2022",
    quote="Georgia, where the Russian offensive against Ukraine has sparked a surge of solidarity",
    scenarios=("three_theatres_2014", "south_ossetia_2022"),
    targets={
        "support for the West in Georgia, at once": at_least(0.05),
        "support for the West in Georgia, two years after a war of a quarter, relative to at once": at_most(0.5),
        "support for the West in Georgia at once, war on a state outside the scenario": at_least(0.05),
    },
    mechanism_off=MechanismOff("war elsewhere moves no public", {"parent.opinion_by_solidarity": 0.0}),
)
def solidarity(play) -> Found:
    """A war elsewhere under the same patron moves the public toward the West by mechanism, at once and fading."""
    at_war, at_peace = (
        play("three_theatres_2014", GOES_ON | {"parents.ukraine.quarters_of_war_left": quarters}) for quarters in (1.0, 0.0)
    )
    opinion = named(f"{GEORGIA}.public_opinion")
    at_once = effect_on(at_war, at_peace, opinion, 0)
    outside, none = play("south_ossetia_2022"), play("south_ossetia_2022", without=("war in Ukraine",))
    return {
        "support for the West in Georgia, at once": at_once,
        "support for the West in Georgia, two years after a war of a quarter, relative to at once": effect_on(
            at_war, at_peace, opinion, 8
        )
        / at_once,
        "support for the West in Georgia at once, war on a state outside the scenario": effect_on(outside, none, opinion, 1),
        "the same two years later, the war going on": effect_on(outside, none, opinion, 9),
    }


@statement(
    "observation",
    source="afp2022",
    quote="In August 2008, Russia attacked Georgia […]. The fighting ended after five days with the establishment of a "
    "ceasefire brokered by the European Union. But they had claimed more than 700 lives and displaced tens of "
    "thousands of ethnic Georgians.",
    scenarios=("georgia_2006",),
    targets={
        "runs with a war of its own accord": between(0.02, 0.5),
        "quarters of war, West inattentive over attentive": above(0.0),
        "displaced, thousand people": above(0.0),
        "bases, South Ossetia": above(0.0),
        "recognised by the patron, South Ossetia": above(0.0),
        "fighting lasts as long as told": at_least(0.95),
        "support for the West, third quarter of a war of three over of one": above(0.0),
    },
    mechanism_off=MechanismOff(
        "a clash is never a war, and a war changes nothing by itself",
        {
            "parent.war_after_clash": 0.0,
            "territory.displaced_by_war": 0.0,
            "territory.troops_by_war": 0.0,
            "patron.incentives.victory_sealed": 0.0,
            "parent.ceasefire_rate_by_mediation": 0.0,
            "parent.opinion_by_war": 0.0,
        },
    ),
)
def five_day_war(play) -> Found:
    """A war can break out of its own accord; it displaces people, and brings bases, recognition and a brokered ceasefire."""
    free, told = play("georgia_2006", without=(TOLD,)), play("georgia_2006")
    own_accord = free.trajectory(f"{GEORGIA}.fighting") > 0.5

    def at_start(quarters: float, **values) -> Runs:
        told_now = {f"parents.{GEORGIA}.quarters_of_war_left": quarters}
        return play("georgia_2006", told_now | values, without=(TOLD,))

    deaf = {"west.western_attention": 0.0, "west.western_attention_recovery_rate": 0.0}
    long, brief = at_start(3.0), at_start(1.0)
    inattentive, attentive = at_start(1.0, **deaf), brief

    def fought(runs: Runs) -> np.ndarray:
        return (runs.trajectory(f"{GEORGIA}.fighting")[:, :8] > 0.5).sum(axis=1).astype(float)

    def left(name: str) -> Estimate:
        return effect_on(told, free, named(f"{SOUTH_OSSETIA}.{name}"))

    return {
        "runs with a war of its own accord": share(own_accord.any(axis=1)),
        "quarters of war, West inattentive over attentive": mean(fought(inattentive) - fought(attentive)),
        "displaced, thousand people": mean(
            sum(
                told.trajectory(f"{t}.displaced_people")[:, -1] - free.trajectory(f"{t}.displaced_people")[:, -1]
                for t in (ABKHAZIA, SOUTH_OSSETIA)
            )
        ),
        "bases, South Ossetia": left("bases"),
        "recognised by the patron, South Ossetia": left("recognition"),
        "recognised by the patron, Abkhazia": effect_on(told, free, named(f"{ABKHAZIA}.recognition")),
        "fighting lasts as long as told": share((long.trajectory(f"{GEORGIA}.fighting")[:, :3] > 0.5).all(axis=1)),
        "support for the West, third quarter of a war of three over of one": effect_on(
            long, brief, named(f"{GEORGIA}.public_opinion"), 3
        ),
        "quarters fought of a war of one quarter": mean(fought(brief)),
        "quarters fought of a war of three quarters": mean(fought(long)),
    }


@statement(
    "observation",
    source="afp2022",
    quote="In March, the prosecutor of the International Criminal Court (ICC) in The Hague, Karim Khan, called for arrest "
    "warrants to be issued against three current and former South Ossetian officials […]. Last year, the European "
    "Court of Human Rights (ECHR) ruled that Russia was responsible for post-war human rights abuses.",
    scenarios=("south_ossetia_2022",),
    targets={
        "legitimacy of the leader, size of the change": above(0.0),
        "elite reaches out, share of quarters": below(0.0),
        "the West engages, share of quarters": below(0.0),
        "the West condemns, share of quarters": above(0.0),
        "the parent denounces, share of quarters": above(0.0),
    },
    mechanism_off=MechanismOff(
        "warrants and rulings touch nobody",
        {
            "elite.legitimacy_by_indictment": 0.0,
            "elite.incentives.wanted_abroad": 0.0,
            "voice.incentives.tainted_partners": 0.0,
            "voice.incentives.rulings_voiced": 0.0,
            "parent.incentives.right_confirmed": 0.0,
        },
    ),
)
def justice(play) -> Found:
    """Warrants and rulings are events that touch what they name: leaders' legitimacy and travel, the West, the parent."""
    warrants = ("warrants of the International Criminal Court",)
    touched, none = play("south_ossetia_2022"), play("south_ossetia_2022", without=warrants)
    open_hand = {"elite.incentives.hand_taken": 2.0, "elite.incentives.patron_displeased": 0.0}
    reaching, unwanted = play("south_ossetia_2022", open_hand), play("south_ossetia_2022", open_hand, without=warrants)

    def voices(decision: str, option: str) -> Estimate:
        acts = [
            np.mean([runs.chose(f"{voice}.{decision}", option) for voice in ("nato", "eu", "us")], axis=0)
            for runs in (touched, none)
        ]
        return mean(acts[0], touched.alive) - mean(acts[1], none.alive)

    legitimacy = effect_on_average(touched, none, named(f"{SOUTH_OSSETIA}.legitimacy"))
    return {
        "legitimacy of the leader, size of the change": legitimacy
        if legitimacy.value >= 0
        else legitimacy - legitimacy - legitimacy,
        "elite reaches out, share of quarters": effect_on_share(
            reaching, unwanted, lambda runs: runs.chose(f"{SOUTH_OSSETIA}.initiative", "reach_out")
        ),
        "the West engages, share of quarters": voices("toward_territories", "engage"),
        "the West condemns, share of quarters": voices("statement", "condemn"),
        "the parent denounces, share of quarters": effect_on_share(
            touched, none, lambda runs: runs.chose(f"{GEORGIA}.toward_patron", "denounce")
        ),
    }
