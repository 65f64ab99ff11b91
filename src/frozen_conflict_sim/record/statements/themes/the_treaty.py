"""What the texts say of the treaty once it is signed: what it costs, whether it is kept, and what its clauses do."""

from __future__ import annotations

import numpy as np

from ...estimates import mean, share
from ...pattern import MechanismOff
from ...patterns.actions import ABKHAZIA, GEORGIA, SOUTH_OSSETIA, asks, patron
from ...runs import Runs, first_turn, value_at
from ...targets import above, at_least, at_most, below, between
from ..measures import STATUS_QUO, effect_on, first_signature, named
from ..statement import Found, statement


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
    quote="A joint defence and security zone will be created between our two countries, our customs agencies will be "
    "integrated and border crossings for our citizens will become open",
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
