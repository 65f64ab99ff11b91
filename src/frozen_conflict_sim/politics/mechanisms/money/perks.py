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


@elite.changes("perks", phase="world",
    perks_adjustment_rate=quantity(0.2, 0, 1, "per quarter",
        "How fast perks follow the patron's money."),
)  # fmt: skip
def contracts_follow_money(
    perks, subsidy_paid, base_subsidy, recognisers, independent, perks_adjustment_rate
):
    """More money is more contracts, and every state that recognises is an embassy and a flag.

    >>> round(contracts_follow_money(0.8, 1500.0, 1000.0, 2.0, 1.0, 0.2), 3)
    0.02
    """
    goal = independent * (
        0.36
        + 0.4 * at_most(subsidy_paid / at_least(base_subsidy, 1.0), 1.25)
        + 0.02 * at_most(recognisers, 4.0)
    )
    return perks_adjustment_rate * (goal - perks)
