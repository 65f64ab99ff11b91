"""Money expected: people adapt fast to good fortune and slowly to hardship.

So constant money buys nothing new.

Reference: @frederick1999.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, at_most, either, exp, log
from ...roles import WELFARE, territory


@territory.derived("ratio",
    exchange_rate_pass_through=quantity(0.35, 0, 1, "elasticity",
        "How much of a fall of the patron's currency is felt in what the money buys."),
)  # fmt: skip
def buying_power(exchange_rate, exchange_rate_pass_through):
    """What the patron's money buys, relative to the start.

    >>> round(buying_power(0.6, 0.35), 3)
    0.836
    """
    return exp(exchange_rate_pass_through * log(exchange_rate))


@territory.derived("USD per head a year")
def paid_in_real_terms(subsidy_paid, buying_power):
    """What the subsidy paid is worth to those who get it.

    >>> paid_in_real_terms(1000.0, 0.8)
    800.0
    """
    return subsidy_paid * buying_power


@territory.derived("ratio")
def income_surprise(paid_in_real_terms, subsidy_expected, base_subsidy, hardship_of_a_cut):
    """By how much life is better or worse than people have come to expect.

    The patron's money counts, and what a cut of supply takes.

    >>> income_surprise(900.0, 1000.0, 1000.0, 0.0)
    -0.1
    """
    return (paid_in_real_terms - subsidy_expected) / at_least(base_subsidy, 1.0) - hardship_of_a_cut


@territory.changes("subsidy_expected", phase="world",
    habituation_to_more_money=quantity(0.5, 0, 1, "per quarter",
        "How fast people get used to more money."),
    habituation_to_less_money=quantity(0.25, 0, 1, "per quarter",
        "How fast people get used to less money."),
)  # fmt: skip
def people_get_used_to_it(
    paid_in_real_terms, subsidy_expected, habituation_to_more_money, habituation_to_less_money
):
    """Good fortune is taken for granted fast, hardship slowly.

    >>> people_get_used_to_it(1100.0, 1000.0, 0.5, 0.25)
    50.0
    """
    gap = paid_in_real_terms - subsidy_expected
    return gap * either(gap > 0.0, habituation_to_more_money, habituation_to_less_money)


@territory.changes("good_news", phase="elites",
    good_news_by_promise=quantity(3.0, 0, 10, "ratio",
        "How good the news is of a full step of wages and pensions toward the neighbouring "
        "region."),
)  # fmt: skip
def promise_is_news(signed_step, good_news, good_news_by_promise):
    """A signature on wages and pensions is good news at once, before anything is paid.

    >>> round(promise_is_news([0, 0, 0, 0, 0.2, 0], 0.0, 3.0), 2)
    0.6
    """
    return at_most(good_news_by_promise * signed_step[WELFARE], 1.0) * (1.0 - good_news)


@territory.changes("good_news", phase="world",
    good_news_decay_rate=quantity(0.25, 0, 1, "per quarter", "How fast good news grows stale."),
)  # fmt: skip
def news_grows_old(good_news, good_news_decay_rate):
    """News grows old within a year or two.

    >>> news_grows_old(0.4, 0.25)
    -0.1
    """
    return -good_news_decay_rate * good_news


@territory.changes("programme_due", phase="money")
def programme_falls_due(programme, programme_due, payment_adjustment_rate):
    """A programme falls due as late as payments usually are.

    >>> programme_falls_due(400.0, 100.0, 0.2)
    60.0
    """
    return payment_adjustment_rate * (programme - programme_due)


@territory.derived("USD per head a year")
def arrears(subsidy_promised, subsidy_due, programme_due):
    """What has fallen due of a programme and is not paid.

    >>> arrears(1400.0, 1200.0, 300.0)
    200.0
    """
    return at_most(at_least(subsidy_promised - subsidy_due, 0.0), programme_due)


@territory.changes("subsidy_expected", phase="world",
    expectation_by_arrears=quantity(0.5, 0, 1, "per quarter",
        "How fast people come to count on money that has fallen due and is not paid."),
)  # fmt: skip
def claims_are_raised(arrears, paid_in_real_terms, subsidy_expected, expectation_by_arrears):
    """Money that has fallen due is counted on, paid or not: a promise has become a claim.

    >>> claims_are_raised(200.0, 1000.0, 1000.0, 0.5)
    100.0
    """
    counted_on = at_least(subsidy_expected, paid_in_real_terms)
    claimed = at_least(paid_in_real_terms + arrears - counted_on, 0.0)
    return expectation_by_arrears * either(arrears > 0.0, claimed, 0.0)


@territory.derived("million USD a year")
def bill_in_dollars(subsidy_paid, exchange_rate, population):
    """What the patron pays for the territory, in dollars of the day.

    >>> round(bill_in_dollars(840.0, 1.0, 240.0), 1)
    201.6
    """
    return subsidy_paid * exchange_rate * population / 1000.0
