"""Money paid: late, as the budget allows, and withheld when a condition is missed.

Pensions are exempt from withholding (they were withheld once: Transnistria, August 2014).

Reference: @comai2019; the record (jam-news): of 3.7 billion roubles 179 million were disbursed in
2015.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, either, total
from ...roles import patron, territory
from ...state import clauses

patron.declares(
    usual_budget_pressure=quantity(0.3, 0, 1, "index", "Budget pressure in ordinary years."),
)  # fmt: skip


@patron.changes("budget_pressure", phase="world",
    budget_recovery_rate=quantity(0.05, 0, 1, "per quarter", "How fast the budget recovers."),
)  # fmt: skip
def budget_recovers_slowly(budget_pressure, usual_budget_pressure, budget_recovery_rate):
    """A strained budget recovers over some years.

    >>> round(budget_recovers_slowly(0.7, 0.3, 0.05), 2)
    -0.02
    """
    return budget_recovery_rate * (usual_budget_pressure - budget_pressure)


@territory.changes("subsidy_withheld", phase="patron",
    cut_size=quantity(0.25, 0, 1, "share", "Share of what is still paid that one cut holds back."),
)  # fmt: skip
def held_back(patron_withholds, subsidy_withheld, cut_size):
    """The patron holds back a part of what it still pays.

    >>> held_back(1.0, 0.0, 0.25)
    0.25
    """
    return patron_withholds * cut_size * (1.0 - subsidy_withheld)


@territory.changes("scheduled", phase="money")
def schedule_runs(agreed, scheduled, implementation_rate):
    """A treaty sets its own schedule: each clause is to be carried out at its own speed.

    >>> round(schedule_runs(0.8, 0.4, 0.5), 2)
    0.2
    """
    return implementation_rate * (agreed - scheduled)


@territory.derived("depth in all",
    conditions_for_money=quantity(clauses(0, 0, 0, 1, 0, 1), 0, 1, "index",
        "How far the patron's money depends on a clause being carried out: police and law, "
        "citizenship and land are for the client to do.", by="clause"),
    shortfall_tolerated=quantity(0.03, 0, 1, "depth",
        "Shortfall behind the treaty's own schedule that the patron overlooks."),
)  # fmt: skip
def missed_conditions(scheduled, implemented, conditions_for_money, shortfall_tolerated):
    """How far clauses lag behind schedule on which the patron's money depends.

    >>> round(missed_conditions([0.9, 0.6], [0.5, 0.3], [0.0, 1.0], 0.1), 2)
    0.2
    """
    return total(
        [
            condition * at_least(due - done - shortfall_tolerated, 0.0)
            for condition, due, done in zip(conditions_for_money, scheduled, implemented)
        ]
    )


@territory.changes("subsidy_withheld", phase="money",
    payment_resumption_rate=quantity(0.6, 0, 1, "per quarter",
        "How fast payments resume once conditions are met; one is at a stroke."),
)  # fmt: skip
def payments_resume(subsidy_withheld, missed_conditions, payment_resumption_rate):
    """Compliance restores the money.

    >>> payments_resume(0.25, 0.0, 0.6), payments_resume(0.25, 0.1, 0.6)
    (-0.15, -0.0)
    """
    return -payment_resumption_rate * subsidy_withheld * either(missed_conditions > 0.0, 0.0, 1.0)


@territory.derived("USD per head a year",
    programme_honoured=quantity(1.0, 0, 1, "share",
        "Share of a signed programme that the patron means to pay."),
)  # fmt: skip
def subsidy_meant(standing_subsidy, programme, programme_honoured):
    """What the patron means to pay of what it has promised.

    >>> subsidy_meant(1000.0, 400.0, 0.5)
    1200.0
    """
    return standing_subsidy + programme_honoured * programme


@territory.derived("USD per head a year",
    pension_share=quantity(0.35, 0, 1, "share",
        "Share of the subsidy that is pensions and exempt from cuts."),
    cut_under_budget_pressure=quantity(0.3, 0, 1, "ratio",
        "How much full budget pressure cuts from what is not exempt."),
)  # fmt: skip
def subsidy_due(
    subsidy_meant,
    subsidy_withheld,
    budget_pressure,
    pension_share,
    cut_under_budget_pressure,
    usual_budget_pressure,
):
    """What the patron will really pay: pensions in full, the rest as budget and displeasure allow.

    >>> subsidy_due(1000.0, 0.0, 0.3, 0.35, 0.3, 0.3)
    1000.0
    """
    strained = 1.0 - cut_under_budget_pressure * at_least(
        budget_pressure - usual_budget_pressure, 0.0
    )
    return subsidy_meant * (
        pension_share + (1.0 - pension_share) * strained * (1.0 - subsidy_withheld)
    )


@territory.changes("subsidy_paid", phase="money",
    payment_adjustment_rate=quantity(0.21, 0.01, 1, "per quarter",
        "Share of the gap to what is due that payments close in a quarter."),
)  # fmt: skip
def payments_follow(subsidy_due, subsidy_paid, payment_adjustment_rate):
    """Payments follow what is due, late.

    >>> payments_follow(1200.0, 1000.0, 0.2)
    40.0
    """
    return payment_adjustment_rate * (subsidy_due - subsidy_paid)
