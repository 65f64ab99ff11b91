"""Money: promised, committed, paid late, withheld, and got used to. Only deviations from what is expected move anybody.

People adapt fast to good fortune and slowly to hardship; welfare clauses commit a programme that ramps up and has a sunset;
pensions are exempt from withholding (they were withheld once: Transnistria, August 2014).
"""

from ...engine.quantity import quantity
from ...engine.words import at_least, average, either, exp, log
from ..roles import patron, territory

patron.declares(normal_pressure=quantity(0.3, 0, 1, "index", "Budget pressure in ordinary years."))


@patron.changes("budget_pressure", phase="world", budget_recovers=quantity(0.05, 0, 1, "per turn", "How fast the budget recovers."))
def budget_recovers_slowly(budget_pressure, normal_pressure, budget_recovers):
    """A strained budget recovers over some years.

    >>> round(budget_recovers_slowly(0.7, 0.3, 0.05), 2)
    -0.02
    """
    return budget_recovers * (normal_pressure - budget_pressure)


@territory.changes("committed", phase="elites", programme_size=quantity(1.6, 0, 5, "ratio", "Money that goes with a full step to parity in welfare, relative to the subsidy at the start."))
def committed_by_signature(signed_step, programme_size, base_subsidy):
    """Signed welfare clauses commit money.

    >>> round(committed_by_signature([0, 0, 0, 0, 0.25, 0], 1.6, 1000.0))
    400
    """
    return programme_size * signed_step[4] * base_subsidy


@territory.measure("USD per head a year", ramp=quantity(0.36, 0, 1, "per turn", "Share of the committed money that becomes a programme in a turn."))
def started_now(committed, ramp):
    """How much committed money becomes a programme this turn.

    >>> started_now(100.0, 0.36)
    36.0
    """
    return ramp * committed


@territory.changes("committed", phase="money")
def commitment_used(started_now):
    """What has become a programme is no longer waiting.

    >>> commitment_used(36.0)
    -36.0
    """
    return -started_now


@territory.changes("programme", phase="money")
def programme_started(started_now):
    """Commitments become programmes.

    >>> programme_started(36.0)
    36.0
    """
    return started_now


@territory.changes("programme", phase="money", sunset=quantity(0.06, 0, 1, "per turn", "Share of a programme that ends in a turn."))
def programme_ends(programme, sunset):
    """Programmes run out.

    >>> programme_ends(100.0, 0.06)
    -6.0
    """
    return -sunset * programme


@territory.changes("standing_subsidy", phase="patron", a_raise=quantity(0.10, 0, 1, "ratio", "How much a raise adds, relative to the subsidy at the start."))
def raised(patron_raises_subsidy, a_raise, base_subsidy):
    """The patron pays more from now on.

    >>> raised(1.0, 0.1, 1000.0)
    100.0
    """
    return patron_raises_subsidy * a_raise * base_subsidy


@territory.changes("turns_since_raise", phase="patron")
def time_since_the_raise(patron_raises_subsidy, turns_since_raise):
    """A turn more since the last raise, or none.

    >>> time_since_the_raise(0.0, 3.0)
    1.0
    """
    return either(patron_raises_subsidy > 0.5, -turns_since_raise, 1.0)


@territory.changes("withheld", phase="patron", a_cut=quantity(0.25, 0, 1, "share", "Share of what is still paid that one cut holds back."))
def held_back(patron_withholds, withheld, a_cut):
    """The patron holds back a part of what it still pays.

    >>> held_back(1.0, 0.0, 0.25)
    0.25
    """
    return patron_withholds * a_cut * (1.0 - withheld)


@territory.measure("depth", tolerance=quantity(0.10, 0, 1, "depth", "Shortfall that the patron overlooks."))
def missed_conditions(agreed, implemented, tolerance):
    """How far the clauses fall short that a client must carry out itself: police and law, citizenship and land.

    >>> round(missed_conditions([0, 0, 0, 0.6, 0, 0.3], [0, 0, 0, 0.3, 0, 0.3], 0.1), 2)
    0.2
    """
    law, land = agreed[3] - implemented[3], agreed[5] - implemented[5]
    return at_least(law - tolerance, 0.0) + at_least(land - tolerance, 0.0)


@territory.changes("withheld", phase="money", forgiveness=quantity(0.2, 0, 1, "per turn", "How fast payments resume once conditions are met."))
def payments_resume(withheld, missed_conditions, forgiveness):
    """Compliance restores the money.

    >>> payments_resume(0.25, 0.0, 0.2)
    -0.05
    """
    return -forgiveness * withheld * at_least(1.0 - 2.0 * missed_conditions, 0.0)


@territory.measure("USD per head a year")
def promised(standing_subsidy, programme):
    """What the patron has promised for this year.

    >>> promised(1000.0, 200.0)
    1200.0
    """
    return standing_subsidy + programme


@territory.measure(
    "USD per head a year",
    pensions=quantity(0.35, 0, 1, "share", "Share of the subsidy that is pensions and exempt from cuts."),
    cut_under_pressure=quantity(0.3, 0, 1, "ratio", "How much full budget pressure cuts from what is not exempt."),
)
def due(promised, withheld, budget_pressure, pensions, cut_under_pressure, normal_pressure):
    """What will really be paid: pensions in full, the rest as the budget and the patron's displeasure allow.

    >>> due(1000.0, 0.0, 0.3, 0.35, 0.3, 0.3)
    1000.0
    """
    strained = 1.0 - cut_under_pressure * at_least(budget_pressure - normal_pressure, 0.0)
    return promised * (pensions + (1.0 - pensions) * strained * (1.0 - withheld))


@territory.changes("paid", phase="money", payment_lag=quantity(0.21, 0.01, 1, "per turn", "Share of the gap to what is due that payments close in a turn."))
def payments_follow(due, paid, payment_lag):
    """Payments follow what is due, late.

    >>> payments_follow(1200.0, 1000.0, 0.2)
    40.0
    """
    return payment_lag * (due - paid)


@territory.measure("ratio", bought_abroad=quantity(0.35, 0, 1, "elasticity", "How much of a fall of the rouble is felt in what the money buys."))
def buying_power(exchange_rate, bought_abroad):
    """What the patron's money buys, relative to the start.

    >>> round(buying_power(0.6, 0.35), 3)
    0.836
    """
    return exp(bought_abroad * log(exchange_rate))


@territory.measure("USD per head a year")
def paid_in_real_terms(paid, buying_power):
    """What the subsidy paid is worth to those who get it.

    >>> paid_in_real_terms(1000.0, 0.8)
    800.0
    """
    return paid * buying_power


@territory.measure("share")
def surprise(paid_in_real_terms, expected, base_subsidy):
    """By how much the money is better or worse than people have come to expect.

    >>> surprise(900.0, 1000.0, 1000.0)
    -0.1
    """
    return (paid_in_real_terms - expected) / at_least(base_subsidy, 1.0)


@territory.changes(
    "expected",
    phase="world",
    used_to_fortune=quantity(0.5, 0, 1, "per turn", "How fast people get used to more money."),
    used_to_hardship=quantity(0.25, 0, 1, "per turn", "How fast people get used to less money."),
)
def people_get_used_to_it(paid_in_real_terms, expected, used_to_fortune, used_to_hardship):
    """Good fortune is taken for granted fast, hardship slowly.

    >>> people_get_used_to_it(1100.0, 1000.0, 0.5, 0.25)
    50.0
    """
    gap = paid_in_real_terms - expected
    return gap * either(gap > 0.0, used_to_fortune, used_to_hardship)


@territory.changes("expected", phase="patron", promise_believed=quantity(0.02, 0, 0.5, "share", "How much a draft's welfare clauses raise expectations before anything is paid."))
def promise_in_the_draft(patron_asks, promise_believed, base_subsidy):
    """A draft's articles on wages and pensions raise expectations before anything is paid.

    >>> promise_in_the_draft(1.0, 0.02, 1000.0)
    20.0
    """
    return patron_asks * promise_believed * base_subsidy


@territory.measure("million USD a year")
def bill_in_dollars(paid, exchange_rate, population):
    """What the patron pays for the territory, in dollars of the day.

    >>> round(bill_in_dollars(840.0, 1.0, 240.0), 1)
    201.6
    """
    return paid * exchange_rate * population / 1000.0


@territory.measure("depth")
def integration(implemented):
    """How deep integration goes, over all clauses, as carried out.

    >>> integration([0.5, 0.7])
    0.6
    """
    return average(implemented)
