"""Money expected: people adapt fast to good fortune and slowly to hardship.

So constant money buys nothing new.

Reference: @frederick1999.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, either, exp, log
from ...roles import territory


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


@territory.derived("share")
def income_surprise(paid_in_real_terms, subsidy_expected, base_subsidy):
    """By how much the money is better or worse than people have come to expect.

    >>> income_surprise(900.0, 1000.0, 1000.0)
    -0.1
    """
    return (paid_in_real_terms - subsidy_expected) / at_least(base_subsidy, 1.0)


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


@territory.changes("subsidy_expected", phase="patron",
    expectation_by_promise=quantity(0.02, 0, 0.5, "share",
        "How much a draft's welfare clauses raise expectations before anything is paid."),
)  # fmt: skip
def promise_in_the_draft(patron_asks, expectation_by_promise, base_subsidy):
    """A draft's articles on wages and pensions raise expectations before anything is paid.

    >>> promise_in_the_draft(1.0, 0.02, 1000.0)
    20.0
    """
    return patron_asks * expectation_by_promise * base_subsidy


@territory.derived("million USD a year")
def bill_in_dollars(subsidy_paid, exchange_rate, population):
    """What the patron pays for the territory, in dollars of the day.

    >>> round(bill_in_dollars(840.0, 1.0, 240.0), 1)
    201.6
    """
    return subsidy_paid * exchange_rate * population / 1000.0
