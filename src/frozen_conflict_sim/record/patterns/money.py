"""What the patron pays, how late, on what condition, and what a cut does."""

from __future__ import annotations

import numpy as np

from ..estimates import Estimate, average, mean, share
from ..pattern import MechanismOff, pattern
from ..runs import Runs, first_turn, goes_on_for, happened_within, happens_within, value_at
from ..targets import at_least, below, between
from .actions import ABKHAZIA, MASS_PROTEST, SOUTH_OSSETIA, TRANSNISTRIA, signs, withholds

NAMES = {ABKHAZIA: "Abkhazia", SOUTH_OSSETIA: "South Ossetia"}
TWO_YEARS = 8


@pattern(
    "test",
    "B",
    {name: at_least(0.7) for name in NAMES.values()},
    "subsidies.csv: highest later years 0.85 of 2014 in Abkhazia, 0.82 in South Ossetia",
    must_fail=("persistence", "base_rates"),
    mechanism_off=MechanismOff("the rouble does not fall", {}, events=("fall of the rouble",)),
)
def dollar_trough(georgia_2014: Runs) -> dict[str, Estimate]:
    """After the fall of the rouble the patron's payments in dollars do not regain their level of 2014 by 2018, in most runs."""

    def stays_below(territory: str) -> Estimate:
        bill = georgia_2014.during(f"{territory}.bill_in_dollars", "2014-Q1", "2019-Q1")
        yearly = bill.reshape(len(bill), -1, 4).mean(axis=2)
        return share((yearly[:, 1:] < yearly[:, :1]).all(axis=1), np.isfinite(yearly).all(axis=1))

    return {name: stays_below(territory) for territory, name in NAMES.items()}


@pattern(
    "test",
    "C",
    {f"paid over promised, {name}": below(0.75) for name in NAMES.values()}
    | {f"withheld if a condition is missed, {name}": at_least(0.15) for name in NAMES.values()},
    "Abkhazia 2015: 179 million of 3.7 billion roubles of one tranche",
    must_fail=("persistence", "no_treaty", "random_option", "base_rates"),
    mechanism_off=MechanismOff("the patron does not mind missed conditions", {"patron.incentives.compliance": 0.0}),
)
def late_and_conditional(georgia_2014: Runs) -> dict[str, Estimate]:
    """Payment lags three quarters after signature, and a missed condition raises withholding."""
    parts = {}
    for territory, name in NAMES.items():
        later = first_turn(signs(georgia_2014, territory))
        later = np.where(later >= 0, later + 3, -1)
        paid, promised = (
            value_at(georgia_2014.trajectory(f"{territory}.{money}"), later) for money in ("subsidy_paid", "subsidy_promised")
        )
        parts[f"paid over promised, {name}"] = mean(paid / promised)
    for territory, name in NAMES.items():
        missed = np.roll(georgia_2014.trajectory(f"{territory}.missed_conditions"), 1, axis=1)
        missed[:, 0] = np.nan  # a decision sees how things stood at the end of the turn before
        seen, cut = np.isfinite(missed) & georgia_2014.alive, withholds(georgia_2014, territory)
        raised = share(cut, seen & (missed > 0.0)) - share(cut, seen & (missed == 0.0))
        parts[f"withheld if a condition is missed, {name}"] = raised
    return parts


@pattern(
    "test",
    "B",
    at_least(0.15),
    "Transnistria 2014–16, Abkhazia 2013 (−26 %) → 2014 and 2015–16, South Ossetia 2018–19",
    must_fail=("persistence", "base_rates"),
    mechanism_off=MechanismOff(
        "money moves nobody",
        {
            "elite.legitimacy_by_money": 0.0,
            "public.pocketbook_voting": 0.0,
            "public.hardship_anger": 0.0,
            "public.support_by_gratitude": 0.0,
        },
    ),
)
def cut_then_fall(georgia_2014: Runs, transnistria_2014: Runs) -> Estimate:
    """Within two years of a patron's cut the leader loses office or meets mass protest more often than without one.

    Cuts are compared within a territory, then averaged: with turns that no cut preceded for two years.
    """

    def raised(runs: Runs, territory: str) -> Estimate:
        cut = withholds(runs, territory)
        falls = runs.happened(f"{territory}.forced_exit") | runs.happened(f"{territory}.incumbent_beaten")
        trouble = falls | (runs.trajectory(f"{territory}.mobilisation") > MASS_PROTEST)
        ahead, seen = happens_within(trouble, TWO_YEARS), goes_on_for(runs.alive, TWO_YEARS)
        return share(ahead, seen & cut) - share(ahead, seen & ~happened_within(cut, TWO_YEARS))

    cases = (georgia_2014, ABKHAZIA), (georgia_2014, SOUTH_OSSETIA), (transnistria_2014, TRANSNISTRIA)
    return average([raised(*case) for case in cases])


@pattern(
    "input",
    "A",
    {
        "budget, South Ossetia": between(0.80, 0.99),
        "budget, Abkhazia": between(0.53, 0.71),
        "per head, South Ossetia over Abkhazia": between(2, 6),
    },
    "subsidies.csv: the patron's share of the budget, and its payments per head",
)
def subsidy_order(georgia_2014: Runs) -> dict[str, Estimate]:
    """The patron pays most of both budgets, more of South Ossetia's, and two to six times as much per head there."""
    start = {
        territory: {name: mean(georgia_2014.trajectory(f"{territory}.{name}")[:, 0]) for name in ("dependence", "subsidy_paid")}
        for territory in NAMES
    }
    return {
        "budget, South Ossetia": start[SOUTH_OSSETIA]["dependence"],
        "budget, Abkhazia": start[ABKHAZIA]["dependence"],
        "per head, South Ossetia over Abkhazia": start[SOUTH_OSSETIA]["subsidy_paid"] / start[ABKHAZIA]["subsidy_paid"],
    }
