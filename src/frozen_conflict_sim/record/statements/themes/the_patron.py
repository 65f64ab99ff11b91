"""What the texts say of Moscow: what it hopes to get, whom it asks first, how it treats the parent, what it believes."""

from __future__ import annotations

import numpy as np

from ...estimates import Estimate, mean, share
from ...pattern import MechanismOff
from ...patterns.actions import ABKHAZIA, GEORGIA, SOUTH_OSSETIA, asks, patron
from ...runs import Runs, first_turn
from ...targets import above, at_most, between
from ..measures import STATUS_QUO, SWALLOW, THEATRES, effect_on, named
from ..statement import Found, statement

MOTIVES = ("control", "prestige", "leverage", "clients_demand", "curators_agenda", "consolation")


@statement(
    "observation",
    source="dewaal2015",
    quote="Russia has some intrinsic strategic interests in Abkhazia, but almost none in South Ossetia.",
    scenarios=("georgia_2014",),
    targets={"asked first, Abkhazia: stakes as they are over stakes exchanged": above(0.0)},
    mechanism_off=MechanismOff(
        "strategic stakes count for nobody",
        {"patron.incentives.control": 0.0, "territory.patron_power_lost_to_own_stake": 0.0},
    ),
)
def no_interest(play) -> Found:
    """The strategic stake alone moves which territory is asked first."""
    exchanged = {f"territories.{ABKHAZIA}.stake": 0.1, f"territories.{SOUTH_OSSETIA}.stake": 0.8}

    def first(runs: Runs) -> Estimate:
        abkhazia, south_ossetia = (first_turn(asks(runs, territory)) for territory in (ABKHAZIA, SOUTH_OSSETIA))
        earlier = (abkhazia >= 0) & ((south_ossetia < 0) | (abkhazia < south_ossetia))
        return share(earlier, (abkhazia >= 0) | (south_ossetia >= 0))

    as_is, other = first(play("georgia_2014")), first(play("georgia_2014", exchanged))
    return {
        "asked first, Abkhazia: stakes as they are over stakes exchanged": as_is - other,
        "asked first, Abkhazia: stakes as they are": as_is,
        "asked first, Abkhazia: stakes exchanged": other,
    }


@statement(
    "observation",
    source="dewaal2015",
    quote="The mystery in all this is what Moscow hopes to get out of the new treaty.",
    scenarios=("south_ossetia_2015",),
    targets={"asked within two years without any motive": at_most(0.05)},
)
def the_mystery(play) -> Found:
    """Every coalition of motives can be tried for the treaty with South Ossetia: which suffice alone, which are missed.

    Each motive is there or not in each run, so that all coalitions are played; a part is the share of runs in which the patron
    asks within two years.
    """
    from ....politics.catalogue import declared

    default = {motive: declared.weights["patron", motive].default for motive in MOTIVES}
    runs = play(
        "south_ossetia_2015",
        {f"patron.incentives.{motive}": {"choices": [0.0, value]} for motive, value in default.items()},
    )

    def asked_with(motives) -> Estimate:
        values = {f"patron.incentives.{motive}": default[motive] * (motive in motives) for motive in MOTIVES}
        return share(asks(play("south_ossetia_2015", values), SOUTH_OSSETIA)[:, :8].any(axis=1))

    none, every = asked_with(()), asked_with(MOTIVES)
    asked = asks(runs, SOUTH_OSSETIA)[:, :8].any(axis=1)
    there = {motive: runs.drawn(f"patron.incentives.{motive}") > 0.0 for motive in MOTIVES}
    found = {
        "asked within two years without any motive": none,
        "asked within two years with all motives": every,
    }
    for motive, here in there.items():
        words = motive.replace("_", " ")
        found[f"{words}, alone"] = asked_with((motive,)) - none
        found[f"{words}, missed"] = every - asked_with([other for other in MOTIVES if other != motive])
        found[f"{words}, over all coalitions of the others"] = share(asked, here) - share(asked, ~here)
    return found


ESTRANGED = 0.7  # alienation at the start, as in Kyiv


@statement(
    "logic",
    scenarios=tuple(name for name, _ in THEATRES.values()),
    targets={f"talks within four quarters, {theatre}": at_most(0.7) for theatre in THEATRES}
    | {f"trade opened within four quarters, {theatre}": at_most(0.7) for theatre in THEATRES}
    | {"least drift of trade in a theatre": at_most(0.0)},
    reason="A parent that is little alienated has the more goodwill to be won by talks, so Chisinau is talked to. Kyiv's trade "
    "rises after elections that vote hard-liners out, which Moscow rewards, and hardly otherwise.",
)
def warm_by_default(play) -> Found:
    """A patron does not warm to a neutral parent in nearly all runs, nor does trade drift upward in every theatre."""
    found, drifts, unmoved = {}, {}, {}
    for theatre, (name, parent) in THEATRES.items():
        runs = play(name, STATUS_QUO)
        for words, decision, option in (("talks", "talks", "talk"), ("trade opened", "trade", "open")):
            chosen = runs.chose(f"{patron(runs)}.{decision}.{parent}", option)
            found[f"{words} within four quarters, {theatre}"] = share(chosen[:, :4].any(axis=1))
        drift = runs.trajectory(f"{parent}.trade_and_travel")[:, [0, -1]] @ [-1.0, 1.0]
        same_course = ~(runs.trajectory(f"{parent}.conciliatory_turn") > 0.0).any(axis=1)
        drifts[f"drift of trade, {theatre}"] = mean(drift)
        unmoved[f"drift of trade, {theatre}, no hard-liners voted out"] = mean(drift, same_course)
    least = min(drifts.values(), key=lambda drift: drift.value)
    name, parent = THEATRES["Moldova"]
    estranged = play(name, STATUS_QUO | {f"parents.{parent}.alienation": ESTRANGED})
    talked_to = share(estranged.chose(f"{patron(estranged)}.talks.{parent}", "talk")[:, :4].any(axis=1))
    alike = {f"talks within four quarters, Moldova, alienation {ESTRANGED:g} at the start": talked_to}
    return found | {"least drift of trade in a theatre": least} | alike | drifts | unmoved


HOSTILE = {"parent.incentives.price_of_a_denunciation": 0.0, "parent.incentives.outrage_voiced": 2.0}
COURTEOUS = {"parent.incentives.price_of_a_denunciation": 1.0, "parent.incentives.relations_wanted": 2.0}
UNMOVED = {
    f"parent.incentives.{name}": 0.0
    for name in (
        "grip_resented", "audience", "crowd", "hardliners", "outrage_voiced", "crowd_followed", "relations_wanted",
        "security", "adjustment", "bridges_kept", "hardliners_course", "own_course_kept", "principle", "attraction",
        "concessions_resented", "hearts", "answer_from_across",
    )
}  # fmt: skip


@statement(
    "observation",
    scenarios=("georgia_2014",),
    targets={
        "belief, a parent that denounces over one that courts": above(0.0),
        "belief, strong over weak grievance where the parent's acts are alike": between(-0.02, 0.02),
        "learnt before anything is felt": at_most(0.01),
    },
    mechanism_off=MechanismOff("nothing is learnt", {"parent.learning_rate": 0.0}),
)
def belief(play) -> Found:
    """The patron's belief in the backlash follows what the parent does, not what it feels, and only once something is felt."""
    grievance = {"parent.grievance": 1.0, "parent.accommodation": 0.6}
    hostile, courteous = (play("georgia_2014", SWALLOW | grievance | acts) for acts in (HOSTILE, COURTEOUS))
    strong, weak = (
        play("georgia_2014", SWALLOW | UNMOVED | {"parent.grievance": value, "parent.accommodation": 0.6})
        for value in (1.8, 0.2)
    )
    late = play("georgia_2014", SWALLOW | {"parent.channel_delay": 16})
    held = named(f"{GEORGIA}.perceived_backlash")
    learnt = np.abs(held(late)[:, :16] - held(late)[:, :1]).max(axis=1)
    return {
        "belief, a parent that denounces over one that courts": effect_on(hostile, courteous, held),
        "belief, strong over weak grievance where the parent's acts are alike": effect_on(strong, weak, held),
        "learnt before anything is felt": mean(learnt),
        "belief at the end, as it is": mean(held(play("georgia_2014"))[:, -1]),
    }
