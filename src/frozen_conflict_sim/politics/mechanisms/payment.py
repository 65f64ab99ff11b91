"""Money paid: late, as the budget allows, and withheld when a condition is missed.

Pensions are exempt from withholding (they were withheld once: Transnistria, August 2014).

Reference: jam-news on 2015: 179 million of 3.7 billion roubles were disbursed; Comai (2019).
"""

from ...engine.declare.parameter import quantity
from ...engine.numerics import at_least
from ..roles import LAND, LAW, patron, territory

patron.declares(normal_pressure=quantity(0.3, 0, 1, "index", "Budget pressure in ordinary years."))


@patron.changes(
    "budget_pressure",
    phase="world",
    budget_recovers=quantity(0.05, 0, 1, "per quarter", "How fast the budget recovers."),
)
def budget_recovers_slowly(budget_pressure, normal_pressure, budget_recovers):
    """A strained budget recovers over some years.

    >>> round(budget_recovers_slowly(0.7, 0.3, 0.05), 2)
    -0.02
    """
    return budget_recovers * (normal_pressure - budget_pressure)


@territory.changes(
    "withheld",
    phase="patron",
    a_cut=quantity(0.25, 0, 1, "share", "Share of what is still paid that one cut holds back."),
)
def held_back(patron_withholds, withheld, a_cut):
    """The patron holds back a part of what it still pays.

    >>> held_back(1.0, 0.0, 0.25)
    0.25
    """
    return patron_withholds * a_cut * (1.0 - withheld)


@territory.measure(
    "depth", tolerance=quantity(0.10, 0, 1, "depth", "Shortfall that the patron overlooks.")
)
def missed_conditions(agreed, implemented, tolerance):
    """How far the clauses fall short that a client must carry out itself: police and law, citizenship and land.

    >>> round(missed_conditions([0, 0, 0, 0.6, 0, 0.3], [0, 0, 0, 0.3, 0, 0.3], 0.1), 2)
    0.2
    """
    law, land = agreed[LAW] - implemented[LAW], agreed[LAND] - implemented[LAND]
    return at_least(law - tolerance, 0.0) + at_least(land - tolerance, 0.0)


@territory.changes(
    "withheld",
    phase="money",
    forgiveness=quantity(
        0.2, 0, 1, "per quarter", "How fast payments resume once conditions are met."
    ),
)
def payments_resume(withheld, missed_conditions, forgiveness):
    """Compliance restores the money.

    >>> payments_resume(0.25, 0.0, 0.2)
    -0.05
    """
    return -forgiveness * withheld * at_least(1.0 - 2.0 * missed_conditions, 0.0)


@territory.measure(
    "USD per head a year",
    pensions=quantity(
        0.35, 0, 1, "share", "Share of the subsidy that is pensions and exempt from cuts."
    ),
    cut_under_pressure=quantity(
        0.3, 0, 1, "ratio", "How much full budget pressure cuts from what is not exempt."
    ),
)
def due(promised, withheld, budget_pressure, pensions, cut_under_pressure, normal_pressure):
    """What will really be paid: pensions in full, the rest as the budget and the patron's displeasure allow.

    >>> due(1000.0, 0.0, 0.3, 0.35, 0.3, 0.3)
    1000.0
    """
    strained = 1.0 - cut_under_pressure * at_least(budget_pressure - normal_pressure, 0.0)
    return promised * (pensions + (1.0 - pensions) * strained * (1.0 - withheld))


@territory.changes(
    "paid",
    phase="money",
    payment_lag=quantity(
        0.21,
        0.01,
        1,
        "per quarter",
        "Share of the gap to what is due that payments close in a quarter.",
    ),
)
def payments_follow(due, paid, payment_lag):
    """Payments follow what is due, late.

    >>> payments_follow(1200.0, 1000.0, 0.2)
    40.0
    """
    return payment_lag * (due - paid)
