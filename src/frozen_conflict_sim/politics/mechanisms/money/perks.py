"""What nominal independence brings the ruling elite.

Perks follow the patron's money and end with annexation.

Reference: @dewaal2015: nominal independence “with all the trappings and perks that brings”.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, at_most
from ...roles import elite


@elite.changes("perks", phase="bids")
def perks_are_lost(annexation, perks):
    """With independence go its offices, contracts and flag.

    >>> perks_are_lost(1.0, 0.8)
    -0.8
    """
    return -annexation * perks


@elite.derived("index",
    perks_by_money=quantity(0.4, 0, 2, "ratio",
        "What contracts bring the elite while the patron pays as much as at the start."),
    most_money_in_contracts=quantity(1.25, 0, 5, "ratio",
        "Money, relative to the start, beyond which more of it brings no more contracts."),
)  # fmt: skip
def contracts(subsidy_paid, base_subsidy, perks_by_money, most_money_in_contracts):
    """What contracts bring the elite: more money is more contracts, up to a point.

    >>> round(contracts(1100.0, 1000.0, 0.4, 1.25), 2)
    0.44
    """
    money = subsidy_paid / at_least(base_subsidy, 1.0)
    return perks_by_money * at_most(money, most_money_in_contracts)


@elite.derived("index",
    perks_by_recogniser=quantity(0.02, 0, 0.2, "index per state",
        "What the recognition of another state brings the elite."),
    most_embassies=quantity(4.0, 0, 20, "states",
        "How many states that recognise can be shown off; more bring no more."),
)  # fmt: skip
def embassies(recognisers, perks_by_recogniser, most_embassies):
    """What recognition brings the elite: every state that recognises is an embassy and a flag.

    >>> embassies(3.0, 0.02, 4.0)
    0.06
    """
    return perks_by_recogniser * at_most(recognisers, most_embassies)


@elite.changes("perks", phase="world",
    perks_of_office=quantity(0.36, 0, 1, "index",
        "What office itself brings the elite, without money and recognition."),
    perks_adjustment_rate=quantity(0.2, 0, 1, "per quarter",
        "How fast perks follow the patron's money."),
)  # fmt: skip
def perks_follow(perks, contracts, embassies, independent, perks_of_office, perks_adjustment_rate):
    """Perks follow what office, contracts and embassies bring.

    >>> round(perks_follow(0.8, 0.5, 0.04, 1.0, 0.36, 0.2), 3)
    0.02
    """
    goal = independent * (perks_of_office + contracts + embassies)
    return perks_adjustment_rate * (goal - perks)
