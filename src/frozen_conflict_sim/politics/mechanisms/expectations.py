"""Money expected: people adapt fast to good fortune and slowly to hardship, so constant money buys nothing new.

Reference: Frederick and Loewenstein (1999), “Hedonic adaptation”.
"""

from ...engine.declare.parameter import quantity
from ...engine.numerics import at_least, either, exp, log
from ..roles import territory


@territory.measure(
    "ratio",
    bought_abroad=quantity(
        0.35,
        0,
        1,
        "elasticity",
        "How much of a fall of the patron's currency is felt in what the money buys.",
    ),
)
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
    used_to_fortune=quantity(0.5, 0, 1, "per quarter", "How fast people get used to more money."),
    used_to_hardship=quantity(0.25, 0, 1, "per quarter", "How fast people get used to less money."),
)
def people_get_used_to_it(paid_in_real_terms, expected, used_to_fortune, used_to_hardship):
    """Good fortune is taken for granted fast, hardship slowly.

    >>> people_get_used_to_it(1100.0, 1000.0, 0.5, 0.25)
    50.0
    """
    gap = paid_in_real_terms - expected
    return gap * either(gap > 0.0, used_to_fortune, used_to_hardship)


@territory.changes(
    "expected",
    phase="patron",
    promise_believed=quantity(
        0.02,
        0,
        0.5,
        "share",
        "How much a draft's welfare clauses raise expectations before anything is paid.",
    ),
)
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
